import type { Command, CommandOf } from "../wire/command.ts";
import { readFrame } from "../wire/command.ts";
import { type Refusal, refusal } from "../wire/refusal.ts";
import { catchUp, wakeAtMs } from "./catch-up.ts";
import { change, type Draft, freshId, send, sendError } from "./draft.ts";
import type { EngineInput } from "./engine-input.ts";
import type { EngineOutput } from "./engine-output.ts";
import { type EngineSettings, engineSettings } from "./engine-settings.ts";
import type { EngineState } from "./engine-state.ts";
import { newInputAudio } from "./input-audio.ts";
import { appendAudio, clearAudio, commitBuffer } from "./input-audio-commands.ts";
import { deleteItem, retrieveItem, truncateItem } from "./item-commands.ts";
import { createItem } from "./item-create.ts";
import { seeded } from "./random.ts";
import { cancelResponse, createResponse, planResponse } from "./response-create.ts";
import { newSession } from "./session-defaults.ts";
import { updateSession } from "./session-update.ts";

/** What one step leads to. */
export interface EngineStep {
  readonly state: EngineState;
  readonly outputs: readonly EngineOutput[];
}

/** The Realtime service as a function. It holds nothing: every session is a state that goes in and comes out. */
export interface Engine {
  /** A session that has not been opened. Equal seeds give equal ids. */
  begin(seed: string): EngineState;
  /**
   * Takes one input and gives the state after it and what is to be done, in order. The state that goes in stays as it
   * was. First of all, everything that was due before `input.atMs` is made up for, so a late `tick` costs nothing but
   * time. Never throws for anything that a client sends.
   */
  step(state: EngineState, input: EngineInput): EngineStep;
}

/** An engine that behaves as `settings` say. Throws a `RangeError` for settings that make no sense. */
export function engine(settings: Partial<EngineSettings> = {}): Engine {
  const full = engineSettings(settings);
  return {
    begin: (seed) => ({
      phase: "new",
      random: seeded(seed),
      session: newSession({ id: "", model: "", instructions: full.instructions, expires_at: 0 }),
      conversationId: "",
      expiresAtMs: undefined,
      conversation: [],
      input: newInputAudio(),
      responses: [],
      later: [],
      turn: 0,
      unheardTurn: 0,
      hasSpoken: false,
      cachedTokens: { text: 0, audio: 0 },
      wakeAtMs: undefined,
    }),
    step(before, input) {
      const draft: Draft = { settings: full, atMs: input.atMs, state: before, outputs: [] };
      catchUp(draft, input.atMs);
      take(draft, input);
      catchUp(draft, input.atMs);
      const wake = wakeAtMs(draft.state);
      if (wake !== draft.state.wakeAtMs) change(draft, { wakeAtMs: wake });
      return { state: draft.state, outputs: draft.outputs };
    },
  };
}

function take(draft: Draft, input: EngineInput): void {
  const { phase } = draft.state;
  if (input.type === "opened") {
    if (phase === "new") open(draft, input);
    return;
  }
  if (phase !== "open") return;
  switch (input.type) {
    case "frame": {
      const read = readFrame(input.text);
      const refused = "refused" in read ? read.refused : perform(draft, read.command);
      if (refused !== undefined) sendError(draft, refused, read.commandId);
      break;
    }
    case "binary": {
      const message = "Expected a text WebSocket message; binary frames are not supported.";
      sendError(draft, refusal("invalid_event", message));
      break;
    }
    case "answer":
      planResponse(draft, input.responseId, input.plan);
      break;
    case "tick":
      break;
  }
}

function open(draft: Draft, input: Extract<EngineInput, { type: "opened" }>): void {
  const { rejection, model, epochMs } = input;
  if (rejection !== undefined) {
    sendError(draft, rejection.error);
    change(draft, { phase: "closed" });
    draft.outputs.push({ type: "close", ...rejection.close });
    return;
  }
  const { expireAfterMs, instructions } = draft.settings;
  const lifetimeMs = expireAfterMs ?? 60 * 60 * 1000;
  const session = newSession({
    id: freshId(draft, "sess"),
    model,
    instructions,
    expires_at: Math.floor((epochMs + lifetimeMs) / 1000),
  });
  const conversationId = freshId(draft, "conv");
  const expiresAtMs = expireAfterMs === null ? undefined : draft.atMs + expireAfterMs;
  change(draft, { phase: "open", session, conversationId, expiresAtMs });
  send(draft, { type: "session.created", session });
}

type Handlers = {
  readonly [T in Command["type"]]: (draft: Draft, command: CommandOf<T>) => Refusal | undefined;
};

const handlers = {
  "session.update": updateSession,
  "input_audio_buffer.append": appendAudio,
  "input_audio_buffer.commit": commitBuffer,
  "input_audio_buffer.clear": clearAudio,
  "conversation.item.create": createItem,
  "conversation.item.truncate": truncateItem,
  "conversation.item.delete": deleteItem,
  "conversation.item.retrieve": retrieveItem,
  "response.create": (draft, { response = {} }) => createResponse(draft, response),
  "response.cancel": cancelResponse,
} satisfies Handlers;

function perform(draft: Draft, command: Command): Refusal | undefined {
  // The handler found under a command's type takes commands of that type.
  const handler = handlers[command.type] as (draft: Draft, command: Command) => Refusal | undefined;
  return handler(draft, command);
}
