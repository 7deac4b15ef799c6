import { responseMarker } from "@duologue/protocol";
import {
  type ConversationState,
  defaultPolicy,
  type Effect,
  effectsOf,
  type Interruption,
  initialState,
  interruptionsOf,
  type Policy,
  reduce,
} from "../src/index.ts";
import { client, type LogEntry } from "./wire.ts";

type Command = Extract<Effect, { type: "send" }>["event"];

/** A conversation that lives: every command that it wants sent is sent, and logged, at once. */
export interface Living {
  readonly state: ConversationState;
  readonly effects: readonly Effect[];
  readonly sent: readonly Command[];
  readonly interruptions: readonly Interruption[];
  live(...entries: readonly LogEntry[]): void;
}

/** `onEffect` may go on living: it is called after the effect's command was logged. */
export function living(
  policy: Partial<Policy> = {},
  onEffect: (effect: Effect, talk: Living) => void = () => {},
): Living {
  const all = { ...defaultPolicy, ...policy };
  let state: ConversationState = initialState;
  const effects: Effect[] = [];
  const interruptions: Interruption[] = [];

  function take(entry: LogEntry): void {
    const before = state;
    state = reduce(before, entry);
    const after = state;
    interruptions.push(...interruptionsOf(before, entry, after, all));
    for (const effect of effectsOf(before, entry, after, all)) {
      effects.push(effect);
      if (effect.type === "send") take(client(marked(effect.event)));
      onEffect(effect, talk);
    }
  }

  const talk: Living = {
    get state() {
      return state;
    },
    effects,
    get sent() {
      return effects.flatMap((effect) => (effect.type === "send" ? [effect.event] : []));
    },
    interruptions,
    live(...entries) {
      for (const entry of entries) take(entry);
    },
  };
  return talk;
}

/** What a session makes of a command that asks for an answer. */
function marked(event: Command): Command {
  if (event.type !== "response.create") return event;
  const metadata = { ...event.response?.metadata, [responseMarker]: event.event_id ?? "" };
  return { ...event, response: { ...event.response, metadata } };
}
