import {
  type Clock,
  type Connection,
  type Entry,
  RealtimeError,
  type Recording,
  replay,
  systemClock,
  type Transport,
} from "@duologue/core";
import type { Protocol, UnknownEvent, WireEvent } from "@duologue/protocol";
import type { ClientComparison } from "./strict/client-comparison.ts";
import { type Difference, mismatched, misplaced, missing } from "./strict/difference.ts";
import { type Expectations, expectations, type StreamComparison } from "./strict/expectations.ts";
import { idMap } from "./strict/id-map.ts";
import { linksOf, type Place } from "./strict/links-of.ts";
import { realtimeComparison } from "./strict/realtime-comparison.ts";
import { refuseUnusable } from "./strict/refuse-unusable.ts";

/** How strict a replay is. */
export interface StrictReplayOptions<C extends WireEvent, S extends WireEvent> {
  readonly recording: Recording;
  readonly protocol: Protocol<C, S>;
  /** What makes no difference between two clients. Default: `realtimeComparison()`. */
  readonly comparison?: ClientComparison;
  /**
   * How microphone sound is compared; how it is cut into commands never matters. Default: `bytes`, or `length` where
   * the recording has no sound. `ignore` for programs that send as much as time allows.
   */
  readonly audio?: StreamComparison;
  /**
   * Answers as late as the recorded server did, by this clock. Unless given, it answers at once: to a program whose
   * player says what was heard, that is another conversation.
   */
  readonly pace?: Clock;
  /**
   * How long the next recorded command is waited for, in milliseconds. Default: 4000, since test runners lose patience
   * after 5000.
   */
  readonly patienceMs?: number;
  /** Measures patience. Default: `pace`, or else the system's clock. */
  readonly clock?: Clock;
}

/** See `StrictReplayOptions.patienceMs`. */
export const defaultPatienceMs = 4_000;

/** A recorded server that insists on the recorded client. */
export interface StrictReplay {
  /** Leads to it. Each `open` is the recording's next link. */
  readonly transport: Transport;
  /** Where the client left the recording, once it has; only the first time counts. Its link is cut then. */
  readonly difference: Difference | undefined;
  /** Resolves with `difference` as soon as there is one; else never. */
  readonly differed: Promise<Difference>;
  /** Resolves when the last link has been played and the client has sent all that was recorded on it. */
  readonly played: Promise<void>;
  /** Tells that the program is over: what it has not sent will not come. Returns the first difference, if any. */
  finish(): Difference | undefined;
}

/**
 * Replays a recording's server for a client that is to do again what the recorded one did. An entry of the server is
 * played only when everything that the client had sent before it was sent again, so that the server answers as it did.
 * What a client sends earlier than it was recorded is no difference, nor are ids that it may choose, the order of
 * commands that do not concern each other, and how sound is cut into frames.
 *
 * Throws an `Error` for a recording of another protocol, and for one that has lines which cannot be read, or no end.
 */
export function strictReplay<C extends WireEvent, S extends WireEvent>(
  options: StrictReplayOptions<C, S>,
): StrictReplay {
  const { recording, protocol, pace, patienceMs = defaultPatienceMs } = options;
  const { comparison = realtimeComparison(), clock = pace ?? systemClock() } = options;
  refuseUnusable(recording, protocol.name);
  const hasSound = !(Array.isArray(recording.header.redacted) && recording.header.redacted.includes("audio"));
  const audio = options.audio ?? (hasSound ? "bytes" : "length");
  const ids = idMap();
  const links = linksOf(recording.entries).map((places) => ({
    places,
    expected: expectations(places, comparison, audio, ids),
  }));
  const { promise: differed, resolve: resolveDiffered } = Promise.withResolvers<Difference>();
  const { promise: played, resolve: resolvePlayed } = Promise.withResolvers<void>();
  let difference: Difference | undefined;
  let opens = 0;
  const cuts = new Set<() => void>();

  function differ(found: Difference): void {
    if (difference !== undefined) return;
    difference = found;
    resolveDiffered(found);
    for (const cut of cuts) cut();
  }

  async function open(...[sink, openOptions]: Parameters<Transport["open"]>): Promise<Connection> {
    const link = links[opens++];
    const isLast = opens === links.length;
    if (link === undefined) {
      const what = `It connects once more: the recording has ${links.length} ${links.length === 1 ? "link" : "links"}.`;
      differ(misplaced(recording, "link", what));
      throw new RealtimeError("connect_failed", what);
    }
    const { places, expected } = link;
    const gate = patientGate(expected, clock, patienceMs, (next) =>
      differ(missing(recording, next, `${patienceMs} ms went by, and the server waits for it`)),
    );

    function take(text: string): void {
      const decoded = protocol.decodeClient(text);
      if (decoded.kind === "undecodable") {
        differ(
          misplaced(
            recording,
            "undecodable",
            `It sent what is no event, ${decoded.reason}: ${text.slice(0, 200)}`,
          ),
        );
        return;
      }
      // Every event of a protocol is a JSON object with a type.
      const mismatch = expected.take({ ...decoded.event } as UnknownEvent);
      if (mismatch !== undefined) differ(mismatched(recording, mismatch));
      gate.look();
    }

    const source = {
      entries: [],
      more: served(places, expected, gate.until, pace, isLast ? resolvePlayed : () => {}),
      peer: { frame: take, closed: gate.close },
    };
    const inner = await replay(() => source, pace === undefined ? {} : { pace }).open(sink, openOptions);
    const cut = () => void inner.close({ code: 1006, reason: "The client left the recording." });
    cuts.add(cut);
    return {
      maxFrameBytes: inner.maxFrameBytes,
      get bufferedAmount() {
        return inner.bufferedAmount;
      },
      send(text) {
        if (gate.closed && difference === undefined) {
          differ(
            misplaced(
              recording,
              "unexpected",
              `After the recorded end of the link it sent ${text.slice(0, 200)}`,
            ),
          );
        }
        inner.send(text);
      },
      close(info) {
        cuts.delete(cut);
        gate.leave();
        return inner.close(info);
      },
    };
  }

  const opening = recording.entries.map(({ event }) => event).find(({ type }) => type === "link.opened");
  return {
    transport: {
      name: opening?.type === "link.opened" && "transport" in opening ? String(opening.transport) : "replay",
      audio: opening !== undefined && "audio" in opening && opening.audio === "media" ? "media" : "events",
      open,
    },
    get difference() {
      return difference;
    },
    differed,
    played,
    finish() {
      const next = links.map(({ expected }) => expected.next).find((command) => command !== undefined);
      if (next !== undefined) differ(missing(recording, next, "the program was over"));
      return difference;
    },
  };
}

/** The server's entries and the ends of the link, each when the client has sent what came before it. */
async function* served(
  places: readonly Place[],
  expected: Expectations,
  until: (index: number) => Promise<void>,
  pace: Clock | undefined,
  onPlayed: () => void,
): AsyncGenerator<Entry> {
  const startedAtMs = (pace?.now() ?? 0) - (places.find(({ entry }) => entry.at !== null)?.entry.at ?? 0);
  // How much later than recorded everything is, because the client was.
  let lateMs = 0;
  for (const { index, entry } of places) {
    if (entry.from === "client") continue;
    await until(index);
    if (pace !== undefined && entry.at !== null) {
      lateMs = Math.max(lateMs, pace.now() - startedAtMs - entry.at, 0);
      const waitMs = startedAtMs + entry.at + lateMs - pace.now();
      if (waitMs > 0) await new Promise<void>((resolve) => pace.after(waitMs, resolve));
    }
    // The replay sends an event as JSON: what it is called elsewhere does not matter here.
    const played = { ...entry, event: expected.toSent({ ...entry.event }) } as Entry;
    yield entry.from === "server" ? played : entry;
  }
  await until(Number.POSITIVE_INFINITY);
  onPlayed();
}

/** Holds the server back until the client has caught up, and counts how long that takes. */
function patientGate(
  expected: Expectations,
  clock: Clock,
  patienceMs: number,
  onMissing: (next: NonNullable<Expectations["next"]>) => void,
) {
  let waiting: { readonly index: number; readonly go: () => void } | undefined;
  let cancel = () => {};
  let closed = false;
  let left = false;

  const isFree = (index: number) => expected.next === undefined || expected.next.index > index;

  function arm(): void {
    cancel();
    cancel = clock.after(patienceMs, () => {
      if (expected.next !== undefined) onMissing(expected.next);
    });
  }

  return {
    /** Whether the link has ended on the server's side. */
    get closed() {
      return closed;
    },
    async until(index: number): Promise<void> {
      if (isFree(index)) return;
      await new Promise<void>((go) => {
        waiting = { index, go };
        arm();
      });
    },
    /** To be called when the client has sent something. */
    look(): void {
      if (waiting === undefined) return;
      cancel();
      if (isFree(waiting.index)) {
        const { go } = waiting;
        waiting = undefined;
        go();
      } else arm();
    },
    /** The link has ended. */
    close(): void {
      closed = !left;
      cancel();
    },
    /** The client itself ends the link: nothing is waited for any more. */
    leave(): void {
      left = true;
      cancel();
    },
  };
}
