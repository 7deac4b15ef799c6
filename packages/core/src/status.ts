import type { CloseInfo } from "./transport.ts";

/**
 * Where a session stands. `ready` means that the server greeted us and acknowledged our configuration; an open
 * socket alone is not enough, since services check the key and the model only after it opened.
 */
export type Status =
  | { readonly state: "idle" }
  | { readonly state: "connecting" }
  | { readonly state: "configuring" }
  | { readonly state: "ready" }
  /** The link was lost; the next attempt to replace it, counted from 1, is made after `delayMs`. */
  | ({ readonly state: "reconnecting"; readonly attempt: number; readonly delayMs: number } & CloseInfo)
  /** As `ready`, while the session that follows this one is being opened and filled beside it. */
  | { readonly state: "rolling over" }
  | { readonly state: "closing" }
  /**
   * Over. `retryable`: whether dialling again in the same way can help. Where an opening was given up, or nothing opened,
   * the code is 1006 and the reason the message of the error.
   */
  | ({ readonly state: "closed"; readonly retryable: boolean } & CloseInfo);

/** What moves a session from one status to the next. */
export type Happening =
  | { readonly type: "dial" }
  | { readonly type: "greeted" }
  | { readonly type: "configured" }
  | ({ readonly type: "retry"; readonly attempt: number; readonly delayMs: number } & CloseInfo)
  | { readonly type: "roll over" }
  | { readonly type: "switched" }
  | { readonly type: "stayed" }
  | { readonly type: "close" }
  | ({ readonly type: "end"; readonly retryable: boolean } & CloseInfo);

/**
 * The lifecycle: the status that follows. A happening that has no meaning where the session stands leaves the very
 * same status, so that a late one, after `closed` above all, moves nothing.
 */
export function following(status: Status, happening: Happening): Status {
  const from = status.state;
  switch (happening.type) {
    case "dial":
      return from === "idle" ? { state: "connecting" } : status;
    case "greeted":
      return from === "connecting" ? { state: "configuring" } : status;
    case "configured":
      return from === "configuring" ? { state: "ready" } : status;
    case "retry": {
      if (from !== "ready" && from !== "rolling over" && from !== "reconnecting") return status;
      const { type: _, ...details } = happening;
      return { state: "reconnecting", ...details };
    }
    case "roll over":
      return from === "ready" ? { state: "rolling over" } : status;
    case "switched":
      return from === "reconnecting" || from === "rolling over" ? { state: "ready" } : status;
    case "stayed":
      return from === "rolling over" ? { state: "ready" } : status;
    case "close":
      return from === "closed" ? status : { state: "closing" };
    case "end": {
      if (from === "closed") return status;
      const { type: _, ...details } = happening;
      return { state: "closed", ...details };
    }
    default:
      return happening satisfies never;
  }
}
