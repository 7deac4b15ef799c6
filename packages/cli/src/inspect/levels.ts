import { type AudioFormat, base64ToBytes, bytesPerMs, decodeAudio, rms, toDbfs } from "@duologue/audio";
import { isServer, type Moment, number, text } from "./moment.ts";
import { defaultFacts, nextFacts } from "./session-facts.ts";

/** How loud it was, one number for each step of time: 0 is silence or 50 dB below full scale, 100 full scale. */
export interface Levels {
  /** Milliseconds of a step. */
  readonly stepMs: number;
  /** On the microphone, from the beginning of the recording. Empty where no sound was recorded. */
  readonly microphone: readonly number[];
  /** Of each reply, from the beginning of its sound, under `itemId/contentIndex`. */
  readonly replies: Readonly<Record<string, readonly number[]>>;
}

const leastStepMs = 20;
const mostSteps = 2_000;
const quietestDbfs = -50;

/** The loudness of both sides, as fine as two thousand steps allow. */
export function levelsOf(moments: readonly Moment[]): Levels {
  const stepMs = Math.max(leastStepMs, Math.ceil((moments.at(-1)?.at ?? 0) / mostSteps));
  const microphone: number[] = [];
  const replies: Record<string, number[]> = {};
  /** Milliseconds of each reply so far. */
  const positions = new Map<string, number>();
  let facts = defaultFacts;

  for (const moment of moments) {
    facts = nextFacts(facts, moment);
    const { at, from, type, event } = moment;
    if (from === "client" && type === "input_audio_buffer.append") {
      const sound = samplesIn(text(event, "audio"), facts.input);
      const lengthMs = (sound.length * facts.input.bytesPerSample) / bytesPerMs(facts.input);
      meter(microphone, sound, facts.input.sampleRateHz, at - lengthMs, stepMs);
    } else if (isServer(moment, "response.output_audio.delta")) {
      const key = `${text(event, "item_id")}/${number(event, "content_index") ?? 0}`;
      const sound = samplesIn(text(event, "delta"), facts.output);
      const positionMs = positions.get(key) ?? 0;
      replies[key] ??= [];
      meter(replies[key], sound, facts.output.sampleRateHz, positionMs, stepMs);
      positions.set(key, positionMs + (sound.length * 1000) / facts.output.sampleRateHz);
    }
  }
  const silent = microphone.every((level) => level === 0);
  return { stepMs, microphone: silent ? [] : filled(microphone), replies };
}

/** Takes sound that begins at `fromMs` into the steps that it covers. */
function meter(steps: number[], sound: Int16Array, rateHz: number, fromMs: number, stepMs: number): void {
  const stepSamples = Math.max(1, Math.round((stepMs * rateHz) / 1000));
  for (let offset = 0; offset < sound.length; offset += stepSamples) {
    const step = Math.max(0, Math.floor((fromMs + (offset * 1000) / rateHz + 0.5) / stepMs));
    steps[step] = Math.max(steps[step] ?? 0, levelOf(sound.subarray(offset, offset + stepSamples)));
  }
}

function levelOf(samples: Int16Array): number {
  const dbfs = Math.max(quietestDbfs, toDbfs(rms(samples)));
  return Math.round(((dbfs - quietestDbfs) / -quietestDbfs) * 100);
}

function samplesIn(base64: string, format: AudioFormat): Int16Array {
  try {
    const bytes = base64ToBytes(base64);
    return decodeAudio(format, bytes.subarray(0, bytes.length - (bytes.length % format.bytesPerSample)));
  } catch {
    // What is no base64 has no loudness; `duologue validate` is there to complain about it.
    return new Int16Array();
  }
}

function filled(steps: readonly number[]): number[] {
  return Array.from(steps, (level) => level ?? 0);
}
