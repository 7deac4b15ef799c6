import type { Failure, Issue, UnknownEvent, WireEvent } from "@duologue/protocol";

/** Something that a developer wants to know and that ends nothing. */
export type Problem =
  /** A known event differs from its schema. It was delivered all the same. */
  | { readonly kind: "invalid"; readonly event: WireEvent; readonly issues: readonly Issue[] }
  /** A frame is no event. Its whole text is here and in the log. */
  | { readonly kind: "undecodable"; readonly text: string; readonly reason: string }
  /** The server sent an `error` event. */
  | { readonly kind: "error"; readonly failure: Failure; readonly event: WireEvent | UnknownEvent };
