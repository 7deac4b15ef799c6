import type {
  ContentPart,
  ImagePart,
  InputAudioPart,
  OutputAudioPart,
  PartAudio,
  TextPart,
  TranscriptSegment,
} from "../content-part.ts";
import type {
  ConversationItem,
  DeletedItem,
  FunctionCallItem,
  FunctionCallOutputItem,
  McpApprovalRequestItem,
  McpApprovalResponseItem,
  McpCallItem,
  McpToolsItem,
  MessageItem,
  OtherItem,
} from "../item.ts";
import type {
  BudgetState,
  ConversationState,
  Echoes,
  PresentSession,
  ResponseState,
  SuccessorState,
} from "../state.ts";
import type { ResponseRequest, SentRequest, Turn } from "../turn.ts";
import type { TokensByModality, TranscriptionTotals, UsageLedger } from "../usage.ts";
import {
  amount,
  byType,
  type Check,
  flag,
  list,
  nullable,
  number,
  oneOf,
  optional,
  record,
  shape,
  text,
} from "./shape.ts";

// What a state is made of, field by field: whoever adds a field says here what it holds, or nothing compiles. A form
// that older snapshots do not have needs a version, and a migration from the one before.

const audio = shape<PartAudio>({
  bytesPerMs: amount,
  receivedBytes: amount,
  complete: flag,
  heardMs: amount,
  playback: oneOf("waiting", "skipped", "playing", "finished", "flushed"),
  truncatedAtMs: optional(number),
  cutting: optional(shape<NonNullable<PartAudio["cutting"]>>({ commandId: text, atMs: number })),
  marks: optional(list(amount)),
  pace: optional(amount),
  brokenOff: optional(flag),
});

const segment = shape<TranscriptSegment>({
  id: text,
  speaker: text,
  text,
  startMs: number,
  endMs: number,
});

const textPart = shape<TextPart>({ type: text, text, complete: flag });

const part = byType({
  input_text: textPart,
  output_text: textPart,
  input_audio: shape<InputAudioPart>({
    type: text,
    transcript: text,
    transcription: oneOf("none", "in_progress", "completed", "failed"),
    segments: optional(list(segment)),
    languages: optional(list(text)),
    usage: optional(record),
    error: optional(text),
    pieces: optional(list(text)),
  }),
  output_audio: shape<OutputAudioPart>({
    type: text,
    transcript: text,
    complete: flag,
    audio: optional(audio),
  }),
  input_image: shape<ImagePart>({ type: text, imageUrl: optional(text), detail: optional(text) }),
} satisfies { [K in ContentPart["type"]]: Check });

const base = {
  id: text,
  type: text,
  status: oneOf("pending", "in_progress", "completed", "incomplete", "cancelled"),
  responseId: optional(text),
  awaits: optional(text),
  standing: optional(oneOf("rebuilt", "absent")),
};

const item = byType({
  message: shape<MessageItem>({
    ...base,
    role: oneOf("user", "assistant", "system"),
    content: list(part),
    told: optional(text),
    retelling: optional(flag),
  }),
  function_call: shape<FunctionCallItem>({
    ...base,
    callId: text,
    name: text,
    arguments: text,
    answered: flag,
    silent: optional(flag),
    editedOut: optional(flag),
  }),
  function_call_output: shape<FunctionCallOutputItem>({ ...base, callId: text, output: text }),
  mcp_list_tools: shape<McpToolsItem>({ ...base, serverLabel: text, tools: list(record) }),
  mcp_call: shape<McpCallItem>({
    ...base,
    serverLabel: text,
    name: text,
    arguments: text,
    output: optional(text),
    error: optional(record),
    approvalRequestId: optional(text),
  }),
  mcp_approval_request: shape<McpApprovalRequestItem>({
    ...base,
    serverLabel: text,
    name: text,
    arguments: text,
    approved: optional(flag),
  }),
  mcp_approval_response: shape<McpApprovalResponseItem>({
    ...base,
    approvalRequestId: text,
    approve: flag,
    reason: optional(text),
  }),
  other: shape<OtherItem>({ ...base, kind: text, fields: record }),
} satisfies { [K in ConversationItem["type"]]: Check });

const response = shape<ResponseState>({
  id: text,
  status: oneOf("in_progress", "completed", "cancelled", "failed", "incomplete"),
  reason: optional(text),
  message: optional(text),
  outOfBand: flag,
  itemIds: list(text),
  audioFormat: optional(record),
  interrupted: flag,
  usage: optional(record),
  metadata: optional(record),
});

const request = shape<ResponseRequest>({
  id: text,
  by: oneOf("program", "tools", "server"),
  policy: oneOf("queue", "coalesce", "replace"),
  status: oneOf("waiting", "asked", "running", "done", "refused", "dropped"),
  outOfBand: flag,
  response: optional(record),
  sharedWith: optional(text),
  attempts: amount,
  sent: optional(
    shape<SentRequest>({
      commandId: text,
      marked: flag,
      rivalId: optional(text),
      presumed: optional(flag),
      unwanted: optional(flag),
    }),
  ),
  responseId: optional(text),
  reason: optional(text),
});

const turn = shape<Turn>({
  userSpeaking: flag,
  serverAnswers: flag,
  unwanted: flag,
  interruptedBy: nullable(oneOf("user", "program", "turn")),
  requested: amount,
  requests: list(request),
  unconfirmed: list(text),
});

const tokens = shape<TokensByModality>({ text: amount, audio: amount, image: amount, other: amount });

const usage = shape<UsageLedger>({
  responses: amount,
  inputTokens: amount,
  outputTokens: amount,
  totalTokens: amount,
  input: tokens,
  cachedInput: tokens,
  output: tokens,
  transcription: shape<TranscriptionTotals>({ input: tokens, output: tokens, seconds: amount }),
});

/** A state of this version. */
export const stateShape: Check = shape<ConversationState>({
  version: oneOf(3),
  link: oneOf("none", "open", "closed"),
  successor: nullable(
    shape<SuccessorState>({ link: amount, session: nullable(record), itemIds: list(text) }),
  ),
  audio: oneOf("events", "media"),
  session: nullable(record),
  items: list(item),
  detached: list(item),
  deleted: list(
    shape<DeletedItem>({ id: text, behind: nullable(text), usages: optional(list(nullable(record))) }),
  ),
  responses: list(response),
  turn,
  present: shape<PresentSession>({ hasSpoken: flag, inputBytes: amount }),
  echoes: shape<Echoes>({
    greeting: nullable(text),
    begun: nullable(text),
    responseIds: list(text),
    recreated: list(text),
    deletions: optional(list(text)),
    pieces: list(text),
  }),
  rateLimits: list(record),
  usage,
  budget: nullable(
    shape<BudgetState>({
      limit: oneOf("tokens", "cost"),
      spent: amount,
      most: amount,
      serverAnswered: flag,
    }),
  ),
});
