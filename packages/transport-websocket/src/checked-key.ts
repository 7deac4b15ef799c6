import { RealtimeError } from "@duologue/core";

/** What a subprotocol may consist of: a token of RFC 9110, section 5.6.2. */
export const keyToken = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What a header's value may consist of, without spaces: RFC 9110, section 5.5. */
export const keyInHeader = /^[\x21-\x7e]+$/;

/** `key` itself. Throws `connect_failed` where it is empty or has characters that cannot travel (`allowed`). */
export function checkedKey(key: string, allowed: RegExp): string {
  if (typeof key !== "string" || key === "") {
    throw new RealtimeError("connect_failed", "The API key is empty: is the environment variable set?");
  }
  if (allowed.test(key)) return key;
  const message =
    "The API key has a character that cannot travel with a WebSocket: is there a space or a line break at its end?";
  throw new RealtimeError("connect_failed", message);
}
