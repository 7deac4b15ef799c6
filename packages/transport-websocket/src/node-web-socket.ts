import type { Agent } from "node:http";
import type { ConnectionOptions } from "node:tls";
import type { Transport } from "@duologue/core";
import { WebSocket } from "ws";
import { absoluteUrl } from "./absolute-url.ts";
import { checkedKey } from "./checked-key.ts";
import { httpRefused } from "./http-refusal.ts";
import { type Dial, openSocket } from "./open-socket.ts";
import { type Resolvable, resolved } from "./resolvable.ts";
import { secretsOf, shownUrl } from "./secrets.ts";
import type { SocketSettings, WebSocketConnection } from "./socket-settings.ts";

/** What `nodeWebSocket` needs to know. */
export interface NodeWebSocketOptions extends SocketSettings {
  /** Where to dial; `openaiRealtimeUrl` makes the address of the OpenAI service. */
  readonly url: Resolvable<string | URL>;
  /** The key, sent as `Authorization: Bearer …`. */
  readonly apiKey?: Resolvable<string>;
  /** Bills this organization, where the key belongs to several: `OpenAI-Organization`. */
  readonly organization?: string;
  /** Bills this project, where the key belongs to several: `OpenAI-Project`. */
  readonly project?: string;
  /** More headers, such as `api-key` or `OpenAI-Safety-Identifier`; they win over those made from the above. */
  readonly headers?: Resolvable<Readonly<Record<string, string>>>;
  /** Subprotocols to offer. Default: none, as the headers authenticate. */
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
}

/** What a header's value may consist of, without spaces: RFC 9110, section 5.5. */
const visible = /^[\x21-\x7e]+$/;

/**
 * A transport over `ws`, for Node. Behaves as `webSocket` does, and besides authenticates by headers and tells why a
 * dial failed: the `cause` of its error is Node's own, or an `HttpRefusal` where the server answered with an HTTP
 * status. Compresses nothing and follows no redirects.
 */
export function nodeWebSocket(options: NodeWebSocketOptions): Transport<WebSocketConnection> {
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
  const headers = {
    ...(apiKey === undefined ? {} : { Authorization: `Bearer ${checkedKey(apiKey, visible)}` }),
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
  return {
    callee,
    create(refuse) {
      const socket = new WebSocket(url, [...(options.protocols ?? [])], settings);
      // From the first moment on, so that no error of the socket can end the process.
      socket.on("error", () => {});
      socket.on("unexpected-response", (_request, response) => {
        void httpRefused(callee, response).then(refuse);
      });
      return socket;
    },
  };
}
