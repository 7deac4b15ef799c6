import { type ArmedFault, faultsBehind, faultsOn, isOfMoment, lateDeltas } from "./armed-faults.ts";
import type { EngineOutput } from "./engine-output.ts";
import type { Fault, MomentFault } from "./fault.ts";
import { type RandomState, randomShare, randomText } from "./random.ts";

/**
 * The line from the service to its client, and what is wrong with it: plain data. Everything that the engine puts out
 * goes through `passed`; a line without faults lets it pass as it is.
 */
export interface FaultyLine {
  readonly random: RandomState;
  /** What waits for its frames, in the order in which it was armed. */
  readonly armed: readonly ArmedFault[];
  /** What happens at a moment that is known, soonest first. */
  readonly moments: readonly { readonly atMs: number; readonly fault: MomentFault }[];
  /** Frames that are late. */
  readonly held: readonly HeldFrame[];
}

interface HeldFrame {
  readonly output: EngineOutput;
  /** When it goes at the latest. */
  readonly dueMs: number;
  /** How many frames have to overtake it; `undefined` where the order is kept. */
  readonly behind: number | undefined;
}

/** A line after something has gone into it, and what comes out of it at once. */
export interface Passage {
  readonly line: FaultyLine;
  readonly outputs: readonly EngineOutput[];
}

/** A line while it works: the same, but it changes. */
type Working = { -readonly [K in keyof FaultyLine]: FaultyLine[K] } & { readonly outputs: EngineOutput[] };

/** How late a frame is that was to be overtaken, and was not by so many. */
const longestOvertakingMs = 1000;
/** A line holds no more frames than this; the oldest go before their time. */
const maxHeld = 10_000;
const serverErrorMessage = "The server had an error while processing your request.";

/** A line with nothing wrong. */
export function faultlessLine(random: RandomState): FaultyLine {
  return { random, armed: [], moments: [], held: [] };
}

/** Whether nothing is wrong with a line. */
export function isFaultless({ armed, moments, held }: FaultyLine): boolean {
  return armed.length === 0 && moments.length === 0 && held.length === 0;
}

/** The line with one more fault. */
export function withFault(line: FaultyLine, fault: Fault, atMs: number): FaultyLine {
  if (isOfMoment(fault) && fault.event === undefined) return withMoment(line, fault, atMs);
  return { ...line, armed: [...line.armed, { fault, met: 0 }] };
}

/** When something happens on the line by itself; `undefined` when nothing will. */
export function lineDueMs({ moments, held }: FaultyLine): number | undefined {
  let next = moments[0]?.atMs;
  for (const { dueMs } of held) if (next === undefined || dueMs < next) next = dueMs;
  return next;
}

/** Puts an output of the engine on the line. Behind a `close` or a `cut` that comes out nothing follows. */
export function passed(line: FaultyLine, output: EngineOutput, atMs: number): Passage {
  const working: Working = { ...line, outputs: [] };
  if (output.type === "close" || output.type === "cut") end(working, output);
  else if (output.type === "send") passFrame(working, output, atMs);
  else working.outputs.push(output);
  return passage(working);
}

/** Lets go of the frames whose time has come. */
export function released(line: FaultyLine, atMs: number): Passage {
  const working: Working = { ...line, outputs: [] };
  for (;;) {
    const next = working.held.find(({ dueMs }) => dueMs <= atMs);
    if (next === undefined) return passage(working);
    working.held = working.held.filter((frame) => frame !== next);
    emit(working, next.output);
  }
}

/** Lets happen what needs nothing but the line: all but the end of a response. */
export function happened(line: FaultyLine, fault: MomentFault, atMs: number): Passage {
  const working: Working = { ...line, outputs: [] };
  happen(working, fault, atMs);
  return passage(working);
}

function passFrame(working: Working, output: Extract<EngineOutput, { type: "send" }>, atMs: number): void {
  const { event } = output;
  let frames: EngineOutput[] = [output];
  let delayMs = 0;
  let behind: number | undefined;
  const hit = faultsOn(working.armed, event.type, () => share(working));
  working.armed = hit.armed;
  for (const fault of hit.faults) {
    switch (fault.type) {
      case "delay":
        delayMs += fault.ms + share(working) * (fault.jitterMs ?? 0);
        break;
      case "reorder":
        behind = fault.by ?? 1;
        break;
      case "duplicate":
        frames = frames.flatMap((frame) => [frame, frame]);
        break;
      case "withhold":
        frames = [];
        break;
      case "half_frame":
        frames = frames.map(half);
        break;
      case "missing_event_id":
        frames = frames.map(withoutEventId);
        break;
    }
  }
  for (const frame of frames) enter(working, frame, atMs, delayMs, behind);
  const late = lateDeltas(working.armed, event);
  working.armed = late.armed;
  for (const delta of late.deltas) {
    enter(working, { type: "send", event: { ...delta, event_id: eventId(working) } }, atMs, 0, undefined);
  }
  const behindIt = faultsBehind(working.armed, event.type);
  working.armed = behindIt.armed;
  for (const fault of behindIt.faults) {
    const { afterMs = 0 } = fault;
    // Only the engine can end a response; it does so before anything else happens.
    if (fault.type !== "end_response" && afterMs === 0) happen(working, fault, atMs);
    else Object.assign(working, withMoment(working, fault, atMs));
  }
}

function happen(working: Working, fault: MomentFault, atMs: number): void {
  switch (fault.type) {
    case "unknown_event": {
      const { type = "emulator.unknown", ...fields } = fault.frame ?? {};
      const text = JSON.stringify({ type, event_id: eventId(working), ...fields });
      enter(working, { type: "raw", text }, atMs, 0, undefined);
      break;
    }
    case "error": {
      const { type = "server_error", code = null, message = serverErrorMessage } = fault.error ?? {};
      const error = { type, code, message, param: null, event_id: null };
      const event = { type: "error", event_id: eventId(working), error } as const;
      enter(working, { type: "send", event }, atMs, 0, undefined);
      break;
    }
    case "close":
      end(working, { type: "close", code: fault.code, reason: fault.reason ?? "" });
      break;
    case "cut":
      end(working, { type: "cut" });
      break;
    case "end_response":
      break;
  }
}

/** A frame comes onto the line. In order, it waits for those before it that are late. */
function enter(
  working: Working,
  output: EngineOutput,
  atMs: number,
  delayMs: number,
  behind: number | undefined,
): void {
  const last = working.held.findLast((frame) => frame.behind === undefined);
  if (behind !== undefined) {
    hold(working, { output, dueMs: atMs + delayMs + longestOvertakingMs, behind });
  } else if (delayMs > 0 || last !== undefined) {
    hold(working, { output, dueMs: Math.max(last?.dueMs ?? atMs, atMs + delayMs), behind });
  } else {
    emit(working, output);
  }
}

function hold(working: Working, frame: HeldFrame): void {
  const [oldest, ...others] = working.held;
  if (oldest !== undefined && working.held.length >= maxHeld) {
    working.held = others;
    emit(working, oldest.output);
  }
  working.held = [...working.held, frame];
}

/** A frame leaves the line, and with it those that have been overtaken often enough. */
function emit(working: Working, output: EngineOutput): void {
  working.outputs.push(output);
  const overtaken: HeldFrame[] = [];
  working.held = working.held.flatMap((frame) => {
    if (frame.behind === undefined) return [frame];
    if (frame.behind > 1) return [{ ...frame, behind: frame.behind - 1 }];
    overtaken.push(frame);
    return [];
  });
  for (const frame of overtaken) emit(working, frame.output);
}

/** The line ends. What is late comes before a close, and is lost with a cut. */
function end(working: Working, output: EngineOutput): void {
  const late = output.type === "close" ? working.held.map((frame) => frame.output) : [];
  Object.assign(working, faultlessLine(working.random));
  working.outputs.push(...late, output);
}

function withMoment(line: FaultyLine, fault: MomentFault, sinceMs: number): FaultyLine {
  const atMs = sinceMs + (fault.afterMs ?? 0);
  const after = line.moments.findIndex((moment) => moment.atMs > atMs);
  const index = after === -1 ? line.moments.length : after;
  return { ...line, moments: line.moments.toSpliced(index, 0, { atMs, fault }) };
}

function half(output: EngineOutput): EngineOutput {
  const text = textOf(output);
  return { type: "raw", text: text.slice(0, Math.ceil(text.length / 2)) };
}

function withoutEventId(output: EngineOutput): EngineOutput {
  if (output.type !== "send") return output;
  const { event_id: _id, ...fields } = output.event;
  return { type: "raw", text: JSON.stringify(fields) };
}

function textOf(output: EngineOutput): string {
  if (output.type === "raw") return output.text;
  return output.type === "send" ? JSON.stringify(output.event) : "";
}

function eventId(working: Working): string {
  const { text, state } = randomText(working.random, 21);
  working.random = state;
  return `event_${text}`;
}

function share(working: Working): number {
  const { share: drawn, state } = randomShare(working.random);
  working.random = state;
  return drawn;
}

function passage({ outputs, ...line }: Working): Passage {
  return { line, outputs };
}
