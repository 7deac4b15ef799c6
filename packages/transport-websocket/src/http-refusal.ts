import type { IncomingMessage } from "node:http";
import { RealtimeError } from "@duologue/core";
import type { Callee } from "./connect-failed.ts";
import { shownUrl, withoutSecrets } from "./secrets.ts";

/** An HTTP answer that came instead of a WebSocket: the `cause` of the `connect_failed` error. */
export interface HttpRefusal {
  readonly status: number;
  /** The beginning of the body, at most 4 KiB, credentials blanked out. */
  readonly body: string;
  /** How long the server asks to be left alone, in milliseconds, where it does. */
  readonly retryAfterMs?: number;
}

const bodyBytes = 4_096;

const advices: Readonly<Record<number, string>> = {
  400: "Check the address and its parameters.",
  401: "Check that the API key is complete, valid and not expired.",
  403: "Check that the key may use this model, organization, project and region.",
  404: "Check the path of the address, and that the server has a Realtime endpoint there.",
  426: "Check the path of the address: the server wants another protocol there.",
  429: "Wait, or raise the rate limit or the quota of the account.",
};

/** The error for an HTTP answer that came instead of a WebSocket. Resolves when enough of its body has come. */
export async function httpRefused(callee: Callee, response: IncomingMessage): Promise<RealtimeError> {
  const status = response.statusCode ?? 0;
  const body = withoutSecrets(await beginning(response), callee.secrets);
  const said = messageIn(body);
  const what = `the server answered ${status}${said === "" ? "" : ` (${said})`} instead of opening a WebSocket`;
  const after = response.headers["retry-after"] ?? "";
  // Seconds, or a date: RFC 9110, section 10.2.3.
  const waitMs = /^\d+$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - Date.now();
  const cause: HttpRefusal = {
    status,
    body,
    ...(Number.isNaN(waitMs) ? {} : { retryAfterMs: Math.max(0, waitMs) }),
  };
  const message = `Could not open ${callee.address}: ${what}. ${advice(status, response.headers.location)}`;
  return new RealtimeError("connect_failed", message, { cause });
}

function advice(status: number, location: string | undefined): string {
  if (status >= 300 && status < 400) {
    const to = location !== undefined && URL.canParse(location) ? ` (${shownUrl(new URL(location))})` : "";
    return `Redirects are not followed: dial the address that it leads to${to}.`;
  }
  if (status >= 500) return "The server has trouble: try again later.";
  return advices[status] ?? "Check that the address leads to a WebSocket endpoint.";
}

function beginning(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = () => resolve(Buffer.concat(chunks).subarray(0, bodyBytes).toString());
    response.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= bodyBytes) done();
    });
    response.on("end", done);
    // Also when the answer breaks off: what has come until then is all there is.
    response.on("close", done);
    response.on("error", done);
  });
}

/** The message of an OpenAI error body, a short plain text as it is, and nothing where it is a page. */
function messageIn(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    const message =
      field(field(value, "error"), "message") ?? field(value, "message") ?? field(value, "error");
    return typeof message === "string" ? message : "";
  } catch {
    const text = body.trim();
    return text.startsWith("<") ? "" : (text.split("\n", 1)[0]?.slice(0, 200) ?? "");
  }
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
