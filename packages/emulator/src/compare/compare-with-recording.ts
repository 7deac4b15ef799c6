import type { Recording } from "@duologue/core";
import { isServerEvent, openaiRealtime, type UnknownEvent } from "@duologue/protocol";
import { type Dialect, openai } from "@duologue/protocol/dialects";
import type { GivenSettings } from "../engine/engine-settings.ts";
import { serviceVoices } from "../engine/unknown-voice.ts";
import { isObject } from "../wire/shape.ts";
import type { Comparison, Difference } from "./comparison.ts";
import { dialectDifferences } from "./dialect-differences.ts";
import { isAbout, type KnownDifference } from "./known-difference.ts";
import { linksOf, type RecordedLink } from "./recorded-links.ts";
import { framesOf, type RecordedFrame } from "./recorded-session.ts";
import { type Rehearsal, rehearsal, translatedLane } from "./rehearsal.ts";
import { settledBy } from "./settled.ts";
import { isWithin, shapeDifferences, shapeOf } from "./shape.ts";
import type { Step } from "./step.ts";
import { valueDifferences } from "./value-differences.ts";

/** How a recording is compared with the emulator. */
export interface CompareOptions {
  /** The form of the protocol that the service speaks. Default: `openai`. */
  readonly dialect?: Pick<Dialect, "name" | "absentEvents" | "upcast">;
  /** Differences that are all right, beside those that are known of the dialect. */
  readonly known?: readonly KnownDifference[];
  /** How the emulator behaves; its scenario is always the recording. */
  readonly settings?: Omit<GivenSettings, "scenario" | "answers">;
}

/**
 * Holds a recorded session once more with the emulator and finds where it differs from the recorded service: whether
 * the emulator is still like yours. The client's frames are the recorded ones, and the scenario is `scenarioOf` the
 * recording; both are upcast first. Compared are the order of the events, by type, and the shape of each: which fields
 * there are, and of which JSON types. So are the values of indexes, types, roles and statuses, and which item an item
 * comes behind. Other ids, times, numbers and words are not, nor how many deltas a part comes in.
 *
 * What several parts of a service do at the same time is compared part by part: transcriptions, rate limits, what MCP
 * servers do, and playback. What the emulator would send after the end of the recording does not count.
 *
 * Each link of a recording is compared with a session of its own. Where sound travels on media tracks, the events are
 * compared, and the tracks are not, for no recording holds them: the user is heard and the assistant sounds when and
 * as long as the events say.
 *
 * Pure and in virtual time. Throws a `TypeError` for a recording in which the service sent nothing, and one that names
 * the line for a recording whose events lack what every event of their type has.
 */
export function compareWithRecording(recording: Recording, options: CompareOptions = {}): Comparison {
  const { dialect = openai } = options;
  const sessions: RecordedSession[] = [];
  try {
    for (const link of linksOf(recording)) {
      const session = sessionOf(link, dialect);
      if (session.events.length > 0) sessions.push(session);
    }
    return comparisonOf(sessions, options);
  } catch (cause) {
    const where = malformed(sessions.flatMap(({ frames }) => frames));
    if (where === undefined) throw cause;
    throw new TypeError(where, { cause });
  }
}

/** A link on which the service spoke. */
interface RecordedSession {
  readonly link: number;
  readonly recording: Recording;
  readonly frames: readonly RecordedFrame[];
  /** What the service sent. */
  readonly events: readonly UnknownEvent[];
  readonly audio: "events" | "media";
  /** Whether the client joined a session that was there, and so was not greeted. */
  readonly joins: boolean;
}

function sessionOf(
  { link, audio, recording }: RecordedLink,
  { upcast }: Pick<Dialect, "upcast">,
): RecordedSession {
  const first = recording.entries.find(({ from }) => from === "server");
  const joins = first !== undefined && first.event.type !== "session.created";
  // Who joins a session from the side does not see its sound.
  const heard = joins ? "media" : audio;
  const frames = framesOf(recording, heard, upcast);
  const events = frames.flatMap(({ from, event }) => (from === "server" && event ? [event] : []));
  return { link, recording, frames, events, audio: heard, joins };
}

/** What is wrong with the first frame that is an event and differs from its schema. */
function malformed(frames: readonly RecordedFrame[]): string | undefined {
  for (const { line, from, event, text } of frames) {
    if (event === undefined) continue;
    const decoded = from === "server" ? openaiRealtime.decode(text) : openaiRealtime.decodeClient(text);
    const [issue] = decoded.kind === "known" ? decoded.issues : [];
    if (issue !== undefined) {
      return `Line ${line} cannot be compared: ${event.type} is not what it has to be: ${issue.path}: ${issue.message}`;
    }
  }
  return undefined;
}

function comparisonOf(sessions: readonly RecordedSession[], options: CompareOptions): Comparison {
  const { dialect = openai, settings = {}, known: accepted = [] } = options;
  const events = sessions.flatMap((session) => session.events);
  if (events.length === 0) throw new TypeError("There are no events of a service in this recording.");
  const known = [...dialectDifferences(dialect, events), ...accepted];
  const settled = settledBy(events);
  const unsettled = { ...settled, ...settings.unsettled };
  const met = new Set<KnownDifference>();
  const differences = sessions.flatMap(({ link, recording, frames, events, audio, joins }) => {
    const opened = openingOf(events, audio);
    const { voices = voicesIn(events) } = settings;
    const own = { ...settings, voices, unsettled };
    const held = rehearsal({ recording, frames, known, settings: own, opened, joins });
    for (const difference of known) {
      const isOfEvents = difference.what === "elsewhere" || difference.what.endsWith("only");
      if (isOfEvents && isMet(difference, frames, held)) met.add(difference);
    }
    return differencesIn(link, held, known, met);
  });
  const place = ({ line = Number.POSITIVE_INFINITY }: Difference) => line;
  return {
    differences: differences.sort((one, other) => place(one) - place(other)),
    known: [...met],
    links: sessions.length,
    events: events.length,
    uncompared: sessions.some(({ audio }) => audio === "media") ? ["microphone", "loudspeaker"] : [],
    settled,
  };
}

/** The voices that the service is known to have, and those that it showed to be in use. */
function voicesIn(events: readonly UnknownEvent[]): readonly string[] {
  const voices = new Set(serviceVoices);
  for (const { session, response } of events) {
    for (const holder of [session, response]) {
      const audio = isObject(holder) ? holder.audio : undefined;
      const output = isObject(audio) ? audio.output : undefined;
      if (isObject(output) && typeof output.voice === "string") voices.add(output.voice);
    }
  }
  return [...voices];
}

/** How the session was opened. */
function openingOf(events: readonly UnknownEvent[], audio: "events" | "media") {
  let model = "gpt-realtime";
  let isTranscription = false;
  for (const event of events) {
    if (!isServerEvent(event)) continue;
    if (event.type !== "session.created" && event.type !== "session.updated") continue;
    isTranscription = event.session?.type === "transcription";
    const { session } = event;
    if (session?.type === "realtime" && typeof session.model === "string") model = session.model;
    break;
  }
  return {
    model: isTranscription ? "" : model,
    ...(isTranscription && { kind: "transcription" as const }),
    audio,
  };
}

/** Whether a difference in events is there: with one that only one side has, the events themselves were left out. */
function isMet(difference: KnownDifference, frames: readonly RecordedFrame[], held: Rehearsal): boolean {
  if (difference.what === "emulated only") return held.left.some((type) => isAbout(difference, type));
  return frames.some(({ event }) => event !== undefined && isAbout(difference, event.type));
}

function differencesIn(
  link: number,
  { recorded, emulated, ids }: Rehearsal,
  known: readonly KnownDifference[],
  met: Set<KnownDifference>,
): readonly Difference[] {
  const differences: Difference[] = [];
  const told = new Set<string>();
  const unpaired = new Set(emulated.names());

  const compareFields = (one: Step, other: Step) => {
    const shapes = shapeDifferences(shapeOf(one.events), shapeOf(other.events));
    const values = valueDifferences(one.events[0], other.events[0], ids);
    const found = [
      ...shapes.map((shape) => ({ type: "shape" as const, ...shape })),
      ...values.map((value) => ({ type: "value" as const, ...value })),
    ];
    for (const { type, path, ...sides } of found) {
      const excuse = known.find(
        (difference) =>
          difference.what === "fields" &&
          isAbout(difference, one.type) &&
          difference.paths.some((outer) => isWithin(path, outer)),
      );
      const name = `${one.type} ${path}`;
      if (excuse !== undefined) met.add(excuse);
      else if (!told.has(name)) {
        told.add(name);
        differences.push({ type, link, line: one.line ?? 0, event: one.type, path, ...sides });
      }
    }
  };

  const compareSteps = (theirs: readonly Step[], ours: readonly Step[]) => {
    for (let index = 0; index < Math.max(theirs.length, ours.length); index++) {
      const [one, other] = [theirs[index], ours[index]];
      if (one === undefined && other?.late) return;
      if (one === undefined || other === undefined || one.type !== other.type) {
        const before = theirs.slice(Math.max(0, index - 3), index).map(({ type }) => type);
        differences.push({
          type: "sequence",
          link,
          line: one?.line,
          before,
          recorded: one?.type,
          emulated: other?.type,
        });
        return;
      }
      compareFields(one, other);
    }
  };

  for (const name of recorded.names()) {
    const twin = translatedLane(name, ids);
    unpaired.delete(twin);
    compareSteps(recorded.steps(name), emulated.steps(twin));
  }
  for (const name of unpaired) compareSteps([], emulated.steps(name));
  return differences;
}
