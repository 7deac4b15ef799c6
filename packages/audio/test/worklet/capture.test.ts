import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { float32ToPcm16, resample } from "../../src/index.ts";
import { capture } from "../../src/worklet/capture.ts";

const blockLength = 128;

function capturing(inputRateHz: number, frameSamples = 480, muted = false) {
  const frames: Int16Array[] = [];
  const known: number[] = [];
  const microphone = capture({
    inputRateHz,
    sampleRateHz: 24000,
    frameSamples,
    muted,
    emit({ samples, mutes }) {
      frames.push(samples);
      known.push(mutes);
    },
  });
  return { frames, known, microphone, all: () => frames.flatMap((frame) => [...frame]) };
}

function tone(samples: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: samples }, (_, n) => 0.5 * Math.sin(n / 7));
}

describe("capture", () => {
  it.each([48000, 44100, 24000, 16000, 8000])(
    "makes frames of one length from %i Hz, without a gap",
    (rateHz) => {
      const sound = tone(rateHz - (rateHz % blockLength));
      const { frames, microphone, all } = capturing(rateHz);
      for (let at = 0; at < sound.length; at += blockLength) {
        expect(microphone.take(sound.subarray(at, at + blockLength), blockLength)).toBe(true);
      }
      expect(new Set(frames.map(({ length }) => length))).toEqual(new Set([480]));
      // A second, less what waits for its neighbours and the frame that is not complete.
      expect(frames.length).toBeGreaterThanOrEqual(48);
      const whole = resample(float32ToPcm16(sound), { inputRateHz: rateHz, outputRateHz: 24000 });
      expect(all()).toEqual([...whole.subarray(0, frames.length * 480)]);
    },
  );

  it("gives each frame samples of its own", () => {
    const { frames, microphone } = capturing(24000, 64);
    microphone.take(tone(128), 128);
    expect(frames.map(({ length }) => length)).toEqual([64, 64]);
    expect(new Set(frames.map(({ buffer }) => buffer)).size).toBe(2);
  });

  it("has frames of silence where there is no input, as many as with one", () => {
    const { microphone, all } = capturing(24000, 128);
    for (const input of [tone(128), undefined, undefined, tone(128)]) microphone.take(input, 128);
    const sound = [...float32ToPcm16(tone(128))];
    const silence = new Array<number>(256).fill(0);
    expect(all()).toEqual([...sound, ...silence, ...sound]);
  });

  it("is silent while muted, whatever comes in", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (mutes) => {
        const { microphone, all } = capturing(24000, 128);
        for (const muted of mutes) {
          microphone.tell({ type: "mute", muted, mutes: 0 });
          microphone.take(new Float32Array(128).fill(0.25), 128);
        }
        const heard = all();
        expect(heard).toHaveLength(mutes.length * 128);
        mutes.forEach((muted, index) => {
          expect(new Set(heard.slice(index * 128, index * 128 + 128))).toEqual(new Set([muted ? 0 : 8192]));
        });
      }),
    );
  });

  it("begins muted where it is told to", () => {
    const { microphone, all } = capturing(24000, 128, true);
    microphone.take(new Float32Array(128).fill(0.25), 128);
    expect(new Set(all())).toEqual(new Set([0]));
  });

  it("says of each frame how often it knew to have been muted when the frame began", () => {
    const { known, microphone } = capturing(24000, 192);
    for (const mutes of [0, 1, 2, 3, 4, 5]) {
      microphone.take(tone(128), 128);
      microphone.tell({ type: "mute", muted: false, mutes: mutes + 1 });
    }
    // Frames begin at 0, 192, 384 and 576 samples, in the blocks that begin at 0, 128, 384 and 512.
    expect(known).toEqual([0, 1, 3, 4]);
  });

  it("carries nothing of what came before into a frame that begins muted", () => {
    const { frames, known, microphone } = capturing(48000, 64);
    for (let block = 0; block < 20; block++) microphone.take(new Float32Array(128).fill(0.5), 128);
    microphone.tell({ type: "mute", muted: true, mutes: 1 });
    for (let block = 0; block < 20; block++) microphone.take(new Float32Array(128).fill(0.5), 128);
    const after = frames.filter((_, index) => known[index] === 1);
    expect(after.length).toBeGreaterThan(15);
    expect(new Set(after.flatMap((samples) => [...samples]))).toEqual(new Set([0]));
    expect(frames.length).toBe(39);
  });

  it("ends when it is closed", () => {
    const { frames, microphone } = capturing(24000, 128);
    microphone.tell({ type: "close" });
    expect(microphone.take(tone(128), 128)).toBe(false);
    expect(frames).toEqual([]);
  });
});
