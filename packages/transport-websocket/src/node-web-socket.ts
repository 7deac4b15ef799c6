import type { Agent } from "node:http";
import type { ConnectionOptions } from "node:tls";
import { RealtimeError, systemClock, type Transport } from "@duologue/core";
import { WebSocket } from "ws";
import { absoluteUrl } from "./absolute-url.ts";
import { checkedKey, keyInHeader, keyToken } from "./checked-key.ts";
import { heartbeat } from "./heartbeat.ts";
import { httpRefused } from "./http-refusal.ts";
import { bearerKey, type KeyScheme } from "./key-scheme.ts";
import { type Dial, openSocket } from "./open-socket.ts";
import { type Resolvable, resolved } from "./resolvable.ts";
import { secretsOf, shownUrl } from "./secrets.ts";
import type { SocketSettings, WebSocketConnection } from "./socket-settings.ts";

/** What `nodeWebSocket` needs to know. */
export interface NodeWebSocketOptions extends SocketSettings {
  /**
   * Where to dial. `openaiRealtimeUrl`, `azureRealtimeUrl` and `xaiRealtimeUrl` make the addresses of those services.
   */
  readonly url: Resolvable<string | URL>;
  /** The key. */
  readonly apiKey?: Resolvable<string>;
  /** How the key travels. Default: `bearerKey`; Azure's keys need `azureKey`. */
  readonly keyScheme?: KeyScheme;
  /** Bills this OpenAI organization, where the key belongs to several: `OpenAI-Organization`. */
  readonly organization?: string;
  /** Bills this OpenAI project, where the key belongs to several: `OpenAI-Project`. */
  readonly project?: string;
  /** More headers, such as `OpenAI-Safety-Identifier`; they win over those made from the above. */
  readonly headers?: Resolvable<Readonly<Record<string, string>>>;
  /** Subprotocols to offer. Default: none, but for those of the key's scheme where it has some. */
  readonly protocols?: readonly string[];
  /** How the server proves who it is, and we who we are, where the system's authorities do not do. */
  readonly tls?: Pick<
    ConnectionOptions,
    "ca" | "cert" | "key" | "passphrase" | "rejectUnauthorized" | "servername"
  >;
  /** Makes the connections, for proxies: an agent of `node:https` where the address says `wss:`. */
  readonly agent?: Agent;
  /**
   * The largest frame that is received, in bytes; a larger one ends the connection as lost (1006). Default: 100 MiB,
   * which holds 27 minutes of an item's audio.
   */
  readonly maxReceivedBytes?: number;
  /**
   * How often the server is pinged, in milliseconds; `Infinity` for never. Default: 15000. Without pings a link that
   * was cut somewhere on the way, by a router that restarted or a laptop that slept, looks open for many minutes.
   */
  readonly pingMs?: number;
  /**
   * How long after a ping the server may show no sign of life (a pong, a ping, a frame), in milliseconds; then the
   * connection is dropped and its end reported as 1006. Default: 10000.
   */
  readonly pongTimeoutMs?: number;
}

/**
 * A transport over `ws`, for Node. Behaves as `webSocket` does, and besides authenticates by headers and tells why a
 * dial failed: the `cause` of its error is Node's own, or an `HttpRefusal` where the server answered with an HTTP
 * status. Compresses nothing and follows no redirects. Pings the server, so that a link that died without a word is
 * lost within 25 seconds. Throws `invalid_argument` for times that are no times.
 */
export function nodeWebSocket(options: NodeWebSocketOptions): Transport<WebSocketConnection> {
  const { pingMs = 1, pongTimeoutMs = 1 } = options;
  if (!(pingMs > 0 && pongTimeoutMs > 0 && Number.isFinite(pongTimeoutMs))) {
    const message = `pingMs is ${pingMs} and pongTimeoutMs ${pongTimeoutMs}: both are milliseconds, more than 0; only pingMs may be Infinity.`;
    throw new RealtimeError("invalid_argument", message);
  }
  return {
    name: "websocket",
    audio: "events",
    open: (sink, { signal } = {}) =>
      openSocket((givenUp) => prepare(options, givenUp), options, sink, signal),
  };
}

async function prepare(options: NodeWebSocketOptions, signal: AbortSignal): Promise<Dial> {
  const [address, apiKey, more] = await Promise.all([
    resolved("url", options.url, signal),
    options.apiKey === undefined ? undefined : resolved("apiKey", options.apiKey, signal),
    resolved("headers", options.headers ?? {}, signal),
  ]);
  const url = absoluteUrl(address);
  const { headers: keyHeaders, protocols } = keyed(options, apiKey);
  const headers = {
    ...keyHeaders,
    ...(options.organization === undefined ? {} : { "OpenAI-Organization": options.organization }),
    ...(options.project === undefined ? {} : { "OpenAI-Project": options.project }),
    ...more,
  };
  const callee = {
    address: shownUrl(url),
    secrets: [...secretsOf(url), ...(apiKey === undefined ? [] : [apiKey]), ...Object.values(headers)],
  };
  const settings = {
    ...options.tls,
    ...(options.agent === undefined ? {} : { agent: options.agent }),
    headers,
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: options.maxReceivedBytes ?? 100 * 1024 * 1024,
    closeTimeout: options.closeTimeoutMs ?? 5_000,
  };
  let socket: WebSocket;
  return {
    callee,
    create(refuse) {
      socket = new WebSocket(url, protocols, settings);
      // From the first moment on, so that no error of the socket can end the process.
      socket.on("error", () => {});
      socket.on("unexpected-response", (_request, response) => {
        void httpRefused(callee, response).then(refuse);
      });
      return socket;
    },
    watch: (lose) => watched(socket, options, lose),
  };
}

/** What takes the key to the server. */
function keyed(options: NodeWebSocketOptions, apiKey: string | undefined) {
  const { keyScheme = bearerKey, protocols = [] } = options;
  const headers: Record<string, string> = {};
  if (apiKey === undefined) return { headers, protocols: [...protocols] };
  if ("header" in keyScheme) {
    headers[keyScheme.header] = `${keyScheme.prefix ?? ""}${checkedKey(apiKey, keyInHeader)}`;
    return { headers, protocols: [...protocols] };
  }
  const offered = options.protocols ?? keyScheme.alongside ?? [];
  return { headers, protocols: [...offered, `${keyScheme.subprotocol}${checkedKey(apiKey, keyToken)}`] };
}

function watched(
  socket: WebSocket,
  { pingMs = 15_000, pongTimeoutMs = 10_000, clock = systemClock() }: NodeWebSocketOptions,
  lose: (reason: string) => void,
): () => void {
  if (pingMs === Number.POSITIVE_INFINITY) return () => {};
  const pulse = {
    ping: () => socket.ping(),
    onSign(listener: () => void) {
      for (const sign of ["pong", "ping", "message"]) socket.on(sign, listener);
    },
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
  };
  return heartbeat(pulse, { clock, pingMs, pongTimeoutMs }, lose);
}
