// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/validator-source.ts from schemas/**/*.json.

// Validators as plain functions; nothing is compiled when a program runs.

import { type Check, type Found, at, isInteger, isObject, isShort, unlike, wrong } from "../../check.ts";
import { checkErrorDetails, checkNoiseReduction } from "../validators.ts";
import type { TranslationClientEvent, TranslationServerEvent } from "./types.ts";

/** Where a value differs from `TranslationTranscription`; `undefined` when it conforms. */
export function checkTranslationTranscription(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.model !== "string") f = wrong(f, v, "model", "a string");
  return f;
}

/** Where a value differs from `TranslationAudioInput`; `undefined` when it conforms. */
export function checkTranslationAudioInput(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.transcription != null) f = at(f, "transcription", checkTranslationTranscription(v.transcription));
  if (v.noise_reduction != null) f = at(f, "noise_reduction", checkNoiseReduction(v.noise_reduction));
  return f;
}

/** Where a value differs from `TranslationAudioOutput`; `undefined` when it conforms. */
export function checkTranslationAudioOutput(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.language !== undefined && typeof v.language !== "string") f = wrong(f, v, "language", "a string");
  return f;
}

/** Where a value differs from `TranslationAudio`; `undefined` when it conforms. */
export function checkTranslationAudio(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.input !== undefined) f = at(f, "input", checkTranslationAudioInput(v.input));
  if (v.output !== undefined) f = at(f, "output", checkTranslationAudioOutput(v.output));
  return f;
}

/** Where a value differs from `TranslationSessionState`; `undefined` when it conforms. */
export function checkTranslationSessionState(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "translation") f = wrong(f, v, "type", '"translation"');
  if (typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (typeof v.model !== "string") f = wrong(f, v, "model", "a string");
  if (!isInteger(v.expires_at)) f = wrong(f, v, "expires_at", "an integer");
  f = at(f, "audio", checkTranslationAudio(v.audio));
  return f;
}

/** Where a value differs from `TranslationSessionCloseEvent`; `undefined` when it conforms. */
export function checkTranslationSessionCloseEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.close") f = wrong(f, v, "type", '"session.close"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  return f;
}

/** Where a value differs from `TranslationInputAudioBufferAppendEvent`; `undefined` when it conforms. */
export function checkTranslationInputAudioBufferAppendEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.input_audio_buffer.append")
    f = wrong(f, v, "type", '"session.input_audio_buffer.append"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.audio !== "string") f = wrong(f, v, "audio", "a string");
  return f;
}

/** Where a value differs from `TranslationSessionConfig`; `undefined` when it conforms. */
export function checkTranslationSessionConfig(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.audio !== undefined) f = at(f, "audio", checkTranslationAudio(v.audio));
  return f;
}

/** Where a value differs from `TranslationSessionUpdateEvent`; `undefined` when it conforms. */
export function checkTranslationSessionUpdateEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.update") f = wrong(f, v, "type", '"session.update"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  f = at(f, "session", checkTranslationSessionConfig(v.session));
  return f;
}

/** Where a value differs from `TranslationErrorEvent`; `undefined` when it conforms. */
export function checkTranslationErrorEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "error") f = wrong(f, v, "type", '"error"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "error", checkErrorDetails(v.error));
  return f;
}

/** Where a value differs from `TranslationSessionClosedEvent`; `undefined` when it conforms. */
export function checkTranslationSessionClosedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.closed") f = wrong(f, v, "type", '"session.closed"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  return f;
}

/** Where a value differs from `TranslationSessionCreatedEvent`; `undefined` when it conforms. */
export function checkTranslationSessionCreatedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.created") f = wrong(f, v, "type", '"session.created"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "session", checkTranslationSessionState(v.session));
  return f;
}

/** Where a value differs from `TranslationInputTranscriptDeltaEvent`; `undefined` when it conforms. */
export function checkTranslationInputTranscriptDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.input_transcript.delta")
    f = wrong(f, v, "type", '"session.input_transcript.delta"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.delta !== "string") f = wrong(f, v, "delta", "a string");
  if (v.elapsed_ms !== undefined && !isInteger(v.elapsed_ms, 0) && v.elapsed_ms !== null)
    f = wrong(f, v, "elapsed_ms", "an integer from 0 or null");
  return f;
}

/** Where a value differs from `TranslationOutputAudioDeltaEvent`; `undefined` when it conforms. */
export function checkTranslationOutputAudioDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.output_audio.delta") f = wrong(f, v, "type", '"session.output_audio.delta"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.delta !== "string") f = wrong(f, v, "delta", "a string");
  if (v.format !== undefined && v.format !== "pcm16") f = wrong(f, v, "format", '"pcm16"');
  if (v.sample_rate !== undefined && !isInteger(v.sample_rate, 1))
    f = wrong(f, v, "sample_rate", "an integer from 1");
  if (v.channels !== undefined && !isInteger(v.channels, 1)) f = wrong(f, v, "channels", "an integer from 1");
  if (v.elapsed_ms !== undefined && !isInteger(v.elapsed_ms, 0) && v.elapsed_ms !== null)
    f = wrong(f, v, "elapsed_ms", "an integer from 0 or null");
  return f;
}

/** Where a value differs from `TranslationOutputTranscriptDeltaEvent`; `undefined` when it conforms. */
export function checkTranslationOutputTranscriptDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.output_transcript.delta")
    f = wrong(f, v, "type", '"session.output_transcript.delta"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.delta !== "string") f = wrong(f, v, "delta", "a string");
  if (v.elapsed_ms !== undefined && !isInteger(v.elapsed_ms, 0) && v.elapsed_ms !== null)
    f = wrong(f, v, "elapsed_ms", "an integer from 0 or null");
  return f;
}

/** Where a value differs from `TranslationSessionUpdatedEvent`; `undefined` when it conforms. */
export function checkTranslationSessionUpdatedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.updated") f = wrong(f, v, "type", '"session.updated"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "session", checkTranslationSessionState(v.session));
  return f;
}

/** The validator of every `TranslationClientEvent`, by type. */
export const translationClientChecks: { readonly [K in TranslationClientEvent["type"]]: Check } = {
  "session.close": checkTranslationSessionCloseEvent,
  "session.input_audio_buffer.append": checkTranslationInputAudioBufferAppendEvent,
  "session.update": checkTranslationSessionUpdateEvent,
};

/** The validator of every `TranslationServerEvent`, by type. */
export const translationServerChecks: { readonly [K in TranslationServerEvent["type"]]: Check } = {
  error: checkTranslationErrorEvent,
  "session.closed": checkTranslationSessionClosedEvent,
  "session.created": checkTranslationSessionCreatedEvent,
  "session.input_transcript.delta": checkTranslationInputTranscriptDeltaEvent,
  "session.output_audio.delta": checkTranslationOutputAudioDeltaEvent,
  "session.output_transcript.delta": checkTranslationOutputTranscriptDeltaEvent,
  "session.updated": checkTranslationSessionUpdatedEvent,
};
