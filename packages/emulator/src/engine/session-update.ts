import type { AudioFormat, Prompt, SessionConfig, TranscriptionConfig } from "@duologue/protocol";
import type { CommandOf } from "../wire/command.ts";
import { fieldRefusal, type Refusal, refusal } from "../wire/refusal.ts";
import { change, type Draft, send } from "./draft.ts";
import type { EngineSettings } from "./engine-settings.ts";
import type { EngineState } from "./engine-state.ts";
import { retuned } from "./input-audio.ts";
import { listTools } from "./mcp-listing.ts";
import { resolvedConfig } from "./resolved-config.ts";
import { sampleCountOf } from "./sample-chain.ts";
import { type EmulatedSession, fullFormat, fullTurnDetection } from "./session-defaults.ts";
import { unknownVoice } from "./unknown-voice.ts";

/** `session.update` of a session that converses: all of it takes effect, or none of it. */
export function updateSession(draft: Draft, command: CommandOf<"session.update">): Refusal | undefined {
  const { session: update } = command;
  if (update.type === "transcription") {
    const message = "Passing a transcription session update event to a realtime session is not allowed.";
    return refusal(null, message);
  }
  const unknown = unknownVoice(draft.settings, update.audio?.output?.voice, "session.audio");
  if (unknown !== undefined) return unknown;
  const before = draft.state.session;
  const resolved = resolvedConfig(draft, update, before.tools, "session");
  if ("refused" in resolved) return resolved.refused;
  const refused = unchangeable(draft, update);
  if (refused !== undefined) return refused;
  const session = mergedSession(before, resolved.config, draft.settings);
  change(draft, { session, input: retuned(draft.state, session.audio.input) });
  send(draft, { type: "session.updated", session });
  listTools(draft, session.tools);
  return undefined;
}

/** Refuses what can no longer change, or never could. Asking for what is so already is no change. */
function unchangeable(draft: Draft, update: SessionConfig): Refusal | undefined {
  const { session, hasSpoken, responses } = draft.state;
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
  return formatRefusal(draft.state, update.audio?.input?.format);
}

/** Refuses another input format while there is sound in the one before. On a media track the format is not used. */
export function formatRefusal(state: EngineState, format: AudioFormat | undefined): Refusal | undefined {
  const { audio, input, session } = state;
  if (format === undefined || format.type === session.audio.input.format.type) return undefined;
  if (audio === "media" || sampleCountOf(input.buffer) === 0) return undefined;
  const message = "The input format cannot change while the input audio buffer holds audio; clear it first.";
  return fieldRefusal("invalid_value", "session.audio.input.format", message);
}

/** The session after an update. Only what is present changes; formats and turn detection are replaced whole. */
export function mergedSession(
  before: EmulatedSession,
  update: SessionConfig,
  { instructions, unsettled: { mergesTurnDetection } }: EngineSettings,
): EmulatedSession {
  const detection = before.audio.input.turn_detection;
  const { audio, type: _type, prompt, model: _model, ...plain } = update;
  const { input = {}, output = {} } = audio ?? {};
  return {
    ...before,
    ...plain,
    prompt: orBefore(prompt, before.prompt, fullPrompt),
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
        turn_detection: orBefore(input.turn_detection, detection, (given) =>
          fullTurnDetection(
            mergesTurnDetection && given.type === detection?.type ? { ...detection, ...given } : given,
          ),
        ),
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

function fullPrompt({ id, version, variables }: Prompt): Prompt {
  return { id, version: version ?? null, variables: variables ?? null };
}

function fullTranscription(given: TranscriptionConfig) {
  return {
    ...given,
    model: given.model ?? null,
    language: given.language ?? null,
    prompt: given.prompt ?? null,
  };
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
