import type { CloseInfo } from "@duologue/core";

/** What the test asks of a driver, which runs in a browser or another runtime. */
export type ToDriver =
  /** Do this, and say how it went. */
  | { readonly kind: "run"; readonly run: number; readonly name: string }
  /** The peer of a harness has accepted a link. */
  | { readonly kind: "accepted"; readonly harness: number; readonly link: number }
  | { readonly kind: "frame"; readonly harness: number; readonly link: number; readonly text: string }
  | ({ readonly kind: "closed"; readonly harness: number; readonly link: number } & CloseInfo)
  /** A dial that is to be left without an answer has come, or was given up. */
  | { readonly kind: "stalled"; readonly harness: number; readonly stall: number }
  | { readonly kind: "given up"; readonly harness: number; readonly stall: number };

/** What a driver asks of the peers, and says of what it did. */
export type FromDriver =
  | { readonly kind: "ready"; readonly userAgent: string }
  | { readonly kind: "ran"; readonly run: number; readonly result?: unknown; readonly error?: string }
  | { readonly kind: "send"; readonly link: number; readonly text: string }
  | ({ readonly kind: "close"; readonly link: number } & CloseInfo)
  | { readonly kind: "break"; readonly link: number };
