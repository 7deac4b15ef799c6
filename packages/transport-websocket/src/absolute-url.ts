import { RealtimeError } from "@duologue/core";

/**
 * An address that a WebSocket can dial: resolved against the page's where there is a page, `http:` and `https:`
 * turned into `ws:` and `wss:`, without its fragment. Throws `connect_failed` for any other.
 */
export function absoluteUrl(value: string | URL): URL {
  const page = typeof document === "undefined" ? undefined : document.baseURI;
  if (!URL.canParse(value, page)) {
    // The text itself may be a key in the wrong place, so it is not repeated.
    throw new RealtimeError("connect_failed", "The url of the WebSocket transport is no absolute URL.");
  }
  const url = new URL(value, page);
  if (url.protocol === "http:") url.protocol = "ws:";
  if (url.protocol === "https:") url.protocol = "wss:";
  url.hash = "";
  if (url.protocol === "ws:" || url.protocol === "wss:") return url;
  const message = `The url of the WebSocket transport begins with ${url.protocol} and should with wss: or ws:.`;
  throw new RealtimeError("connect_failed", message);
}
