import type { UnknownEvent, WireEvent } from "@duologue/protocol";
import type { CloseInfo } from "./transport.ts";

/**
 * What only this machine knows. Whatever the state needs and the wire does not carry is one of these, so that the
 * log alone can rebuild everything.
 */
export type LocalEvent =
  /** A link is open and frames can flow. */
  | { readonly type: "link.opened"; readonly transport: string; readonly audio: "events" | "media" }
  /** The link ended. */
  | ({ readonly type: "link.closed" } & CloseInfo)
  /** The program closes the session: nothing is sent from here on, and what comes until the link has ended is not played. */
  | { readonly type: "session.closing" }
  /**
   * A frame of a link that is not the conversation's, since it is being made ready to take its place, or was
   * replaced. `link` counts the links of a session from 1; `event` or `text` is the frame.
   */
  | {
      readonly type: "link.frame";
      readonly link: number;
      readonly from: "server" | "client";
      readonly event?: WireEvent | UnknownEvent;
      readonly text?: string;
    }
  /** A link that was being made ready to take the conversation's place has ended, and will not take it. */
  | ({ readonly type: "link.ended"; readonly link: number } & CloseInfo)
  /** The link was lost; it is going to be replaced, for the `attempt`-th time in a row, after `delayMs`. */
  | ({ readonly type: "link.retry"; readonly attempt: number; readonly delayMs: number } & CloseInfo)
  /** From here on, frames are those of another link, whose server session was filled with what was said before. */
  | {
      readonly type: "link.switched";
      readonly link: number;
      readonly reason: "reconnected" | "rolled over";
    }
  /** Microphone frames were dropped, the oldest first, because too much waited to be sent. */
  | { readonly type: "outbox.dropped"; readonly frames: number; readonly bytes: number }
  /**
   * A command of this `event_id` was given up before it was sent, and nothing comes of it: `code` is that of the
   * `RealtimeError` that says why.
   */
  | { readonly type: "command.unsent"; readonly commandId: string; readonly code: string }
  /** A frame that is no event; its text is kept. */
  | {
      readonly type: "frame.undecodable";
      readonly from: "server" | "client";
      readonly text: string;
      readonly reason: string;
    }
  /** A player has played more of an item: `heardMs` of this content part have left the loudspeaker so far. */
  | {
      readonly type: "playback.progress";
      readonly itemId: string;
      readonly contentIndex: number;
      readonly heardMs: number;
    }
  /** A player has played all that it was given of this content part, and was told that no more comes. */
  | {
      readonly type: "playback.finished";
      readonly itemId: string;
      readonly contentIndex: number;
      readonly heardMs: number;
    }
  /** A player was emptied: what it held of this content part beyond `heardMs` was never heard. */
  | {
      readonly type: "playback.flushed";
      readonly itemId: string;
      readonly contentIndex: number;
      readonly heardMs: number;
    }
  /**
   * The program asked for an answer as soon as the server is free to give one. `id` is its name for the request;
   * `policy` says how it stands to others, `coalesce` where it is absent: see `RequestPolicy` of
   * `@duologue/conversation`. `response` is what the answer is to be like, in the words of the protocol.
   */
  | {
      readonly type: "response.requested";
      readonly id?: string;
      readonly policy?: "queue" | "coalesce" | "replace";
      readonly response?: object;
    }
  /** The program took a request back, whether or not the answer had begun. */
  | { readonly type: "response.withdrawn"; readonly id: string }
  /** The program asked the assistant to stop speaking. */
  | { readonly type: "interrupt.requested" }
  /** A conversation that began earlier goes on: `state` is where it stood, a snapshot as JSON. */
  | { readonly type: "conversation.restored"; readonly state: object }
  /** So much was used that the program wants no answer to be asked for any more: `spent` of at most `most`. */
  | {
      readonly type: "budget.reached";
      readonly limit: "tokens" | "cost";
      readonly spent: number;
      readonly most: number;
    }
  /** Answers may be asked for again. */
  | { readonly type: "budget.lifted" };

/**
 * One thing that happened. `at` is milliseconds of the session's monotonic clock since the session was opened,
 * rounded to the microsecond so that it survives JSON unchanged; `null` in recordings that were made without one.
 */
export type Entry<C extends WireEvent = WireEvent, S extends WireEvent = WireEvent> =
  | { readonly at: number | null; readonly from: "server"; readonly event: S | UnknownEvent }
  | { readonly at: number | null; readonly from: "client"; readonly event: C | UnknownEvent }
  | { readonly at: number | null; readonly from: "local"; readonly event: LocalEvent };
