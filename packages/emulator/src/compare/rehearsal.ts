import type { Recording } from "@duologue/core";
import { isServerEvent, type UnknownEvent } from "@duologue/protocol";
import { scenarioOf } from "../brain/scenario-of.ts";
import { engine } from "../engine/engine.ts";
import { dtmfDigits, type EngineInput, type UntimedInput } from "../engine/engine-input.ts";
import type { GivenSettings } from "../engine/engine-settings.ts";
import { isObject } from "../wire/shape.ts";
import { deliveries } from "./delivery.ts";
import { isAbout, type KnownDifference } from "./known-difference.ts";
import { isMcpLane, type Lanes, lanes, mainLane } from "./lanes.ts";
import { type MatchedIds, matchedIds } from "./matched-ids.ts";
import { recordedListings } from "./recorded-listings.ts";
import { beatMs, onBeats, type RecordedFrame } from "./recorded-session.ts";

/** What the service sent, and what the emulator sends to the same client. */
export interface Rehearsal {
  readonly recorded: Lanes;
  readonly emulated: Lanes;
  readonly ids: MatchedIds;
  /** The types of what the emulator sent and only it was known to send. */
  readonly left: readonly string[];
}

/** What a rehearsal needs. */
export interface RehearsalOptions {
  readonly recording: Recording;
  readonly frames: readonly RecordedFrame[];
  readonly known: readonly KnownDifference[];
  readonly settings: GivenSettings;
  readonly opened: Omit<Extract<EngineInput, { type: "opened" }>, "type" | "atMs" | "epochMs">;
  /** Whether the client joined a session that was there, and so was not greeted. */
  readonly joins: boolean;
}

/** Stands for whatever the user said: the scenario knows when it is heard. */
const quiet = new Int16Array(480);

/** How far a side has come. */
interface Progress {
  /** Steps of the main lane. */
  readonly steps: number;
  /** Events of the last of them. */
  readonly events: number;
  /** Steps of what MCP servers do. */
  readonly mcpSteps: number;
}

/** Longer than anything that the emulator waits for by itself, beside what the scenario says. */
const patienceMs = 60_000;

/**
 * Holds the recorded session once more with an engine whose scenario is the recording. The client's frames come at the
 * same places among the service's events; time passes as far as that needs, and no further.
 */
export function rehearsal(options: RehearsalOptions): Rehearsal {
  const { recording, frames, known, settings, opened, joins } = options;
  const recorded = lanes(known);
  const emulated = lanes(known);
  const ids = matchedIds(itemIds(frames));
  const left: string[] = [];
  const listings = recordedListings(frames);
  const scenario = scenarioOf(onBeats(recording, frames), { detection: true });
  const service = engine({ expireAfterMs: null, mcpListingMs: beatMs, ...settings, scenario });
  const progress = recordedProgress(frames, recorded, known);
  const limitMs = frames.length * beatMs + patienceMs;
  let state = service.begin("rehearsal");
  let nowMs = 0;
  let isGreeting = joins;
  let delivered = 0;
  let learned = 0;

  const isMainOver = () => delivered === frames.length && hasCome(progress[frames.length]);

  const feed = (input: UntimedInput) => {
    const late = isMainOver();
    const step = service.step(state, { ...input, atMs: nowMs });
    state = step.state;
    for (const output of step.outputs) {
      if (output.type !== "send" || isGreeting) continue;
      const sent: object = output.event;
      // What the engine sends are JSON objects with a type.
      const event = sent as UnknownEvent;
      if (isOneSided("emulated only", event, known)) left.push(event.type);
      else emulated.add({ line: undefined, event, late });
      listings.meet(event, ids);
    }
    for (const [ours, theirs] = [emulated.steps(mainLane), recorded.steps(mainLane)]; ; learned++) {
      const [one, other] = [theirs[learned], ours[learned]];
      if (one === undefined || other === undefined || one.type !== other.type) break;
      ids.learn(one.events[0] ?? {}, other.events[0] ?? {});
    }
  };

  const hasCome = ({ steps, events, mcpSteps } = nothing) => {
    const reached = progressOf(emulated);
    if (reached.mcpSteps < mcpSteps) return false;
    return reached.steps > steps || (reached.steps === steps && reached.events >= events);
  };

  const passTimeUntil = (isEnough: () => boolean) => {
    const untilMs = nowMs + limitMs;
    while (!isEnough() && state.wakeAtMs !== undefined && state.wakeAtMs <= untilMs) {
      nowMs = Math.max(nowMs, state.wakeAtMs);
      feed({ type: "tick" });
    }
  };

  /** What happened to the session, and no client caused, happens again when what stands before it has come. */
  const happen = (event: UnknownEvent, index: number) => {
    const input = outerInput(event);
    if (input !== undefined) {
      passTimeUntil(() => hasCome(progress[index]));
      feed(input);
    } else if (event.type === "input_audio_buffer.timeout_triggered") {
      passTimeUntil(() => hasCome(progress[index + 1]));
    }
  };

  feed({ type: "opened", epochMs: 0, ...opened });
  isGreeting = false;
  for (const [index, place] of deliveries(frames).entries()) {
    delivered = index + 1;
    const { from, event, text } = frames[index] ?? { from: "server" };
    if (from === "server") {
      if (event !== undefined) happen(event, index);
      continue;
    }
    passTimeUntil(() => hasCome(progress[place]));
    if (from === "microphone") {
      feed({ type: "microphone", samples: quiet });
      continue;
    }
    feed({ type: "frame", text: event === undefined ? text : JSON.stringify(ids.translated(event)) });
  }
  passTimeUntil(isMainOver);
  passTimeUntil(() =>
    recorded
      .names()
      .every((name) => emulated.steps(translatedLane(name, ids)).length >= recorded.steps(name).length),
  );
  return { recorded, emulated, ids, left };
}

/** What befell the session, where this event tells of it: its time was up, or the caller pressed a key. */
function outerInput(event: UnknownEvent): UntimedInput | undefined {
  if (!isServerEvent(event)) return undefined;
  if (event.type === "input_audio_buffer.dtmf_event_received") {
    const digit = dtmfDigits.find((key) => key === event.event);
    return digit && { type: "dtmf", digit };
  }
  return event.type === "error" && event.error.code === "session_expired" ? { type: "expire" } : undefined;
}

/** The ids of all items that events are about. */
function itemIds(frames: readonly RecordedFrame[]): ReadonlySet<unknown> {
  const ids = new Set<unknown>();
  for (const { event } of frames) {
    if (event?.item_id !== undefined) ids.add(event.item_id);
    if (isObject(event?.item)) ids.add(event.item.id);
  }
  return ids;
}

/** The name that a lane of the recording has among the emulated ones. */
export function translatedLane(name: string, ids: MatchedIds): string {
  const end = name.lastIndexOf(" ") + 1;
  return name.slice(0, end) + ids.idFor(name.slice(end));
}

const nothing: Progress = { steps: 0, events: 0, mcpSteps: 0 };

function progressOf(side: Lanes): Progress {
  const steps = side.steps(mainLane);
  const last = steps.at(-1);
  // Arguments come in pieces of the emulator's own.
  const isCutAnew = last?.type.endsWith("_arguments.delta") ?? false;
  const mcpSteps = side
    .names()
    .filter(isMcpLane)
    .reduce((sum, name) => sum + side.steps(name).length, 0);
  return { steps: steps.length, events: isCutAnew ? 1 : (last?.events.length ?? 0), mcpSteps };
}

/** Puts what the service sent in lanes; gives how far they had come before each frame, and in the end. */
function recordedProgress(
  frames: readonly RecordedFrame[],
  recorded: Lanes,
  known: readonly KnownDifference[],
): readonly Progress[] {
  const progress: Progress[] = [];
  for (const { from, event = undecodable, line } of frames) {
    progress.push(progressOf(recorded));
    if (from !== "server" || isOneSided("recorded only", event, known)) continue;
    recorded.add({ line, event, late: false });
  }
  return [...progress, progressOf(recorded)];
}

/** Stands for a frame that is no event. */
const undecodable: UnknownEvent = { type: "frame.undecodable" };

function isOneSided(
  what: KnownDifference["what"],
  { type }: UnknownEvent,
  known: readonly KnownDifference[],
): boolean {
  return known.some((difference) => difference.what === what && isAbout(difference, type));
}
