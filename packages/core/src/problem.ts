import type { Failure, Issue, UnknownEvent, WireEvent } from "@duologue/protocol";
import type { RealtimeError } from "./error.ts";

/** Something that a developer wants to know and that ends nothing. */
export type Problem =
  /** A known event differs from its schema. It was delivered all the same. */
  | { readonly kind: "invalid"; readonly event: WireEvent; readonly issues: readonly Issue[] }
  /** A frame is no event. Its whole text is here and in the log. */
  | { readonly kind: "undecodable"; readonly text: string; readonly reason: string }
  /** The server sent an `error` event. */
  | { readonly kind: "error"; readonly failure: Failure; readonly event: WireEvent | UnknownEvent }
  /** Too much waits to be sent, and microphone frames are being dropped. Said when it begins. */
  | { readonly kind: "dropping" }
  /** Commands that waited could not be sent any more. */
  | { readonly kind: "unsent"; readonly commands: number; readonly error: RealtimeError }
  /**
   * What `request` was given has failed: too late, aborted, at the end of the session, or before anything was sent. Its
   * promise says the same, to whoever awaits it. What the server refuses is an `error`, what waited in vain `unsent`.
   */
  | { readonly kind: "request"; readonly command: WireEvent; readonly error: RealtimeError }
  /**
   * One command that tells a new server session what was said was refused, or is too large, or one by which the program
   * has configured the session since it began was refused there; that part is missing there.
   */
  | { readonly kind: "history"; readonly error: RealtimeError }
  /** The session is going to expire and could not be replaced yet; it is tried again. */
  | { readonly kind: "roll over"; readonly error: RealtimeError };
