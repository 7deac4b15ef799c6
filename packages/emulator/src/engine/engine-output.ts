import type { ServerEvent } from "@duologue/protocol";
import type { BrainRequest } from "../brain/plan.ts";

/** What the engine wants done, in this order. */
export type EngineOutput =
  /** Send this to the client. */
  | { readonly type: "send"; readonly event: ServerEvent }
  /** Find out what the assistant does in this response and give it back as an `answer`. */
  | { readonly type: "ask"; readonly request: BrainRequest }
  /** Close the link; nothing follows. */
  | { readonly type: "close"; readonly code: number; readonly reason: string };
