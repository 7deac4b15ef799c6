import type { IncomingHttpHeaders } from "node:http";

/** Headers of one connection only, of the handshake, or of the browser's other business on this machine. */
const ownHeader =
  /^(?:host|connection|upgrade|keep-alive|te|trailer|transfer-encoding|content-length|accept-encoding|cookie|origin|proxy-.*|sec-websocket-.*|sec-fetch-.*)$/;

const keyHeaders = ["authorization", "api-key"];
const keySubprotocol = /^openai-insecure-api-key\./;

/** What is passed on from a client's upgrade to the server. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly subprotocols: readonly string[];
}

/**
 * The client's headers and subprotocols as the server gets them. With `apiKey`, that key takes the place of whatever
 * the client has.
 */
export function forwardedHeaders(headers: IncomingHttpHeaders, apiKey: string | undefined): Credentials {
  const passed = Object.entries(headers).flatMap(([name, value]) =>
    ownHeader.test(name) || value === undefined ? [] : [[name, [value].flat().join(", ")] as const],
  );
  const offered = (headers["sec-websocket-protocol"] ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (apiKey === undefined) return { headers: Object.fromEntries(passed), subprotocols: offered };
  return {
    headers: {
      ...Object.fromEntries(passed.filter(([name]) => !keyHeaders.includes(name))),
      authorization: `Bearer ${apiKey}`,
    },
    subprotocols: offered.filter((name) => !keySubprotocol.test(name)),
  };
}

/**
 * Whether an upgrade comes from a web page that is not of this machine. Any page that a browser shows can open a
 * WebSocket to this machine; none of them may use a key that it does not have.
 */
export function isForeignPage({ origin }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return false;
  const host = URL.canParse(origin) ? new URL(origin).hostname : "";
  return !/^(?:localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host);
}
