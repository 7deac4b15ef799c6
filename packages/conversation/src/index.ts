export { canonicalJson } from "./canonical-json.ts";
export {
  type Conversation,
  type ConversationOptions,
  conversation,
  type EffectProblem,
  type Step,
} from "./conversation.ts";
export { defaultPolicy, type Effect, effectsOf, type Policy } from "./effects.ts";
export { historyCommands, isQuiet } from "./history.ts";
export type { Player, PlayerChunk, PlayerReport } from "./player.ts";
export { receivedMs } from "./reduce/playback.ts";
export { reduce } from "./reduce.ts";
export {
  heardTextOf,
  heardTextOfItem,
  type TokenTotals,
  textOf,
  tokenTotals,
  truncatedAtMs,
} from "./selectors.ts";
export {
  type ContentPart,
  type ConversationItem,
  type ConversationState,
  type FunctionCallItem,
  type FunctionCallOutputItem,
  type ImagePart,
  type InputAudioPart,
  type ItemStatus,
  initialState,
  type MessageItem,
  type OtherItem,
  type OutputAudioPart,
  type PartAudio,
  type ResponseState,
  type SuccessorState,
  type TextPart,
  type Transcription,
  type Turn,
} from "./state.ts";
export { runTool, type Tool, type ToolCall, type ToolContext, type ToolOptions, tool } from "./tool.ts";
