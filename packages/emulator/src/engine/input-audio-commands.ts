import { audioFormats, base64ToBytes, decodeAudio } from "@duologue/audio";
import type { CommandOf } from "../wire/command.ts";
import { fieldRefusal, type Refusal, refusal } from "../wire/refusal.ts";
import { commitAudio } from "./commit.ts";
import { change, type Draft, freshId, send } from "./draft.ts";
import { bufferIndex, inputRateHz, withoutSpeech } from "./input-audio.ts";
import { sampleCountOf, samplesOf, withSamples } from "./sample-chain.ts";
import { detectSpeech } from "./speech-detection.ts";

const minCommitMs = 100;

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
  change(draft, {
    input: {
      ...input,
      oddByte: odd ? (bytes.at(-1) ?? null) : null,
      sampleCount: input.sampleCount + samples.length,
      buffer: withSamples(input.buffer, samples),
    },
  });
  if (session.audio.input.turn_detection !== null) detectSpeech(draft, samples);
  return undefined;
}

/** `input_audio_buffer.clear`: what is not committed is gone, and a speech that has begun never happened. */
export function clearAudio(draft: Draft): undefined {
  change(draft, { input: { ...withoutSpeech(draft.state), buffer: undefined, oddByte: null } });
  send(draft, { type: "input_audio_buffer.cleared" });
}

/** `input_audio_buffer.commit`: all that waits becomes a message of the user. Never starts a response. */
export function commitBuffer(draft: Draft): Refusal | undefined {
  const { input } = draft.state;
  const rateHz = inputRateHz(draft.state);
  const sampleCount = sampleCountOf(input.buffer);
  const durationMs = (sampleCount * 1000) / rateHz;
  if (durationMs < minCommitMs) {
    const found = `buffer only has ${durationMs.toFixed(2)}ms of audio`;
    const message = `Error committing input audio buffer: buffer too small. Expected at least ${minCommitMs}ms of audio, but ${found}.`;
    return refusal("input_audio_buffer_commit_empty", message);
  }
  const start = input.speech === null ? 0 : bufferIndex(draft.state, input.speech.startMs);
  const samples = samplesOf(input.buffer, start);
  const itemId = input.speech?.itemId ?? freshId(draft, "item");
  change(draft, { input: { ...withoutSpeech(draft.state), buffer: undefined } });
  commitAudio(draft, itemId, samples);
  return undefined;
}

function joined(first: number, rest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(rest.length + 1);
  bytes[0] = first;
  bytes.set(rest, 1);
  return bytes;
}
