import type { AudioConfig, SessionConfig, TranscriptionConfig } from "@duologue/protocol";
import type { CommandOf } from "../wire/command.ts";
import { fieldRefusal, notEmulated, type Refusal, refusal } from "../wire/refusal.ts";
import { change, type Draft, send } from "./draft.ts";
import { retuned } from "./input-audio.ts";
import { sampleCountOf } from "./sample-chain.ts";
import { type EmulatedSession, fullFormat, fullTurnDetection } from "./session-defaults.ts";
import { unsupportedField } from "./unsupported-field.ts";

/** `session.update`: all of it takes effect, or none of it. */
export function updateSession(draft: Draft, command: CommandOf<"session.update">): Refusal | undefined {
  const { session: update } = command;
  if (update.type === "transcription") {
    const message = "Passing a transcription session update event to a realtime session is not allowed.";
    return refusal(null, message);
  }
  const refused =
    unchangeable(draft, update) ?? unsupportedField(update, "session") ?? idleTimeout(update.audio);
  if (refused !== undefined) return refused;
  const before = draft.state.session;
  const session = merged(before, update, draft.settings.instructions);
  change(draft, { session, input: retuned(draft.state.input, before.audio.input, session.audio.input) });
  send(draft, { type: "session.updated", session });
  return undefined;
}

function idleTimeout(audio: AudioConfig = {}): Refusal | undefined {
  const detection = audio.input?.turn_detection;
  if (detection?.type !== "server_vad" || typeof detection.idle_timeout_ms !== "number") return undefined;
  return notEmulated("session.audio.input.turn_detection.idle_timeout_ms", "An idle timeout");
}

/** Refuses what can no longer change, or never could. Asking for what is so already is no change. */
function unchangeable(draft: Draft, update: SessionConfig): Refusal | undefined {
  const { session, hasSpoken, responses, input } = draft.state;
  const { output } = session.audio;
  if (update.model !== undefined && update.model !== session.model) {
    const message = `The model of a session cannot change: it is '${session.model}'.`;
    return fieldRefusal("invalid_value", "session.model", message);
  }
  const { voice = output.voice, speed = output.speed } = update.audio?.output ?? {};
  if (hasSpoken && !same(voice, output.voice)) {
    const message = "Cannot update a conversation's voice if assistant audio is present.";
    return refusal("cannot_update_voice", message);
  }
  if (responses.length > 0 && speed !== output.speed) {
    const message = "The speed can only change between responses.";
    return fieldRefusal("invalid_value", "session.audio.output.speed", message);
  }
  if (session.tracing !== null && update.tracing !== undefined && !same(update.tracing, session.tracing)) {
    return fieldRefusal("invalid_value", "session.tracing", "Tracing cannot change once it is enabled.");
  }
  const format = update.audio?.input?.format;
  if (format !== undefined && format.type !== session.audio.input.format.type) {
    const message =
      "The input format cannot change while the input audio buffer holds audio; clear it first.";
    if (sampleCountOf(input.buffer) > 0) {
      return fieldRefusal("invalid_value", "session.audio.input.format", message);
    }
  }
  return undefined;
}

/** Only what is present changes; formats, transcription and turn detection are replaced whole. */
function merged(before: EmulatedSession, update: SessionConfig, instructions: string): EmulatedSession {
  const { audio, type: _type, prompt: _prompt, model: _model, ...plain } = update;
  const { input = {}, output = {} } = audio ?? {};
  return {
    ...before,
    ...plain,
    instructions: plain.instructions === "" ? instructions : (plain.instructions ?? before.instructions),
    audio: {
      input: {
        format: input.format === undefined ? before.audio.input.format : fullFormat(input.format),
        transcription: orBefore(input.transcription, before.audio.input.transcription, fullTranscription),
        // The strength stays as it is when left out.
        noise_reduction: orBefore(input.noise_reduction, before.audio.input.noise_reduction, (given) => ({
          ...before.audio.input.noise_reduction,
          ...given,
        })),
        turn_detection: orBefore(input.turn_detection, before.audio.input.turn_detection, fullTurnDetection),
      },
      output: {
        format: output.format === undefined ? before.audio.output.format : fullFormat(output.format),
        voice: output.voice ?? before.audio.output.voice,
        speed: output.speed ?? before.audio.output.speed,
      },
    },
  };
}

/** What was before where nothing is given, nothing where `null` is, and otherwise the given with its defaults. */
function orBefore<T, U>(given: T | null | undefined, before: U | null, full: (given: T) => U): U | null {
  if (given === undefined) return before;
  return given === null ? null : full(given);
}

function fullTranscription(given: TranscriptionConfig) {
  return { ...given, language: given.language ?? null, prompt: given.prompt ?? null };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
