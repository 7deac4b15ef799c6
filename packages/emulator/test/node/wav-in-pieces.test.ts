import { readWav, writeWav } from "@duologue/audio";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wavInPieces } from "../../src/node/wav-in-pieces.ts";

async function* inPieces(bytes: Uint8Array, lengths: readonly number[]) {
  let at = 0;
  for (const length of lengths) {
    yield bytes.subarray(at, at + length);
    at += length;
  }
  yield bytes.subarray(at);
}

const samples = Int16Array.from({ length: 30_000 }, (_, at) => (at * 7919) % 32_000);
const wav = writeWav({ sampleRateHz: 22_050, samples });

describe("a WAV file in pieces", () => {
  it("is what it is in one, however it is cut and whatever part of it is asked for", async () => {
    const lengths = fc.array(fc.nat({ max: 20_000 }), { maxLength: 8 });
    const place = fc.nat({ max: samples.length });
    await fc.assert(
      fc.asyncProperty(lengths, place, place, async (cut, one, other) => {
        const read = await wavInPieces(inPieces(wav, cut));
        expect(read?.sampleRateHz).toBe(22_050);
        expect(read?.speech.sampleCount).toBe(samples.length);
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        // Comparing bytes is far quicker than comparing elements.
        const part = read?.speech.samples(start, end) ?? new Int16Array();
        expect(Buffer.from(part.buffer).equals(Buffer.from(samples.slice(start, end).buffer))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("may be short, end within a sample, or be nothing", async () => {
    const short = writeWav({ sampleRateHz: 8000, samples: samples.subarray(0, 3) });
    const read = await wavInPieces(inPieces(short, [1, 40, 5]));
    expect(read?.speech.samples(0, 3)).toEqual(samples.slice(0, 3));
    expect((await wavInPieces(inPieces(wav.subarray(0, -1), [9000])))?.speech.sampleCount).toBe(29_999);
    expect(await wavInPieces(inPieces(new Uint8Array(0), []))).toBeUndefined();
  });

  it("is refused as it is in one", async () => {
    const noWav = new TextEncoder().encode("This is no WAV file.");
    expect(() => readWav(noWav)).toThrow("not a WAV file");
    await expect(wavInPieces(inPieces(noWav, [3]))).rejects.toThrow("not a WAV file");
    const stereo = writeWav({ sampleRateHz: 8000, samples, channels: 2 });
    await expect(wavInPieces(inPieces(stereo, []))).rejects.toThrow("2 channels");
  });
});
