import type {
  AudioFormat,
  RateLimit,
  SessionState,
  TranscriptionSessionState,
  TranscriptionUsage,
  Usage,
} from "@duologue/protocol";

/** What is known of the sound of one content part. Absent until there is any. */
export interface PartAudio {
  /** Bytes that a millisecond of it takes: 48 for PCM16 at 24 kHz, 8 for G.711. */
  readonly bytesPerMs: number;
  /** Bytes that the server sent as events. 0 where the sound travels on a media track. */
  readonly receivedBytes: number;
  /** Whether the server said that no more comes. */
  readonly complete: boolean;
  /** Milliseconds that have left the loudspeaker, by the player's reports. */
  readonly heardMs: number;
  /**
   * `waiting`: no report yet. `playing`: some was heard. `finished`: all of it was. `flushed`: playing was cut, and
   * what the player held beyond `heardMs` was never heard.
   */
  readonly playback: "waiting" | "playing" | "finished" | "flushed";
  /** Where the server's copy was cut, in milliseconds, once it said so. */
  readonly truncatedAtMs?: number;
}

/** The words spoken by the user, as a transcription model heard them; apart from what the model itself heard. */
export type Transcription = "none" | "in_progress" | "completed" | "failed";

/** Written words. `complete` once the final text is in. */
export interface TextPart {
  readonly type: "input_text" | "output_text";
  readonly text: string;
  readonly complete: boolean;
}

/** The user's voice. */
export interface InputAudioPart {
  readonly type: "input_audio";
  readonly transcript: string;
  readonly transcription: Transcription;
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

/** `pending`: announced, with nothing of it here yet. */
export type ItemStatus = "pending" | "in_progress" | "completed" | "incomplete";

interface ItemBase {
  readonly id: string;
  readonly status: ItemStatus;
  /** The response that made the item. */
  readonly responseId?: string;
  /** The id after which the item belongs, while that item has not been met. */
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

/** An item of another kind, with its fields as the server last sent them. */
export interface OtherItem extends ItemBase {
  readonly type: "mcp_list_tools" | "mcp_call" | "mcp_approval_request" | "mcp_approval_response" | "other";
  readonly fields: Readonly<Record<string, unknown>>;
}

export type ConversationItem = MessageItem | FunctionCallItem | FunctionCallOutputItem | OtherItem;

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

/** Who may speak next. */
export interface Turn {
  /** The user's voice is on the microphone, by the server's voice-activity detection. */
  readonly userSpeaking: boolean;
  /** The user stopped, and the server is going to answer by itself. */
  readonly serverAnswers: boolean;
  /** The `event_id` of our `response.create` until a response has ended or it is refused; empty when it has none. */
  readonly asked: string | null;
  /** How often we asked for an answer so far. */
  readonly asks: number;
  /**
   * Why an answer is wanted that nobody asked the server for yet: the program said so, or the outputs of tools are
   * in. `null` when none is wanted.
   */
  readonly wanted: "program" | "tools" | null;
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
  readonly version: 1;
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
  /** Ids of items that were deleted, the latest ones: what still comes of them is not for anybody. */
  readonly deletedIds: readonly string[];
  /** In the order in which they began. */
  readonly responses: readonly ResponseState[];
  readonly turn: Turn;
  readonly rateLimits: readonly RateLimit[];
}

/** The state before anything happened. */
export const initialState: ConversationState = {
  version: 1,
  link: "none",
  successor: null,
  audio: "events",
  session: null,
  items: [],
  detached: [],
  deletedIds: [],
  responses: [],
  turn: { userSpeaking: false, serverAnswers: false, asked: null, asks: 0, wanted: null },
  rateLimits: [],
};
