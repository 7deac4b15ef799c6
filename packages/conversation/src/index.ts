export type { ArgumentsOf } from "./arguments-of.ts";
export { type AudioChunk, audioChunk } from "./audio-chunk.ts";
export { bareConversation } from "./bare-conversation.ts";
export { type Budget, type BudgetOptions, budget } from "./budget.ts";
export { canonicalJson } from "./canonical-json.ts";
export type { CommandProblem } from "./command-sender.ts";
export type { Commands, ImageOptions, SayOptions } from "./commands.ts";
export type {
  ContentPart,
  ImagePart,
  InputAudioPart,
  OutputAudioPart,
  PartAudio,
  TextPart,
  Transcription,
  TranscriptSegment,
} from "./content-part.ts";
export { type Conversation, type ConversationProblem, conversation } from "./conversation.ts";
export type {
  BareConversation,
  ConversationOptions,
  EffectProblem,
  ResponseProblem,
  Step,
} from "./conversation-options.ts";
export type { ConversationSession } from "./conversation-session.ts";
export { editCommands, type WantedItem } from "./edit-history.ts";
export { defaultPolicy, type Effect, effectsOf, type Policy } from "./effects.ts";
export { fromHistory, type HistoryEntry, type SaidLine } from "./from-history.ts";
export {
  type Caption,
  captionOf,
  currentCaption,
  type HeardTextOptions,
  heardTextOf,
  heardTextOfItem,
} from "./heard-text.ts";
export { type Interruption, interruptionsOf } from "./interruption.ts";
export type {
  ConversationItem,
  DeletedItem,
  FunctionCallItem,
  FunctionCallOutputItem,
  ItemStatus,
  McpApprovalRequestItem,
  McpApprovalResponseItem,
  McpCallItem,
  McpToolsItem,
  MessageItem,
  OtherItem,
} from "./item.ts";
export { type JsonSchema, schemaIssues } from "./json-schema.ts";
export type { Finding, FindingCode } from "./lint/finding.ts";
export { type LintOptions, lint } from "./lint.ts";
export { type MarkedLine, type MarkPlayer, type MarkPlayerOptions, markPlayer } from "./mark-player.ts";
export type { McpApprovalRequest, McpApprover } from "./mcp-approval.ts";
export { mergedTools } from "./merged-tools.ts";
export { type Message, messagesOf } from "./messages.ts";
export type { Player, PlayerChunk, PlayerReport } from "./player.ts";
export { costOf, costOfResponse, type PriceTable, type TokenPrices } from "./price.ts";
export { isQuiet } from "./quiet.ts";
export { receivedMs } from "./reduce/playback.ts";
export { reduce } from "./reduce.ts";
export type { RespondOptions } from "./respond.ts";
export { runTool, type ToolCall } from "./run-tool.ts";
export { type TokenTotals, textOf, tokenTotals, truncatedAtMs } from "./selectors.ts";
export { sessionChange } from "./session-change.ts";
export { restore, snapshot } from "./snapshot.ts";
export {
  type BudgetBreach,
  type BudgetState,
  type ConversationState,
  type Echoes,
  initialState,
  type PresentSession,
  type ResponseState,
  type SuccessorState,
} from "./state.ts";
export type { Streams } from "./streams.ts";
export { type HistoryOptions, toHistory } from "./to-history.ts";
export { toldCommand } from "./told-command.ts";
export type { DescribeImage } from "./told-item.ts";
export {
  type Approval,
  type Tool,
  type ToolContext,
  type ToolMode,
  type ToolOptions,
  tool,
} from "./tool.ts";
export { type ToolCallUpdate, toolCallUpdates } from "./tool-call-updates.ts";
export { type TranscriptUpdate, transcriptUpdates } from "./transcript-updates.ts";
export type { RequestPolicy, ResponseRequest, SentRequest, Turn } from "./turn.ts";
export {
  type ModelUsage,
  type TokensByModality,
  type TranscriptionTotals,
  type UsageLedger,
  usageOf,
} from "./usage.ts";
export type { WaitOptions } from "./wait-for-item.ts";
