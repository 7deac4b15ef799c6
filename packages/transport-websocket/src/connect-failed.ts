import { RealtimeError } from "@duologue/core";
import { withoutSecrets } from "./secrets.ts";

/** Who is dialled, as far as messages may tell. */
export interface Callee {
  /** The address without secrets. */
  readonly address: string;
  /** What must not be read in a message. */
  readonly secrets: readonly string[];
}

/** What went wrong and what a person can do about it. */
interface Diagnosis {
  readonly what: string;
  readonly advice: string;
}

const unreachable: Diagnosis = {
  what: "the host cannot be reached",
  advice: "Check the network, the port, and whether a proxy or firewall stands in between.",
};

const cutOff: Diagnosis = {
  what: "the connection was cut while it was opened",
  advice: "Check that the port speaks WebSocket, and TLS where the address says wss:; else try again.",
};

const byCode: Readonly<Record<string, Diagnosis>> = {
  ECONNREFUSED: {
    what: "nothing listens there (ECONNREFUSED)",
    advice: "Start the server, or correct the host and the port.",
  },
  ENOTFOUND: { what: "the host is unknown (ENOTFOUND)", advice: "Correct the host name, or check the DNS." },
  EAI_AGAIN: {
    what: "the host name could not be looked up (EAI_AGAIN)",
    advice: "Check the network and the DNS.",
  },
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ECONNRESET: cutOff,
  EPIPE: cutOff,
};

/** Codes by which Node and OpenSSL say that no TLS connection came about. */
const tlsCode = /^(?:ERR_TLS_|ERR_SSL_|CERT_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * The error of a dial that failed: names the step and the remedy. `detail` is what the socket itself says, where it
 * says anything; the message and the cause are free of `callee.secrets`.
 */
export function connectFailed(callee: Callee, cause?: unknown, detail = ""): RealtimeError {
  const said = detail !== "" ? detail : cause instanceof Error ? cause.message : "";
  const shown = withoutSecrets(said, callee.secrets);
  const { what, advice } = diagnosis(codeOf(cause), shown);
  // A cause is printed together with its error: one that tells a secret is left out.
  const tellsNothing = shown === said && withoutSecrets(String(cause), callee.secrets) === String(cause);
  const options = cause !== undefined && tellsNothing ? { cause } : {};
  return new RealtimeError("connect_failed", `Could not open ${callee.address}: ${what}. ${advice}`, options);
}

function diagnosis(code: string, said: string): Diagnosis {
  const known = byCode[code];
  if (known !== undefined) return known;
  if (tlsCode.test(code)) {
    return {
      what: `no TLS connection came about (${code}: ${said.trim()})`,
      advice: "Check the server's certificate and its authority, or use ws: where the server has no TLS.",
    };
  }
  if (said !== "") {
    return { what: said.replace(/\.$/, ""), advice: "Check the address, the network and the credentials." };
  }
  return {
    what: "the WebSocket of this runtime does not say why",
    advice:
      "Check that the server runs, that the network lets it be reached, and that it accepts the key, the origin and the subprotocols.",
  };
}

function codeOf(cause: unknown): string {
  if (typeof cause !== "object" || cause === null) return "";
  if ("code" in cause && typeof cause.code === "string") return cause.code;
  return "cause" in cause ? codeOf(cause.cause) : "";
}
