import { RealtimeError, type Transport } from "@duologue/core";
import { absoluteUrl } from "./absolute-url.ts";
import { checkedKey, keyToken } from "./checked-key.ts";
import { inBrowser } from "./in-browser.ts";
import { openaiSubprotocolKey, type SubprotocolKey } from "./key-scheme.ts";
import { type Dial, openSocket } from "./open-socket.ts";
import { type Resolvable, resolved } from "./resolvable.ts";
import { secretsOf, shownUrl } from "./secrets.ts";
import type { WebSocketConstructor } from "./socket-like.ts";
import type { SocketSettings, WebSocketConnection } from "./socket-settings.ts";

/** What `webSocket` needs to know. */
export interface WebSocketOptions extends SocketSettings {
  /**
   * Where to dial, which may be relative to a page. `openaiRealtimeUrl`, `azureRealtimeUrl` and `xaiRealtimeUrl` make
   * the addresses of those services.
   */
  readonly url: Resolvable<string | URL>;
  /**
   * The key, which travels as a subprotocol since browsers let nobody set headers: in a browser an ephemeral one
   * (`ek_…`) that your server made for this user.
   */
  readonly apiKey?: Resolvable<string>;
  /** How the key travels, and which keys are ephemeral. Default: `openaiSubprotocolKey`. */
  readonly keyScheme?: SubprotocolKey;
  /** Bills this OpenAI organization, where the key belongs to several. Sent only together with a key. */
  readonly organization?: string;
  /** Bills this OpenAI project, where the key belongs to several. Sent only together with a key. */
  readonly project?: string;
  /**
   * Lets a key that is not ephemeral into a browser, where whoever opens the page can read it and spend on your
   * account. For programs that never leave your own machine.
   */
  readonly dangerouslyAllowStandardKeyInBrowser?: boolean;
  /**
   * Subprotocols to offer before the key. Default: those of the key's scheme, which for OpenAI is `realtime`; none
   * where there is no key: a server that chooses none of those offered makes the dial fail.
   */
  readonly protocols?: readonly string[];
  /** The implementation. Default: the runtime's own. */
  readonly WebSocket?: WebSocketConstructor;
}

/**
 * A transport over the WHATWG `WebSocket`: browsers, Workers, Deno, Bun, Node.
 *
 * Text frames are delivered as they are; a binary one that is UTF-8 is delivered as text, any other as a text that
 * says so and holds it in base64. `close` sends codes 1000 and 3000 to 4999 as they are and 1000 for any other, and
 * as much of the reason as fits in 123 bytes. Where a dial fails, most runtimes hide why, and the message can only
 * say what to check; `nodeWebSocket` tells more.
 *
 * Authentication: by subprotocols, unless told OpenAI Realtime's: `realtime`, `openai-insecure-api-key.<key>`,
 * `openai-organization.<id>` and `openai-project.<id>`.
 *
 * A peer that vanishes without a word is found out by whoever waits for its answers, such as a session's `request`,
 * and by the system's own TCP timers, which may take a quarter of an hour: this interface has no ping, and answers
 * those of the server without telling. `nodeWebSocket` pings.
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
  const { keyScheme = openaiSubprotocolKey } = options;
  const protocols = [...(options.protocols ?? (apiKey === undefined ? [] : (keyScheme.alongside ?? [])))];
  const secrets = secretsOf(url);
  if (apiKey !== undefined) {
    const key = checkedKey(apiKey, keyToken);
    if (!options.dangerouslyAllowStandardKeyInBrowser) refuseStandardKey(key, keyScheme);
    secrets.push(key);
    protocols.push(`${keyScheme.subprotocol}${key}`);
    if (options.organization !== undefined) protocols.push(`openai-organization.${options.organization}`);
    if (options.project !== undefined) protocols.push(`openai-project.${options.project}`);
  }
  const Socket = options.WebSocket ?? runtimeWebSocket();
  return {
    callee: { address: shownUrl(url), secrets },
    create: () => new Socket(url.href, protocols),
  };
}

function refuseStandardKey(key: string, { isEphemeral = () => false }: SubprotocolKey): void {
  if (!inBrowser() || isEphemeral(key)) return;
  const message =
    "A key that is not ephemeral must not reach a browser, where everybody can read it: let your server make one for each user (OpenAI's begin with ek_), or set dangerouslyAllowStandardKeyInBrowser.";
  throw new RealtimeError("connect_failed", message);
}

function runtimeWebSocket(): WebSocketConstructor {
  if (typeof globalThis.WebSocket === "function") return globalThis.WebSocket;
  const message =
    "This runtime has no WebSocket of its own: hand one in as WebSocket, or in Node use nodeWebSocket of @duologue/transport-websocket/node.";
  throw new RealtimeError("connect_failed", message);
}
