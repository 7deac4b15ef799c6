import type {
  AudioFormat,
  RateLimit,
  SessionState,
  TranscriptionSessionState,
  Usage,
} from "@duologue/protocol";
import type { ConversationItem, DeletedItem } from "./item.ts";
import type { Turn } from "./turn.ts";
import { noUsage, type UsageLedger } from "./usage.ts";

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
