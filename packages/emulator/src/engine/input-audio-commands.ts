import { audioFormats, base64ToBytes } from "@duologue/audio";
import type { CommandOf } from "../wire/command.ts";
import { fieldRefusal, type Refusal, refusal } from "../wire/refusal.ts";
import { commitAudio } from "./commit.ts";
import { change, type Draft, freshId, send } from "./draft.ts";
import { bufferIndex, inputRateHz, withoutSpeech } from "./input-audio.ts";
import { byteLimit, itemLimit } from "./limits.ts";
import { sampleCountOf, samplesOf } from "./sample-chain.ts";
import { listenTo } from "./unheard-sound.ts";

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
  const limited = byteLimit(draft, bytes.length);
  if (limited !== undefined) return limited;
  change(draft, { input: { ...input, oddByte: odd ? (bytes.at(-1) ?? null) : null } });
  listenTo(draft, odd ? bytes.subarray(0, -1) : bytes, session.audio.input.format.type);
  return undefined;
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
