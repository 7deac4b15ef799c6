import type { Plan } from "./plan.ts";

/** What a response comes to whose brain or voice failed: a `server_error` that says how. */
export function failedPlan(code: "brain_failed" | "voice_failed", error: unknown): Plan {
  return { status: "failed", error: { type: "server_error", code, message: wordsOf(error) } };
}

/** What was thrown, in words. Never throws itself, whatever that was. */
export function wordsOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const isOpaque = (typeof error === "object" && error !== null) || typeof error === "function";
  return isOpaque ? "Something was thrown that is no error." : String(error);
}
