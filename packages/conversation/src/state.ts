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

/**
 * What is kept of the wire only to know again what comes twice, for the present server session: so that the state does
 * not depend on how often or how late a frame comes.
 */
export interface Echoes {
  /**
   * The `event_id` of the server's greeting; `null` where there was none. A service that gives it to other events as well
   * has no ids to go by.
   */
  readonly greeting: string | null;
  /** The same of the beginning of the latest response, while one is being made. */
  readonly begun: string | null;
  /** The latest responses that are not in `responses` any more: what is told of them again changes nothing. */
  readonly responseIds: readonly string[];
  /** Ids of items that we sent while another one had that id, or after it was deleted: they may come back. */
  readonly recreated: readonly string[];
  /** The latest deletions, in short, since an item may come back under the id that was deleted. */
  readonly deletions?: readonly string[];
  /** The latest pieces of what is being made, in short: id, place, and words or length. None while nothing is made. */
  readonly pieces: readonly string[];
}

/** A server session that is told what was said before. */
export interface SuccessorState {
  /** Counts the links of a session from 1. */
  readonly link: number;
  readonly session: SessionState | TranscriptionSessionState | null;
  /** What it was told, by the ids under which it was. */
  readonly itemIds: readonly string[];
}

/**
 * A conversation, folded from the log. Plain JSON without audio bytes; parts that did not change keep their
 * identity from one state to the next.
 */
export interface ConversationState {
  /** The version of this form; `restore` takes earlier ones as well. */
  readonly version: 3;
  readonly link: "none" | "open" | "closed";
  /** The server session that is being made ready to take the place of the present one; `null` when there is none. */
  readonly successor: SuccessorState | null;
  /** Whether we play the answers (`events`) or the server does on a media track. */
  readonly audio: "events" | "media";
  /** What the server last reported of the session's configuration. */
  readonly session: SessionState | TranscriptionSessionState | null;
  /** In conversation order. */
  readonly items: readonly ConversationItem[];
  /** Items outside the conversation: out of band, or announced and not placed yet; at most 256. */
  readonly detached: readonly ConversationItem[];
  /** The latest items that were deleted: what still comes of them is not for anybody. */
  readonly deleted: readonly DeletedItem[];
  /** In the order in which they began. */
  readonly responses: readonly ResponseState[];
  readonly turn: Turn;
  readonly present: PresentSession;
  readonly echoes: Echoes;
  readonly rateLimits: readonly RateLimit[];
  /** All that was used so far. */
  readonly usage: UsageLedger;
  /** The limit that was reached; `null` while none is. */
  readonly budget: BudgetState | null;
}

/** The state before anything happened. */
export const initialState: ConversationState = {
  version: 3,
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
  echoes: { greeting: null, begun: null, responseIds: [], recreated: [], pieces: [] },
  rateLimits: [],
  usage: noUsage,
  budget: null,
};
