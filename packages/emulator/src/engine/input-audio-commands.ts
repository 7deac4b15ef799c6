import { audioFormats, base64ToBytes, decodeAudio, resample } from "@duologue/audio";
import type { CommandOf } from "../wire/command.ts";
import { fieldRefusal, type Refusal, refusal } from "../wire/refusal.ts";
import { commitAudio } from "./commit.ts";
import { change, type Draft, freshId, send } from "./draft.ts";
import { bufferIndex, forgotten, inputRateHz, withoutSpeech } from "./input-audio.ts";
import { byteLimit, itemLimit } from "./limits.ts";
import { transcribeLive } from "./live-transcription.ts";
import { sampleCountOf, samplesOf, withSamples } from "./sample-chain.ts";
import { detectSpeech } from "./speech-detection.ts";

const minCommitMs = 100;
/**
 * While nobody commits what an open microphone brings, or it hears speech without end, the buffer keeps at least this
 * much, and never twice as much.
 */
const microphoneMs = 5 * 60_000;

/** `input_audio_buffer.append`: no answer, but turn detection may find a speech begin or end in it. */
export function appendAudio(
  draft: Draft,
  command: CommandOf<"input_audio_buffer.append">,
): Refusal | undefined {
  const { input, session } = draft.state;
  const format = audioFormats[session.audio.input.format.type];
  let bytes: Uint8Array;
  try {
    bytes = base64ToBytes(command.audio);
  } catch {
    const message = "Invalid 'audio'. Expected base64-encoded audio bytes, but got an invalid value.";
    return fieldRefusal("invalid_value", "audio", message);
  }
  if (input.oddByte !== null) bytes = joined(input.oddByte, bytes);
  const odd = format.bytesPerSample === 2 && bytes.length % 2 === 1;
  const samples = decodeAudio(format, odd ? bytes.subarray(0, -1) : bytes);
  const limited = byteLimit(draft, bytes.length);
  if (limited !== undefined) return limited;
  change(draft, { input: { ...input, oddByte: odd ? (bytes.at(-1) ?? null) : null } });
  const rates = { inputRateHz: format.sampleRateHz, outputRateHz: inputRateHz(draft.state) };
  hear(draft, rates.inputRateHz === rates.outputRateHz ? samples : resample(samples, rates));
  return undefined;
}

/** Sound of the user at the ear's rate: it waits in the buffer, and turn detection hears it where it is on. */
export function hear(draft: Draft, samples: Int16Array): void {
  const { input, session, audio } = draft.state;
  const sampleCount = input.sampleCount + samples.length;
  const buffer = withSamples(input.buffer, samples);
  change(draft, { input: { ...input, sampleCount, appends: input.appends + 1, buffer } });
  if (session.audio.input.turn_detection !== null) detectSpeech(draft, samples);
  else transcribeLive(draft);
  if (audio === "media") change(draft, { input: forgotten(draft.state, microphoneMs) });
}

/** `input_audio_buffer.clear`: what is not committed is gone, and a speech that has begun never happened. */
export function clearAudio(draft: Draft): undefined {
  change(draft, { input: { ...withoutSpeech(draft.state), buffer: undefined, oddByte: null, live: null } });
  send(draft, { type: "input_audio_buffer.cleared" });
}

/** `input_audio_buffer.commit`: all that waits becomes a message of the user. Never starts a response. */
export function commitBuffer(draft: Draft): Refusal | undefined {
  const { input } = draft.state;
  const rateHz = inputRateHz(draft.state);
  const limited = itemLimit(draft);
  if (limited !== undefined) return limited;
  const sampleCount = sampleCountOf(input.buffer);
  const durationMs = (sampleCount * 1000) / rateHz;
  if (durationMs < minCommitMs) {
    const found = `buffer only has ${durationMs.toFixed(2)}ms of audio`;
    const message = `Error committing input audio buffer: buffer too small. Expected at least ${minCommitMs}ms of audio, but ${found}.`;
    return refusal("input_audio_buffer_commit_empty", message);
  }
  const start = input.speech === null ? 0 : bufferIndex(draft.state, input.speech.startMs);
  const samples = samplesOf(input.buffer, start);
  const itemId = input.speech?.itemId ?? input.live?.itemId ?? freshId(draft, "item");
  change(draft, { input: { ...withoutSpeech(draft.state), buffer: undefined, live: null } });
  commitAudio(draft, itemId, samples, input.live?.written);
  return undefined;
}

function joined(first: number, rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(rest.length + 1);
  bytes[0] = first;
  bytes.set(rest, 1);
  return bytes;
}
