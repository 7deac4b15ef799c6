import { RealtimeError, type Transport } from "@duologue/core";
import { absoluteUrl } from "./absolute-url.ts";
import { checkedKey } from "./checked-key.ts";
import { type Dial, openSocket } from "./open-socket.ts";
import { type Resolvable, resolved } from "./resolvable.ts";
import { secretsOf, shownUrl } from "./secrets.ts";
import type { WebSocketConstructor } from "./socket-like.ts";
import type { SocketSettings, WebSocketConnection } from "./socket-settings.ts";

/** What `webSocket` needs to know. */
export interface WebSocketOptions extends SocketSettings {
  /** Where to dial; `openaiRealtimeUrl` makes the address of the OpenAI service. May be relative to a page. */
  readonly url: Resolvable<string | URL>;
  /**
   * The key, which travels as a subprotocol since browsers let nobody set headers: in a browser an ephemeral one
   * (`ek_…`) that your server made for this user.
   */
  readonly apiKey?: Resolvable<string>;
  /** Bills this organization, where the key belongs to several. Sent only together with a key. */
  readonly organization?: string;
  /** Bills this project, where the key belongs to several. Sent only together with a key. */
  readonly project?: string;
  /**
   * Lets a key that is not ephemeral into a browser, where whoever opens the page can read it and spend on your
   * account. For programs that never leave your own machine.
   */
  readonly dangerouslyAllowStandardKeyInBrowser?: boolean;
  /**
   * Subprotocols to offer besides those of the key. Default: `realtime` where there is a key, none where there is
   * not: a server that chooses none of those offered makes the dial fail.
   */
  readonly protocols?: readonly string[];
  /** The implementation. Default: the runtime's own. */
  readonly WebSocket?: WebSocketConstructor;
}

/** What a subprotocol may consist of: a token of RFC 9110, section 5.6.2. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * A transport over the WHATWG `WebSocket`: browsers, Workers, Deno, Bun, Node.
 *
 * Text frames are delivered as they are; a binary one that is UTF-8 is delivered as text, any other as a text that
 * says so and holds it in base64. `close` sends codes 1000 and 3000 to 4999 as they are and 1000 for any other, and
 * as much of the reason as fits in 123 bytes. Where a dial fails, most runtimes hide why, and the message can only
 * say what to check; `nodeWebSocket` tells more.
 *
 * Authentication: OpenAI Realtime's subprotocols `realtime`, `openai-insecure-api-key.<key>`,
 * `openai-organization.<id>` and `openai-project.<id>`.
 *
 * ```ts
 * webSocket({
 *   url: openaiRealtimeUrl({ model: "gpt-realtime" }),
 *   apiKey: async (signal) => (await fetch("/ephemeral-key", { signal })).text(),
 * });
 * ```
 */
export function webSocket(options: WebSocketOptions): Transport<WebSocketConnection> {
  return {
    name: "websocket",
    audio: "events",
    open: (sink, { signal } = {}) =>
      openSocket((givenUp) => prepare(options, givenUp), options, sink, signal),
  };
}

async function prepare(options: WebSocketOptions, signal: AbortSignal): Promise<Dial> {
  const [address, apiKey] = await Promise.all([
    resolved("url", options.url, signal),
    options.apiKey === undefined ? undefined : resolved("apiKey", options.apiKey, signal),
  ]);
  const url = absoluteUrl(address);
  const protocols = [...(options.protocols ?? (apiKey === undefined ? [] : ["realtime"]))];
  const secrets = secretsOf(url);
  if (apiKey !== undefined) {
    const key = checkedKey(apiKey, token);
    refuseStandardKey(key, options.dangerouslyAllowStandardKeyInBrowser ?? false);
    secrets.push(key);
    protocols.push(`openai-insecure-api-key.${key}`);
    if (options.organization !== undefined) protocols.push(`openai-organization.${options.organization}`);
    if (options.project !== undefined) protocols.push(`openai-project.${options.project}`);
  }
  const Socket = options.WebSocket ?? runtimeWebSocket();
  return {
    callee: { address: shownUrl(url), secrets },
    create: () => new Socket(url.href, protocols),
  };
}

function refuseStandardKey(key: string, allowed: boolean): void {
  if (allowed || key.startsWith("ek_") || typeof document === "undefined") return;
  const message =
    "A key that is not ephemeral must not reach a browser, where everybody can read it: let your server make one that begins with ek_ for each user, or set dangerouslyAllowStandardKeyInBrowser.";
  throw new RealtimeError("connect_failed", message);
}

function runtimeWebSocket(): WebSocketConstructor {
  if (typeof globalThis.WebSocket === "function") return globalThis.WebSocket;
  const message =
    "This runtime has no WebSocket of its own: hand one in as WebSocket, or in Node use nodeWebSocket of @duologue/transport-websocket/node.";
  throw new RealtimeError("connect_failed", message);
}
