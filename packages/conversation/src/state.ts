import type {
  AudioFormat,
  McpError,
  McpToolDescription,
  RateLimit,
  ResponseConfig,
  SessionState,
  TranscriptionSessionState,
  TranscriptionUsage,
  Usage,
} from "@duologue/protocol";
import { noUsage, type UsageLedger } from "./usage.ts";

/**
 * The ledger of the sound of one content part: what came of it, what was heard, what was thrown away. Absent until there
 * is any. `0 ≤ heardMs ≤` what was received, where the sound travels as events.
 */
export interface PartAudio {
  /** Bytes that a millisecond of it takes: 48 for PCM16 at 24 kHz, 8 for G.711. */
  readonly bytesPerMs: number;
  /** Bytes that the server sent as events. 0 where the sound travels on a media track. */
  readonly receivedBytes: number;
  /** Whether the server said that no more comes. */
  readonly complete: boolean;
  /** Milliseconds that have left the loudspeaker, by the player's reports, or by the server where it plays. */
  readonly heardMs: number;
  /**
   * `waiting`: no report yet. `skipped`: it came when its response was interrupted already, and no player was given it.
   * `playing`: some was heard. `finished`: all of it was. `flushed`: playing was cut, and what was there beyond `heardMs`
   * was never heard.
   */
  readonly playback: "waiting" | "skipped" | "playing" | "finished" | "flushed";
  /** Where the server's copy ends, in milliseconds, once it said so: by cutting it, or by refusing a cut beyond. */
  readonly truncatedAtMs?: number;
  /** A `conversation.item.truncate` that is at the server: its `event_id`, and where it cuts. */
  readonly cutting?: { readonly commandId: string; readonly atMs: number };
  /**
   * How the words came with the sound, for an estimate of when they are spoken: in turns the milliseconds that had been
   * received and the characters of the transcript that were there, at the moments when the player reported; both only
   * rise. Gone once all was heard.
   */
  readonly marks?: readonly number[];
  /** Letters a second at which the assistant had spoken before, where that was known when this began to be heard. */
  readonly pace?: number;
  /** Generation broke off: the words may go beyond the sound. */
  readonly brokenOff?: true;
}

/** The words spoken by the user, as a transcription model heard them; apart from what the model itself heard. */
export type Transcription = "none" | "in_progress" | "completed" | "failed";

/** Written words. `complete` once the final text is in. */
export interface TextPart {
  readonly type: "input_text" | "output_text";
  readonly text: string;
  readonly complete: boolean;
}

/** A stretch of the user's sound in which one person speaks, where a model tells speakers apart. */
export interface TranscriptSegment {
  readonly id: string;
  /** As the model names them: `A`, `B` … or a name that it was given. */
  readonly speaker: string;
  readonly text: string;
  /** Milliseconds from the beginning of the item's sound. */
  readonly startMs: number;
  readonly endMs: number;
}

/** The user's voice. */
export interface InputAudioPart {
  readonly type: "input_audio";
  readonly transcript: string;
  readonly transcription: Transcription;
  /** Who said what, by time. They repeat what `transcript` has whole. */
  readonly segments?: readonly TranscriptSegment[];
  /** Languages that the model found in it, by their codes. */
  readonly languages?: readonly string[];
  /** What the transcription was billed for, as the server sent it. */
  readonly usage?: TranscriptionUsage;
  /** Why there is no transcript, in the server's words. */
  readonly error?: string;
}

/** The assistant's voice. */
export interface OutputAudioPart {
  readonly type: "output_audio";
  /** All that was generated, heard or not. */
  readonly transcript: string;
  /** Whether the final transcript is in. */
  readonly complete: boolean;
  readonly audio?: PartAudio;
}

/** A picture that the user showed. */
export interface ImagePart {
  readonly type: "input_image";
  /** A data URI. */
  readonly imageUrl?: string;
  readonly detail?: string;
}

/** One piece of a message. */
export type ContentPart = TextPart | InputAudioPart | OutputAudioPart | ImagePart;

/**
 * How far an item has come; it only moves on. `pending`: announced, with nothing of it here yet. `incomplete`: it broke
 * off, or failed. `cancelled`: it broke off because its response was cancelled, by the user's voice or by us.
 */
export type ItemStatus = "pending" | "in_progress" | "completed" | "incomplete" | "cancelled";

interface ItemBase {
  readonly id: string;
  readonly status: ItemStatus;
  /** The response that made the item. */
  readonly responseId?: string;
  /** The id after which the item belongs, while the place of that one is not known either. */
  readonly awaits?: string;
  /**
   * How the item stands in the present server session, when it was made in an earlier one. `rebuilt`: it is there in
   * words. `absent`: it is not.
   */
  readonly standing?: "rebuilt" | "absent";
}

/** What one side said. */
export interface MessageItem extends ItemBase {
  readonly type: "message";
  readonly role: "user" | "assistant" | "system";
  readonly content: readonly ContentPart[];
  /** The words by which the present server session knows speech that is heard to its end only now. */
  readonly told?: string;
  /** That session is being told otherwise: that it deletes the item is not the end of it. */
  readonly retelling?: true;
}

/** The model's wish to have a function called. */
export interface FunctionCallItem extends ItemBase {
  readonly type: "function_call";
  readonly callId: string;
  readonly name: string;
  /** JSON, as far as it has come. */
  readonly arguments: string;
  /** Whether an output for this call was sent. */
  readonly answered: boolean;
}

/** What a function returned. */
export interface FunctionCallOutputItem extends ItemBase {
  readonly type: "function_call_output";
  readonly callId: string;
  readonly output: string;
}

/** The tools that an MCP server offers, as the service has listed them. */
export interface McpToolsItem extends ItemBase {
  readonly type: "mcp_list_tools";
  readonly serverLabel: string;
  readonly tools: readonly McpToolDescription[];
}

/** A call of an MCP tool, which the service makes by itself. It may outlast the response that wanted it. */
export interface McpCallItem extends ItemBase {
  readonly type: "mcp_call";
  readonly serverLabel: string;
  readonly name: string;
  /** JSON, as far as it has come. */
  readonly arguments: string;
  /** What the tool gave back. */
  readonly output?: string;
  /** Why the call failed. */
  readonly error?: McpError;
  /** The request that allowed the call, where one was needed. */
  readonly approvalRequestId?: string;
}

/** The service asks whether it may call an MCP tool. */
export interface McpApprovalRequestItem extends ItemBase {
  readonly type: "mcp_approval_request";
  readonly serverLabel: string;
  readonly name: string;
  /** JSON. */
  readonly arguments: string;
  /** What was answered; absent until something was. */
  readonly approved?: boolean;
}

/** The answer to a request for approval. */
export interface McpApprovalResponseItem extends ItemBase {
  readonly type: "mcp_approval_response";
  readonly approvalRequestId: string;
  readonly approve: boolean;
  readonly reason?: string;
}

/** An item of a kind that this version does not know, with its fields as the server last sent them. */
export interface OtherItem extends ItemBase {
  readonly type: "other";
  /** What the server calls it. */
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export type ConversationItem =
  | MessageItem
  | FunctionCallItem
  | FunctionCallOutputItem
  | McpToolsItem
  | McpCallItem
  | McpApprovalRequestItem
  | McpApprovalResponseItem
  | OtherItem;

/** An item that was deleted. */
export interface DeletedItem {
  readonly id: string;
  /** The id of the item before it, which takes what the server places behind it; `null` where it was the first. */
  readonly behind: string | null;
  /** What the transcription of each of its parts was counted with in the conversation's usage; `null` for none. */
  readonly usages?: readonly (TranscriptionUsage | null)[];
}

/** One turn of generation. */
export interface ResponseState {
  readonly id: string;
  readonly status: "in_progress" | "completed" | "cancelled" | "failed" | "incomplete";
  /** Why it ended so: `turn_detected`, `client_cancelled`, `max_output_tokens`, or an error code. */
  readonly reason?: string;
  /** The server's sentence about a failure. */
  readonly message?: string;
  /** Out of band: its items are no part of the conversation. */
  readonly outOfBand: boolean;
  /** Ids of its items in the order of their `output_index`. */
  readonly itemIds: readonly string[];
  /** How its sound is encoded, where the server said. */
  readonly audioFormat?: AudioFormat;
  /** The user began to speak, or the program asked for silence, while it was generated: no more of it is played. */
  readonly interrupted: boolean;
  readonly usage?: Usage;
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * How a request for an answer stands to others in the conversation. `coalesce`: it shares the answer of a request that
 * waits as well, or the one that the server begins by itself, where it asks for nothing in particular. `queue`: it gets
 * an answer of its own, after those that were asked for before. `replace`: it takes the place of all that was asked for
 * before, and what is being generated is cancelled.
 */
export type RequestPolicy = "queue" | "coalesce" | "replace";

/**
 * A wish for an answer, and what became of it.
 *
 * `waiting`: the server was not asked yet. `asked`: it was, and nothing has begun. `running`: the answer is being
 * generated. `done`: generation has ended, in whatever way: its `ResponseState` tells. `refused`: the server will not.
 * `dropped`: it was taken back, by the program, an interruption or another request; an answer that begins all the same
 * is cancelled.
 */
export interface ResponseRequest {
  readonly id: string;
  /** `tools`: the outputs of a response's calls are in. `server`: an answer of the server's own was lost with its link. */
  readonly by: "program" | "tools" | "server";
  readonly policy: RequestPolicy;
  readonly status: "waiting" | "asked" | "running" | "done" | "refused" | "dropped";
  /** Its answer is no part of the conversation and runs beside others. */
  readonly outOfBand: boolean;
  /** What the answer is to be like, where that differs from the session; without credentials. */
  readonly response?: Readonly<ResponseConfig>;
  /** The request whose answer this one shares. */
  readonly sharedWith?: string;
  /** How often it was asked in vain: another response came first, or the link was lost before anything began. */
  readonly attempts: number;
  /** Its `response.create` while it is at the server: sent, and neither refused nor ended, for all that is known. */
  readonly sent?: SentRequest;
  /** The response that answers it. */
  readonly responseId?: string;
  /** Why it was refused or dropped, in one sentence or the server's code. */
  readonly reason?: string;
}

/** A `response.create` that is at the server. */
export interface SentRequest {
  /** Its `event_id`. */
  readonly commandId: string;
  /** Whether it carries its id in its metadata, so that a service that echoes them says which response answers it. */
  readonly marked: boolean;
  /** The latest response that began or ended after it was sent and bears no mark of ours. */
  readonly rivalId?: string;
  /**
   * That response has ended and is taken for the answer, since the service may echo no marks. A refusal or an answer
   * that bears the mark says otherwise yet.
   */
  readonly presumed?: true;
  /** Silence was wanted since: an answer that bears the mark is cancelled. */
  readonly unwanted?: true;
}

/** Who may speak next. */
export interface Turn {
  /** The user's voice is on the microphone, by the server's voice-activity detection. */
  readonly userSpeaking: boolean;
  /** The user stopped, and the server is going to answer by itself. */
  readonly serverAnswers: boolean;
  /** That answer was stopped before it began: it is cancelled when it does. */
  readonly unwanted: boolean;
  /**
   * Who silenced the assistant: the user's voice, the program, or a request that replaced others. `null` from the next
   * answer on.
   */
  readonly interruptedBy: "user" | "program" | "turn" | null;
  /** How many requests for an answer there have been. */
  readonly requested: number;
  /** In the order in which they came: those that are open, and the latest of those that are settled. */
  readonly requests: readonly ResponseRequest[];
  /** Ids of items that we sent and the server has not confirmed: an answer that begins now may not know them. */
  readonly unconfirmed: readonly string[];
}

/** What the present server session holds, as far as no item tells it. */
export interface PresentSession {
  /** Whether the assistant has spoken in it: its voice is fixed from then on. */
  readonly hasSpoken: boolean;
  /**
   * The most that its input audio buffer can hold, in bytes; not counted beyond 100 ms, which is enough for a commit.
   * With turn detection the server empties the buffer by itself, and it may hold less.
   */
  readonly inputBytes: number;
}

/** Which limit of a budget was reached, and how. */
export interface BudgetBreach {
  readonly limit: "tokens" | "cost";
  /** How much was used when it was noticed; a response that runs is never cut for it. */
  readonly spent: number;
  readonly most: number;
}

/** The limit of a budget that was reached: no answer is asked for any more. */
export interface BudgetState extends BudgetBreach {
  /** Whether the server answered the user by itself until then; it is told not to. */
  readonly serverAnswered: boolean;
}

/** A server session that is told what was said before. */
export interface SuccessorState {
  /** Counts the links of a session from 1. */
  readonly link: number;
  readonly session: SessionState | TranscriptionSessionState | null;
  /** What it was told. */
  readonly itemIds: readonly string[];
}

/**
 * A conversation, folded from the log. Plain JSON without audio bytes; parts that did not change keep their
 * identity from one state to the next.
 */
export interface ConversationState {
  /** The version of this form; `restore` takes earlier ones as well. */
  readonly version: 2;
  readonly link: "none" | "open" | "closed";
  /** The server session that is being made ready to take the place of the present one; `null` when there is none. */
  readonly successor: SuccessorState | null;
  /** Whether we play the answers (`events`) or the server does on a media track. */
  readonly audio: "events" | "media";
  /** What the server last reported of the session's configuration. */
  readonly session: SessionState | TranscriptionSessionState | null;
  /** In conversation order. */
  readonly items: readonly ConversationItem[];
  /** Items outside the conversation: out of band, or announced and not placed yet. */
  readonly detached: readonly ConversationItem[];
  /** The latest items that were deleted: what still comes of them is not for anybody. */
  readonly deleted: readonly DeletedItem[];
  /** In the order in which they began. */
  readonly responses: readonly ResponseState[];
  readonly turn: Turn;
  readonly present: PresentSession;
  readonly rateLimits: readonly RateLimit[];
  /** All that was used so far. */
  readonly usage: UsageLedger;
  /** The limit that was reached; `null` while none is. */
  readonly budget: BudgetState | null;
}

/** The state before anything happened. */
export const initialState: ConversationState = {
  version: 2,
  link: "none",
  successor: null,
  audio: "events",
  session: null,
  items: [],
  detached: [],
  deleted: [],
  responses: [],
  turn: {
    userSpeaking: false,
    serverAnswers: false,
    unwanted: false,
    interruptedBy: null,
    requested: 0,
    requests: [],
    unconfirmed: [],
  },
  present: { hasSpoken: false, inputBytes: 0 },
  rateLimits: [],
  usage: noUsage,
  budget: null,
};
