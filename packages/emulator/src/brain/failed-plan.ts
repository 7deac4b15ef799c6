import { messageOf } from "../wire/message-of.ts";
import type { Plan } from "./plan.ts";

/** What a response comes to whose brain or voice failed: a `server_error` that says how. */
export function failedPlan(code: "brain_failed" | "voice_failed", error: unknown): Plan {
  return { status: "failed", error: { type: "server_error", code, message: messageOf(error) } };
}
