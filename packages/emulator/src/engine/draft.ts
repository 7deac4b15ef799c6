import type { Refusal } from "../wire/refusal.ts";
import type { EmulatedEvent, EngineOutput } from "./engine-output.ts";
import type { EngineSettings } from "./engine-settings.ts";
import type { EngineState, Later } from "./engine-state.ts";
import { hexadecimal, randomText } from "./random.ts";
import type { Translation } from "./translation.ts";

/**
 * One step in the making: the only thing that changes while the engine works. It lives from the beginning of `step`
 * to its end; `state` is replaced, never altered.
 */
export interface Draft {
  readonly settings: EngineSettings;
  /** The moment that is being worked on: the input's, or earlier while something overdue is caught up. */
  atMs: number;
  state: EngineState;
  readonly outputs: EngineOutput[];
  /** How much has been done in this step of what was due; see `mostEffort`. */
  effort: number;
  /** How many of the outputs have been over the line already; see `settle`. */
  settled: number;
}

/** A server event without its `event_id`, which `send` gives it. */
export type Unsent = EmulatedEvent extends infer E
  ? E extends EmulatedEvent
    ? Omit<E, "event_id">
    : never
  : never;

/** Replaces parts of the state. */
export function change(draft: Draft, parts: Partial<EngineState>): void {
  draft.state = { ...draft.state, ...parts };
}

/** What an id names. */
type IdKind = "event" | "item" | "resp" | "sess" | "conv" | "call" | "seg";

/** Replaces parts of what a session that translates remembers. */
export function changeTranslation(draft: Draft, parts: Partial<Translation>): void {
  change(draft, { translation: { ...draft.state.translation, ...parts } });
}

/** A new id, such as `item_` and 21 characters of base 62; the ids of function calls have 16. */
export function freshId(draft: Draft, kind: IdKind): string {
  return `${kind}_${characters(draft, kind === "call" ? 16 : 21)}`;
}

/** Sends an event under a new `event_id`: to the client with this number, or to all. */
export function send(draft: Draft, unsent: Unsent, to?: number): void {
  const { type, ...fields } = unsent;
  // `Unsent` is a server event but for the id that is added here.
  const event = { type, event_id: eventId(draft, type), ...fields } as EmulatedEvent;
  draft.outputs.push(to === undefined ? { type: "send", event } : { type: "send", event, to });
}

/** Which frame is at fault: the `event_id` of its command, and who of several clients sent it. */
interface FaultyFrame {
  readonly commandId?: string | null;
  readonly sender?: number | undefined;
}

/** Sends an `error` event: to whoever sent the frame at fault, or to all clients where none is. */
export function sendError(draft: Draft, refused: Refusal, frame: FaultyFrame = {}): void {
  const { type = "invalid_request_error", code, message, param } = refused;
  const { commandId = null, sender } = frame;
  send(draft, { type: "error", error: { type, code, message, param, event_id: commandId } }, sender);
}

/** Characters that fill a delta up to a multiple of 16, as the service does to hide its length. */
export function obfuscation(draft: Draft, delta: string): string {
  return characters(draft, 16 - (delta.length % 16));
}

/** Puts something off. What is due at the same moment happens in the order in which it was put off. */
export function schedule(draft: Draft, later: readonly Later[]): void {
  // Sorting keeps the order of equals, and costs hardly more than one look at each where most are in order.
  const all = [...draft.state.later, ...later].sort((one, other) => one.atMs - other.atMs);
  change(draft, { later: all });
}

/** The events of a media track come from another part of the service, which makes ids of its own kind. */
function eventId(draft: Draft, type: EmulatedEvent["type"]): string {
  return type.startsWith("output_audio_buffer.")
    ? `event_${characters(draft, 16, hexadecimal)}`
    : freshId(draft, "event");
}

function characters(draft: Draft, length: number, alphabet?: string): string {
  const { text, state } = randomText(draft.state.random, length, alphabet);
  change(draft, { random: state });
  return text;
}
