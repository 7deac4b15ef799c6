import { redacted } from "@duologue/core";
import type { UnknownEvent } from "@duologue/protocol";
import type { ClientComparison } from "./client-comparison.ts";
import { firstDifference, type ValueDifference } from "./first-difference.ts";
import type { IdMap } from "./id-map.ts";
import type { Place } from "./links-of.ts";

/** How the sound of the microphone is compared: byte by byte, by its length alone, or not at all. */
export type StreamComparison = "bytes" | "length" | "ignore";

/** A recorded command that the client has not sent yet. */
export interface Expected {
  /** Of its entry in the recording. */
  readonly index: number;
  readonly at: number | null;
  readonly command: UnknownEvent;
  /** What of a stream it carries is still to come. */
  readonly missingBytes: number;
}

/** What was sent, where the recording has something else. */
export interface Mismatch {
  readonly sent: UnknownEvent;
  /** What the recording has at that place; `undefined` where it has nothing more. */
  readonly expected?: Expected;
  /** Where the two differ, when they are of one type. */
  readonly value?: ValueDifference;
  /** What is wrong with a stream, as a sentence. */
  readonly stream?: string;
}

/** What is expected of the client on one link. */
export interface Expectations {
  /** Takes a command that was sent; returns how it differs, if it does. */
  take(sent: UnknownEvent): Mismatch | undefined;
  /** The earliest recorded command that was not sent. */
  readonly next: Expected | undefined;
  /** A server event of the recording as this client gets it. */
  toSent(event: UnknownEvent): UnknownEvent;
}

interface Open {
  readonly index: number;
  readonly at: number | null;
  readonly command: UnknownEvent;
  readonly stream: Uint8Array | undefined;
  readonly chosen: Readonly<Record<string, string>>;
  offset: number;
  done: boolean;
}

/** Compares what is sent on one link with what was sent on it when it was recorded. */
export function expectations(
  places: readonly Place[],
  comparison: ClientComparison,
  streams: StreamComparison,
  ids: IdMap,
): Expectations {
  const open = recordedCommands(places, comparison, streams);
  const answered: { readonly sent: UnknownEvent; readonly chosen: Readonly<Record<string, string>> }[] = [];
  let first = 0;

  function finish(command: Open): void {
    command.done = true;
    while (open[first]?.done) first++;
  }

  /**
   * The recorded command that `sent` is, by `fits`: the first one that nothing before it, which has not been sent,
   * must precede. Else what stands in the way.
   */
  function find(
    sent: UnknownEvent,
    fits: (candidate: Open) => boolean,
  ): { readonly found?: Open; readonly obstacle?: Open } {
    for (let index = first; index < open.length; index++) {
      const candidate = open[index];
      if (candidate === undefined || candidate.done) continue;
      if (fits(candidate)) return { found: candidate };
      if (!comparison.commute(candidate.command, sent)) return { obstacle: candidate };
    }
    return {};
  }

  function takeStream(sent: UnknownEvent, bytes: Uint8Array): Mismatch | undefined {
    for (let offset = 0; offset < bytes.length; ) {
      const { found, obstacle } = find(sent, ({ stream }) => stream !== undefined);
      if (found?.stream === undefined) {
        const stream = `${bytes.length - offset} bytes more than were recorded ${obstacle === undefined ? "at all" : "before it"}`;
        return { sent, stream, ...(obstacle === undefined ? {} : { expected: shown(obstacle) }) };
      }
      const length = Math.min(bytes.length - offset, found.stream.length - found.offset);
      const part = bytes.subarray(offset, offset + length);
      const recorded = found.stream.subarray(found.offset, found.offset + length);
      const wrong = streams === "bytes" ? part.findIndex((byte, index) => byte !== recorded[index]) : -1;
      if (wrong >= 0) {
        const stream = `byte ${offset + wrong} of what was sent is byte ${found.offset + wrong} of the recorded command, and not the same`;
        return { sent, expected: shown(found), stream };
      }
      offset += length;
      found.offset += length;
      if (found.offset === found.stream.length) finish(found);
    }
    return undefined;
  }

  function takeCommand(sent: UnknownEvent): Mismatch | undefined {
    const essence = comparison.essence(redacted(sent));
    let nearest: { readonly candidate: Open; readonly value: ValueDifference } | undefined;
    const { found, obstacle } = find(sent, (candidate) => {
      if (candidate.stream !== undefined) return false;
      const recorded = comparison.essence(ids.toSent(candidate.command));
      const value = firstDifference(recorded, essence, comparison.tolerates);
      if (value !== undefined && candidate.command.type === sent.type) nearest ??= { candidate, value };
      return value === undefined;
    });
    if (found !== undefined) {
      learn(found, sent);
      finish(found);
      return undefined;
    }
    if (nearest !== undefined) {
      return { sent, expected: shown(nearest.candidate), value: nearest.value };
    }
    const instead = obstacle ?? open[first];
    return { sent, ...(instead === undefined ? {} : { expected: shown(instead) }) };
  }

  function learn({ command, chosen }: Open, sent: UnknownEvent): void {
    const recorded = { ...chosen, ...comparison.idsOf(command) };
    for (const [name, id] of Object.entries(comparison.idsOf(sent))) {
      const counterpart = recorded[name];
      if (counterpart !== undefined) ids.set(counterpart, id);
    }
    answered.push({ sent, chosen });
  }

  return {
    take(sent) {
      const bytes = comparison.streamOf(sent);
      if (bytes === undefined) return takeCommand(sent);
      return streams === "ignore" ? undefined : takeStream(sent, bytes);
    },
    get next() {
      const command = open[first];
      return command === undefined ? undefined : shown(command);
    },
    toSent: (event) =>
      answered.reduce(
        (answer, { sent, chosen }) => comparison.answering(answer, sent, chosen),
        ids.toSent(event),
      ),
  };
}

function shown({ index, at, command, stream, offset }: Open): Expected {
  return { index, at, command, missingBytes: (stream?.length ?? 0) - offset };
}

function recordedCommands(
  places: readonly Place[],
  comparison: ClientComparison,
  streams: StreamComparison,
): Open[] {
  const server = places.filter(({ entry }) => entry.from === "server");
  const taken = new Set<string>();
  return places.flatMap(({ index, entry: { at, from, event } }) => {
    if (from !== "client") return [];
    const command: UnknownEvent = { ...event };
    const stream = comparison.streamOf(command);
    if (stream !== undefined && (streams === "ignore" || stream.length === 0)) return [];
    const chosen = stream === undefined ? chosenFor(command, index) : {};
    return [{ index, at, command, stream, chosen, offset: 0, done: false }];
  });

  function chosenFor(command: UnknownEvent, index: number): Readonly<Record<string, string>> {
    const later = server.filter((place) => place.index > index).map(({ entry }) => ({ ...entry.event }));
    const chosen = comparison.idsChosenByServer(command, later, taken);
    for (const id of Object.values(chosen)) taken.add(id);
    return chosen;
  }
}
