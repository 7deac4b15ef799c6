import { memoryTransport, realtimeSession } from "@duologue/core";
import { type ClientEvent, openaiRealtime, type ServerEvent } from "@duologue/protocol";
import {
  type Conversation,
  type ConversationOptions,
  conversation,
  type Player,
  type PlayerReport,
} from "../src/index.ts";
import { type LogEntry, server } from "./wire.ts";

/** A player that remembers what it was told, and reports what the test says. */
export function fakePlayer() {
  const told: string[] = [];
  let listener: ((report: PlayerReport) => void) | undefined;
  const player: Player = {
    play: ({ itemId, base64 }) => void told.push(`play ${itemId} ${base64.length}`),
    end: (itemId) => void told.push(`end ${itemId}`),
    flush() {
      told.push("flush");
      listener?.({ type: "flushed", itemId: "a1", contentIndex: 0, heardMs: 250 });
    },
    onReport(report) {
      listener = report;
      return () => {
        listener = undefined;
      };
    },
  };
  return {
    player,
    told,
    report: (report: PlayerReport) => listener?.(report),
    connected: () => listener !== undefined,
  };
}

const created = server("session.created", { session: { type: "realtime", id: "sess_1" } });

/** What is unusual about a session or its connection. */
interface SessionSettings {
  readonly reconnect?: false | { readonly random: () => number };
  readonly configure?: readonly ClientEvent[];
  readonly maxFrameBytes?: number;
}

/**
 * A conversation whose session is not open yet, with a server that says what the test says, and takes whatever a
 * link begins with.
 */
export function unopened(
  options: ConversationOptions = {},
  { maxFrameBytes, ...more }: SessionSettings = {},
  greeting: readonly LogEntry[] = [created],
) {
  const received: ClientEvent[] = [];
  let say = (_: LogEntry) => {};
  let cut = () => {};
  const transport = memoryTransport({
    ...(maxFrameBytes === undefined ? {} : { maxFrameBytes }),
    accept(peer) {
      say = ({ event }) => peer.send(JSON.stringify(event));
      cut = () => peer.break();
      for (const entry of greeting) say(entry);
      return {
        frame(text) {
          const event: ClientEvent = JSON.parse(text);
          received.push(event);
          if (session.status.state === "ready") return;
          if (event.type === "session.update")
            say(server("session.updated", { session: { id: "sess_1", ...event.session } }));
          if (event.type === "conversation.item.create")
            say(server("conversation.item.added", { item: event.item }));
        },
        closed: () => {},
      };
    },
  });
  const session = realtimeSession<ClientEvent, ServerEvent, Awaited<ReturnType<typeof transport.open>>>({
    transport,
    protocol: openaiRealtime,
    ...more,
  });
  const talk = conversation(session, options);
  return {
    session,
    talk,
    received,
    cut: () => cut(),
    /** Opens the session; `meanwhile` is done while it is opening. */
    async open(meanwhile: (talk: Conversation) => void = () => {}) {
      const opening = session.open();
      meanwhile(talk);
      await opening;
    },
    async hear(...entries: readonly LogEntry[]) {
      for (const entry of entries) say(entry);
      await settle();
    },
  };
}

/** The same, open. */
export async function talking(...settings: Parameters<typeof unopened>) {
  const held = unopened(...settings);
  await held.open();
  return held;
}

/** Lets everything happen that is due. */
export const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
