import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { base64ToBytes, bytesToPcm16 } from "@duologue/audio";
import type { SessionReport } from "@duologue/emulator/node";
import type { TappedMedium } from "../webrtc/tapped-medium.ts";

/** What an emulator has heard of a session so far: mono samples at 24 kHz, in the pieces in which they came. */
export type HeardSound = (session: SessionReport) => readonly Int16Array[];

/**
 * Listens at the emulator itself: to the sound that its calls take off the track, and, where sound comes as events, to
 * what stands in the recordings that it keeps of its sessions in `folder`.
 */
export function heardSound(folder: string, { calls }: Pick<TappedMedium, "calls">): HeardSound {
  /** How far each recording has been read, and what is in it so far. */
  const read = new Map<string, { bytes: number; readonly pieces: Int16Array[] }>();
  return ({ id, carrier }) => {
    if (carrier === "webrtc") return calls.find(({ sessionId }) => sessionId === id)?.pieces ?? [];
    const name = readdirSync(folder).find((each) => each.includes(id));
    if (name === undefined) return [];
    const known = read.get(id) ?? { bytes: 0, pieces: [] };
    read.set(id, known);
    const more = readFileSync(join(folder, name)).subarray(known.bytes);
    // What is behind the last line break is still being written.
    const whole = more.subarray(0, more.lastIndexOf("\n") + 1);
    known.bytes += whole.length;
    for (const line of whole.toString().split("\n")) {
      if (!line.includes('"input_audio_buffer.append"')) continue;
      known.pieces.push(bytesToPcm16(base64ToBytes(JSON.parse(line).event.audio)));
    }
    return known.pieces;
  };
}

/** How many times a second it swings: the frequency of a tone. */
export function frequencyHz(pieces: readonly Int16Array[]): number {
  const samples = pieces.flatMap((piece) => [...piece]);
  const crossings = samples.filter((sample, index) => sample >= 0 && (samples[index - 1] ?? 0) < 0).length;
  return (crossings * 24_000) / samples.length;
}

/** The largest sample, 0 to 32768. */
export function loudest(pieces: readonly Int16Array[]): number {
  return pieces.reduce(
    (most, piece) => piece.reduce((larger, sample) => Math.max(larger, Math.abs(sample)), most),
    0,
  );
}
