import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { HttpRefusal, refusalAnswer } from "../mouth/http-answer.ts";
import { refusal } from "../wire/refusal.ts";

/** Settings and SDP are small. */
const mostBytes = 1024 * 1024;
/** What a caller says is sound. */
const mostSoundBytes = 32 * 1024 * 1024;

/** Serves a `fetch` handler by Node's HTTP server. Bodies are read whole, within a bound; answers may be streams. */
export function httpListener(
  fetch: (request: Request) => Promise<Response>,
  scheme: "http" | "https",
): RequestListener {
  return (incoming, outgoing) => {
    answer(incoming, fetch, scheme)
      .then((response) => send(response, outgoing, incoming.method === "HEAD"))
      // The client is gone, in the middle of its request or of the answer.
      .catch(() => outgoing.destroy());
  };
}

async function answer(
  incoming: IncomingMessage,
  fetch: (request: Request) => Promise<Response>,
  scheme: string,
): Promise<Response> {
  const { method = "GET", url = "/", headers } = incoming;
  const address = `${scheme}://${headers.host ?? "localhost"}${url}`;
  if (!URL.canParse(address) || !url.startsWith("/")) {
    return refusalAnswer(new HttpRefusal(400, refusal(null, "The address of your request is none.")));
  }
  const limit = url.startsWith("/_duologue/") ? mostSoundBytes : mostBytes;
  const body = await bodyOf(incoming, limit);
  if (body === undefined) {
    const message = `The body of your request is larger than ${limit / 1024 / 1024} MiB.`;
    const refused = refusalAnswer(new HttpRefusal(413, refusal("request_too_large", message)));
    // What is left of the body is not read.
    refused.headers.set("connection", "close");
    return refused;
  }
  const given = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, [value].flat().join(", ")]],
  );
  const hasBody = method !== "GET" && method !== "HEAD" && body.length > 0;
  try {
    return await fetch(new Request(address, { method, headers: given, ...(hasBody && { body }) }));
  } catch {
    // A method that no request may have, such as TRACE.
    return refusalAnswer(new HttpRefusal(405, refusal("method_not_supported", `Not allowed to ${method}.`)));
  }
}

/** All of a request's body; `undefined` where it is too large. */
async function bodyOf(
  incoming: IncomingMessage,
  limit: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of incoming as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > limit) return undefined;
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}

async function send(response: Response, outgoing: ServerResponse, isHead: boolean): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  const reader = response.body?.getReader();
  if (reader === undefined || isHead) {
    await reader?.cancel();
    outgoing.end();
    return;
  }
  outgoing.on("close", () => void reader.cancel());
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!outgoing.write(value))
      await new Promise<void>((resolve) => outgoing.once("drain", resolve).once("close", resolve));
    if (outgoing.destroyed) return;
  }
  outgoing.end();
}
