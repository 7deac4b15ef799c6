import { RealtimeError } from "@duologue/core";
import type { Finding } from "./lint/finding.ts";

/** Throws `frame_too_large`, or else `invalid_state`, where anything was found against a command of this type. */
export function refuseFor(findings: readonly Finding[], type: string): void {
  if (findings.length === 0) return;
  const isTooLarge = findings.some(({ code }) => code === "frame_too_large");
  const reasons = findings.map(({ message }) => message).join(" ");
  throw new RealtimeError(
    isTooLarge ? "frame_too_large" : "invalid_state",
    `${type} was not sent. ${reasons}`,
    { cause: findings },
  );
}
