import { describe, expect, it } from "vitest";
import { webRtcEars } from "../../src/node/webrtc-ears.ts";

const toneHz = 440;

function tone(sampleRate: number, seconds: number): Int16Array {
  return Int16Array.from({ length: sampleRate * seconds }, (_, index) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * toneHz * index) / sampleRate)),
  );
}

/** Hears sound in frames of 10 ms. */
function heard(
  parts: readonly { samples: Int16Array; sampleRate: number; channelCount?: number }[],
): number[] {
  const out: number[] = [];
  const ears = webRtcEars((samples) => out.push(...samples));
  for (const { samples, sampleRate, channelCount = 1 } of parts) {
    const size = (sampleRate / 100) * channelCount;
    for (let at = 0; at < samples.length; at += size) {
      ears({ samples: samples.subarray(at, at + size), sampleRate, channelCount });
    }
  }
  return out;
}

describe("webRtcEars", () => {
  it.each([16_000, 24_000, 44_100, 48_000])(
    "hears a tone at %d Hz as the same tone at 24 kHz",
    (sampleRate) => {
      const out = heard([{ samples: tone(sampleRate, 1), sampleRate }]);
      const expected = tone(24_000, 1);
      // The filter waits for what follows; in the very beginning and at the end it has less to go by.
      expect(out.length).toBeGreaterThan(23_900);
      const worst = out
        .slice(200, -200)
        .reduce((most, sample, index) => Math.max(most, Math.abs(sample - (expected[index + 200] ?? 0))), 0);
      expect(worst).toBeLessThanOrEqual(4);
    },
  );

  it("takes the mean of two channels", () => {
    const stereo = Int16Array.from({ length: 480 * 2 }, (_, index) => (index % 2 === 0 ? 1_000 : 3_001));
    const out = heard([{ samples: stereo, sampleRate: 24_000, channelCount: 2 }]);
    expect(new Set(out)).toEqual(new Set([2_001]));
    expect(out).toHaveLength(480);
  });

  it("goes on where the rate changes, with nothing lost", () => {
    const out = heard([
      { samples: tone(16_000, 1), sampleRate: 16_000 },
      { samples: tone(48_000, 1), sampleRate: 48_000 },
      { samples: tone(24_000, 1), sampleRate: 24_000 },
    ]);
    expect(out).toHaveLength(3 * 24_000);
  });
});
