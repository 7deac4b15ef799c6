import { createServer as createTlsServer } from "node:https";
import { createRequire } from "node:module";
import type { CallMedium } from "../mouth/call-medium.ts";
import type { Control } from "../mouth/control.ts";
import { isLocal } from "../mouth/local-request.ts";
import { realtimeService, type ServiceOptions } from "../mouth/realtime-service.ts";
import { selfSignedCertificate, type TlsCredentials } from "./certificate.ts";
import { httpListener } from "./http-listener.ts";
import { sessionRecordings } from "./session-recordings.ts";
import { type WebSocketsOptions, webSockets } from "./web-sockets.ts";
import { webRtcMedium } from "./webrtc-medium.ts";

// An `import` reads every export of it, one of which is made of all that Node's `fetch` is: a sixth of a start.
const { createServer }: typeof import("node:http") = createRequire(import.meta.url)("node:http");

/** How the server listens, beside how it behaves. */
export interface ListenOptions extends ServiceOptions, WebSocketsOptions {
  /** Default: 0, a free port. */
  readonly port?: number;
  /** An address or a name of this machine, never empty. Default: `127.0.0.1`. */
  readonly host?: string;
  /**
   * Speaks TLS, as clients want it that accept no other: with these, or, where `true`, with a certificate made for this
   * process and this machine, which clients have to be told to trust. Default: `false`.
   */
  readonly tls?: boolean | TlsCredentials;
  /**
   * Whether there are the status page, at `/`, and the control endpoint, at `/_duologue/`. Whoever reaches them reads
   * what is said and can end it. Default: only where `host` is of this machine alone.
   */
  readonly control?: boolean;
  /** A folder in which every session is recorded to a file of its own. It is made where it is not there. */
  readonly record?: string;
  /** What carries calls by WebRTC. Default: the package `@roamhq/wrtc`, where it is installed. */
  readonly medium?: CallMedium;
}

/** A server that listens. */
export interface Listening {
  /** Where a client dials, without the query that names its model: `ws://127.0.0.1:40123/v1/realtime`. */
  readonly url: string;
  /** The base address of the HTTP interface, as clients want it: `http://127.0.0.1:40123/v1`. */
  readonly baseUrl: string;
  readonly port: number;
  /** With TLS: the certificate to trust, as PEM. Node clients take it as `ca`. */
  readonly certificate?: string;
  /** Frames of all clients since the start. With a client's own counts they tell whether any is under way. */
  readonly traffic: { readonly sent: number; readonly received: number };
  /** What can be done to the sessions from outside, whether or not there is a control endpoint. */
  readonly control: Control;
  /** Whether the status page and the control endpoint are there. */
  readonly hasControl: boolean;
  /**
   * Ends every session, with code 1001 for its clients, and frees the port; nothing is left running when it resolves, at
   * the latest half a second later. Calling it again is harmless.
   */
  close(): Promise<void>;
}

/**
 * A Realtime service of this machine, by WebSocket and HTTP. It accepts every upgrade at the service's paths, and then
 * turns away who has no key or names no model, as the service does; only at another path, and to a sideband connection
 * whose call is not there, it answers 404 before. Rejects when the port cannot be had, with a
 * `RangeError` for options that make no sense, and with a `TypeError` for a scenario that is none.
 */
export async function listen(options: ListenOptions = {}): Promise<Listening> {
  const {
    port = 0,
    host = "127.0.0.1",
    pingMs,
    maxMissedPongs,
    maxFrameBytes,
    maxBufferedBytes,
    compression,
    tls = false,
    record,
    medium,
    onProblem = console.warn,
    ...behaviour
  } = options;
  // To Node an empty host is every one that the machine has.
  if (host === "") throw new RangeError("host is empty; an address or a name of this machine is wanted");
  const isLocalOnly = isLocal(`http://${host.includes(":") ? `[${host}]` : host}`);
  const { control: hasControl = isLocalOnly, ...rest } = behaviour;
  const recordings =
    record === undefined ? undefined : await sessionRecordings(record, { ...rest, onProblem });
  const credentials = tls === true ? await selfSignedCertificate(host) : tls || undefined;
  const service = realtimeService(
    { ...rest, onProblem },
    {
      medium: async () => medium ?? (await webRtcMedium(rest.clock && { clock: rest.clock })),
      hasControl,
      isLocalOnly,
      observe: recordings?.observe,
    },
  );
  const answer = httpListener(service.fetch, credentials ? "https" : "http");
  const server = credentials ? createTlsServer({ ...credentials }, answer) : createServer(answer);
  const sockets = webSockets(service, {
    pingMs,
    maxMissedPongs,
    maxFrameBytes,
    maxBufferedBytes,
    compression,
  });
  server.on("upgrade", sockets.upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  }).catch(async (error: unknown) => {
    await sockets.close();
    throw error;
  });

  const address = server.address();
  const boundPort = typeof address === "object" && address !== null ? address.port : port;
  const place = `${hostInUrl(host)}:${boundPort}/v1`;
  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    await service.close();
    await sockets.close();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    await recordings?.finished();
  }
  return {
    port: boundPort,
    traffic: sockets.traffic,
    control: service.control,
    hasControl,
    ...(credentials && { certificate: credentials.cert }),
    url: `${credentials ? "wss" : "ws"}://${place}/realtime`,
    baseUrl: `${credentials ? "https" : "http"}://${place}`,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** A host as it stands in an address; who listens everywhere is reached by this machine's own. */
function hostInUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
