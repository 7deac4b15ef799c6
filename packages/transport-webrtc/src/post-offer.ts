import type { RealtimeError } from "@duologue/core";
import { callFailed, said } from "./call-failure.ts";
import type { SdpAnswer } from "./sdp-exchange.ts";

/** How an offer is posted. */
export interface OfferPost {
  readonly url: string | URL;
  /** Of one name, in whatever case, the last counts. */
  readonly headers: readonly (Readonly<Record<string, string>> | undefined)[];
  readonly body: string | FormData;
  readonly signal: AbortSignal;
  readonly credentials?: RequestCredentials | undefined;
  /** What to do about a status, where that is not what it is with the service itself. */
  readonly advices?: Readonly<Record<number, string>>;
  /** What must not be read in a message. */
  readonly secret?: string;
  readonly fetch: typeof fetch;
}

/** Beyond this, nothing of a refusal is kept. */
const bodyLength = 4_096;

const advices: Readonly<Record<number, string>> = {
  400: "Check the session that goes with the offer, and the model.",
  401: "Check that the key is complete, valid and not expired; an ephemeral one lives for minutes.",
  403: "Check that the key may use this model, organization, project and region.",
  404: "Check the address of the endpoint.",
  429: "Wait, or raise the rate limit or the quota of the account.",
};

/**
 * Posts an offer and reads the answer: a body of SDP, and a call whose id is the last part of `Location`, where a page
 * may read that header. Rejects with `connect_failed` and a `CallFailure` that has the HTTP status.
 */
export async function postOffer(post: OfferPost): Promise<SdpAnswer> {
  const { fetch: request, body, signal, credentials } = post;
  const address = shownAddress(post.url);
  let response: Response;
  let text: string;
  try {
    const headers = new Headers();
    for (const some of post.headers) {
      for (const [name, value] of Object.entries(some ?? {})) headers.set(name, value);
    }
    const init = { method: "POST", body, headers, signal };
    response = await request(post.url, credentials === undefined ? init : { ...init, credentials });
    text = await response.text();
  } catch (cause) {
    const advice =
      "Check the address, the network and, in a page, that the server lets this origin in (CORS) and the page's policy lets it out.";
    const why = said(cause).replaceAll(String(post.url), address);
    throw callFailed(`${address} cannot be reached: ${why}. ${advice}`, { step: "exchange", cause });
  }
  if (!response.ok) {
    const all = { ...advices, ...post.advices };
    throw refusal(address, response, withoutSecret(text, post.secret), all);
  }
  if (!text.trimStart().startsWith("v=0")) {
    const beginning = JSON.stringify(withoutSecret(text, post.secret).slice(0, 80));
    const message = `${address} answered with something that is no SDP: ${beginning}. Check the address of the endpoint, and that the body of its answer is the SDP itself.`;
    throw callFailed(message, { step: "exchange", status: response.status });
  }
  const callId = response.headers.get("location")?.split(/[?#]/, 1)[0]?.split("/").filter(Boolean).pop();
  return { sdp: text, callId };
}

function refusal(
  address: string,
  { status, headers }: Response,
  text: string,
  advices: Readonly<Record<number, string>>,
): RealtimeError {
  const body = text.slice(0, bodyLength);
  const words = messageIn(body);
  const advice = status >= 500 ? "The server has trouble: try again later." : (advices[status] ?? "");
  const message = `${address} refused the offer with HTTP ${status}${words === "" ? "" : ` (${words})`}. ${advice}`;
  const after = headers.get("retry-after") ?? "";
  // Seconds, or a date: RFC 9110, section 10.2.3.
  const waitMs = /^\d+$/.test(after) ? Number(after) * 1_000 : Date.parse(after) - Date.now();
  const retry = Number.isNaN(waitMs) ? {} : { retryAfterMs: Math.max(0, waitMs) };
  return callFailed(message.trim(), { step: "exchange", status, body, ...retry });
}

/** The message of an OpenAI error body, a short plain text as it is, and nothing where it is a page. */
function messageIn(body: string): string {
  try {
    const { error, message }: { error?: unknown; message?: unknown } = JSON.parse(body);
    const words = typeof error === "object" && error !== null && "message" in error ? error.message : error;
    return sentence(String(words ?? message ?? ""));
  } catch {
    const text = body.trim();
    return text.startsWith("<") ? "" : sentence((text.split("\n", 1)[0] ?? "").slice(0, 200));
  }
}

function sentence(text: string): string {
  return text.trim().replace(/\.$/, "");
}

function withoutSecret(text: string, secret: string | undefined): string {
  return secret === undefined || secret === "" ? text : text.replaceAll(secret, "***");
}

/** The address without anything that may open a door. */
function shownAddress(url: string | URL): string {
  return String(url)
    .replace(/[?#].*$/, "")
    .replace(/\/\/[^/@]*@/, "//");
}
