import { type ClientEvent, openaiRealtime, type ServerEvent } from "@duologue/protocol";
import {
  type Clock,
  type MemoryConnection,
  memoryTransport,
  realtimeSession,
  type SessionOptions,
} from "../src/index.ts";

/** A server made of one function: it gets each client frame and the connection to answer on. */
export type Answer = (event: ClientEvent, server: SmallServer) => void;

export interface SmallServer {
  readonly peer: MemoryConnection;
  readonly received: ClientEvent[];
  /** Sends fields as an event, with an `event_id`. */
  say(event: Record<string, unknown>): void;
}

export const greeting = {
  type: "session.created",
  session: { type: "realtime", object: "realtime.session", id: "sess_1" },
};

/** A session whose peer greets and then answers as `answer` says; nothing is dialled yet. */
export function withServer(
  options: {
    readonly answer?: Answer;
    readonly greet?: boolean;
    readonly clock?: Clock;
    readonly onAccept?: (server: SmallServer) => void;
    /** What the links carry at once, one after the other. */
    readonly limits?: readonly number[];
    /** Told what each link is opened with; what it throws refuses the link. */
    readonly onOpen?: (opening: { readonly closing?: AbortSignal }) => void;
  } & Partial<SessionOptions<ClientEvent, ServerEvent, MemoryConnection>> = {},
) {
  const { answer = () => {}, greet = true, onAccept, limits = [], onOpen, ...rest } = options;
  const servers: SmallServer[] = [];
  const closes: { code: number; reason: string }[] = [];
  const accepting = {
    accept(peer: MemoryConnection) {
      let count = 0;
      const server: SmallServer = {
        peer,
        received: [],
        say: (event) => peer.send(JSON.stringify({ event_id: `event_${++count}`, ...event })),
      };
      servers.push(server);
      if (greet) server.say(greeting);
      onAccept?.(server);
      return {
        frame(text: string) {
          // The tests' own sessions send nothing but client events.
          const event = JSON.parse(text) as ClientEvent;
          server.received.push(event);
          answer(event, server);
        },
        closed: (info: { code: number; reason: string }) => void closes.push(info),
      };
    },
  };
  const usual = memoryTransport(accepting);
  const transport: typeof usual = {
    ...usual,
    async open(sink, opening) {
      onOpen?.(opening ?? {});
      const maxFrameBytes = limits[servers.length];
      const limited = maxFrameBytes === undefined ? usual : memoryTransport({ ...accepting, maxFrameBytes });
      return limited.open(sink, opening);
    },
  };
  const session = realtimeSession({ transport, protocol: openaiRealtime, ...rest });
  return { session, servers, closes };
}
