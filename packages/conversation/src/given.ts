import { RealtimeError } from "@duologue/core";

/** Throws `invalid_argument` where a program has left out, or mistaken, what is an object; `what` is for the message. */
export function given(value: unknown, what: string): void {
  if (typeof value === "object" && value !== null) return;
  throw new RealtimeError("invalid_argument", `${what} is not ${String(value)}.`);
}
