import { type ErrorCodeFacts, errorCodes } from "../../../packages/protocol/src/error-codes.ts";
import { judgeClose } from "../../../packages/protocol/src/judge-close.ts";
import type { Severity } from "../../../packages/protocol/src/protocol.ts";
import { table } from "./markdown.ts";

const severities = {
  benign: "a harmless race was lost; nothing to do",
  rejected: "one command had no effect; the session goes on",
  transport: "this connection ends; a new one can go on",
  fatal: "dialling again as before cannot help",
} as const satisfies Record<Severity, string>;

/** A table of how bad errors can be. */
export function severityTable(): string {
  return table(
    ["severity", "means"],
    Object.entries(severities).map(([severity, meaning]) => [`\`${severity}\``, meaning]),
  );
}

/** A table of the error codes that services are known to send, by how bad they are. */
export function errorTable(): string {
  const codes: readonly (readonly [string, ErrorCodeFacts])[] = Object.entries(errorCodes);
  const rank = Object.keys(severities);
  const sorted = [...codes].sort(([, a], [, b]) => rank.indexOf(a.severity) - rank.indexOf(b.severity));
  return table(
    ["code", "severity", "what happened, and what to do"],
    sorted.map(([code, { severity, meaning }]) => [`\`${code}\``, severity, meaning]),
  );
}

/** When a connection ends with each code: RFC 6455 where it says so, otherwise what services do. */
const closes: readonly { readonly code: number; readonly reason?: string; readonly when: string }[] = [
  { code: 1000, when: "The client closed, and the service echoes it." },
  {
    code: 1001,
    reason: "Your session hit the maximum duration of 60 minutes.",
    when: "After an `error` with `session_expired`.",
  },
  { code: 1001, when: "Without that reason: the service is going away." },
  { code: 1005, when: "Closed without a code." },
  { code: 1006, when: "Never on the wire: the connection broke." },
  { code: 1009, when: "A frame was larger than the other side takes." },
  { code: 1011, when: "The service failed." },
  { code: 1012, when: "The service restarts." },
  { code: 1013, when: "The service is overloaded." },
  { code: 1015, when: "Never on the wire: the TLS handshake failed." },
  { code: 3000, when: "After an `error`: the key is wrong or missing." },
  { code: 4000, when: "After an `error`: no such model, no model, or the retired beta shape was asked for." },
];

/** A table of close codes. */
export function closeTable(): string {
  return table(
    ["code", "when", "dial again?", "what to do"],
    closes.map(({ code, reason = "", when }) => {
      const { retryable, advice } = judgeClose({ code, reason });
      return [String(code), when, retryable ? "yes" : "no", advice];
    }),
  );
}
