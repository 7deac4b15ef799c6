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
  | { readonly state: "closing" }
  | ({
      readonly state: "closed";
      /** Whether dialling again in the same way can help. */
      readonly retryable: boolean;
    } & CloseInfo);
