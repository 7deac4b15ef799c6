import type { Protocol, WireEvent } from "@duologue/protocol";
import type { Clock } from "./clock.ts";
import type { LocalEvent } from "./entry.ts";
import { optionsOf, refuse } from "./given.ts";
import type { Recording } from "./recording.ts";
import { type ReplayConnection, replay } from "./replay.ts";
import { realtimeSession } from "./session.ts";
import type { Session } from "./session-options.ts";

/** A session that lives through a recording once more. */
export interface ReplaySession<C extends WireEvent, S extends WireEvent> {
  /** Logs every entry of the recording, client and local ones included, in order and at its recorded time. */
  readonly session: Session<C, S, ReplayConnection>;
  /** Plays the recording; resolves when the last entry is in the log. The session stays open for inspection. */
  run(): Promise<void>;
}

/**
 * Reads a recording back through the replay transport. What is folded over `session.log$` comes out as it did
 * when the recording was made. Subscribe before `run`. Throws `invalid_argument` for a recording of another protocol, and
 * for what is none.
 */
export function replaySession<C extends WireEvent, S extends WireEvent>(options: {
  readonly recording: Recording;
  readonly protocol: Protocol<C, S>;
  readonly pace?: Clock | undefined;
}): ReplaySession<C, S> {
  const { recording, protocol, pace } = optionsOf(options, { pace: "after" });
  const spoken = recording?.header?.protocol;
  if (spoken === undefined) refuse("What is replayed is a recording", recording);
  if (spoken !== protocol?.name)
    refuse(`A recording of ${spoken} is replayed by that protocol`, protocol?.name);
  const transport = replay(recording, {
    ...(pace === undefined ? {} : { pace }),
    links: "through",
    onEntry({ from, event }) {
      if (from === "local") session.note(event);
      // A recording may hold client events of other dialects; they are logged as they were sent.
      else session.send(event as C);
    },
  });
  const session: Session<C, S, ReplayConnection> = realtimeSession({
    transport,
    // What was sent is logged as it was sent, and what was not answered then is not waited for now.
    protocol: { ...protocol, prepare: (command) => command, isAcknowledged: () => false },
    clock: transport.clock,
    verbatim: true,
    reconnect: false,
    rollOver: false,
    awaitGreeting: false,
    connectTimeoutMs: Number.POSITIVE_INFINITY,
  });
  return {
    session,
    async run() {
      // A session whose dial failed has logged no link: there is none to open once more.
      if (recording.entries.every(({ from, event }) => from === "local" && event.type !== "link.opened")) {
        for (const { event } of recording.entries) session.note(event as LocalEvent);
        return;
      }
      await session.open();
      await session.connection?.finished;
    },
  };
}
