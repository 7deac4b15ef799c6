import type { ResponseConfig } from "@duologue/protocol";

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
  /**
   * `tools`: the outputs of a response's calls are in, or calls of MCP tools have come to their end. `server`: an answer
   * of the server's own was lost with its link.
   */
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
