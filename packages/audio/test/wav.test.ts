import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWav, requireFormat, writeWav } from "../src/index.ts";

const samples = Int16Array.of(0, 1, -1, 32767, -32768);

/** A chunk as it stands in a file, padded to an even length. */
function chunk(name: string, body: readonly number[], claimed = body.length): number[] {
  const size = [claimed & 255, (claimed >>> 8) & 255, (claimed >>> 16) & 255, claimed >>> 24];
  return [...Buffer.from(name, "latin1"), ...size, ...body, ...(body.length % 2 === 1 ? [0] : [])];
}

function file(...chunks: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from([...Buffer.from("RIFF\0\0\0\0WAVE", "latin1"), ...chunks.flat()]);
}

/** A "fmt " chunk's body for the tag, channels, rate and bits given. */
function fmt(
  tag: number,
  channels: number,
  rateHz: number,
  bits: number,
  more: readonly number[] = [],
): number[] {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16LE(tag, 0);
  bytes.writeUInt16LE(channels, 2);
  bytes.writeUInt32LE(rateHz, 4);
  bytes.writeUInt32LE((rateHz * channels * bits) / 8, 8);
  bytes.writeUInt16LE((channels * bits) / 8, 12);
  bytes.writeUInt16LE(bits, 14);
  return [...bytes, ...more];
}

const mono = chunk("fmt ", fmt(1, 1, 24000, 16));
const four = [1, 0, 2, 0, 3, 0, 4, 0];

describe("writeWav", () => {
  it("writes the header of 44 bytes that every reader knows", () => {
    expect(
      Buffer.from(writeWav({ sampleRateHz: 24000, samples: Int16Array.of(1, -2) })).toString("hex"),
    ).toBe(
      "52494646" +
        "28000000" +
        "57415645" +
        "666d7420" +
        "10000000" +
        "0100" +
        "0100" +
        "c05d0000" +
        "80bb0000" +
        "0200" +
        "1000" +
        "64617461" +
        "04000000" +
        "0100" +
        "feff",
    );
  });

  it("refuses samples that do not divide among the channels", () => {
    expect(() => writeWav({ sampleRateHz: 8000, channels: 2, samples })).toThrow("5 samples do not divide");
  });
});

describe("readWav", () => {
  it("reads what writeWav wrote", () => {
    fc.assert(
      fc.property(
        fc.int16Array({ maxLength: 40 }),
        fc.integer({ min: 1, max: 192000 }),
        fc.integer({ min: 1, max: 8 }),
        (any, sampleRateHz, channels) => {
          const whole = any.slice(0, any.length - (any.length % channels));
          const wav = { sampleRateHz, channels, samples: whole };
          expect(readWav(writeWav(wav))).toEqual(wav);
        },
      ),
    );
  });

  it("skips other chunks and the padding of odd ones, and reads from any alignment", () => {
    const bytes = file(
      chunk("LIST", [1, 2, 3]),
      mono,
      chunk("fact", [9]),
      chunk("data", four),
      chunk("id3 ", [7]),
    );
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    for (const each of [bytes, shifted.subarray(1)]) {
      expect(readWav(each)).toEqual({ sampleRateHz: 24000, channels: 1, samples: Int16Array.of(1, 2, 3, 4) });
    }
  });

  it.each([0xffffffff, 0x7ffff000, 9])("takes a data size of %i as: to the end of the file", (claimed) => {
    expect(readWav(file(mono, chunk("data", four, claimed))).samples).toEqual(Int16Array.of(1, 2, 3, 4));
  });

  it("leaves out an incomplete sample frame at the end", () => {
    const stereo = chunk("fmt ", fmt(1, 2, 24000, 16));
    expect(readWav(file(stereo, chunk("data", [...four, 5, 0, 6]))).samples).toEqual(
      Int16Array.of(1, 2, 3, 4),
    );
  });

  it("accepts no audio at all", () => {
    expect(readWav(file(mono, chunk("data", []))).samples).toHaveLength(0);
  });

  it("accepts the extensible header of PCM", () => {
    const more = [22, 0, 16, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];
    expect(readWav(file(chunk("fmt ", fmt(0xfffe, 1, 16000, 16, more)), chunk("data", four)))).toEqual({
      sampleRateHz: 16000,
      channels: 1,
      samples: Int16Array.of(1, 2, 3, 4),
    });
    const float = more.with(8, 3);
    expect(() => readWav(file(chunk("fmt ", fmt(0xfffe, 1, 16000, 32, float)), chunk("data", four)))).toThrow(
      "32 bit float",
    );
  });

  it.each([
    ["no bytes", new Uint8Array(0), 'not a WAV file: found 0 bytes, wanted "RIFF", a length and "WAVE"'],
    ["another file", Buffer.from("OggS".padEnd(40, "\0")), 'found a file that starts with "OggS"'],
    ["another RIFF file", Buffer.from("RIFF\0\0\0\0AVI ".padEnd(40, "\0")), "not a WAV file"],
    ["only the start", file().subarray(0, 11), "found 11 bytes"],
    ["no chunks", file(), 'its 12 bytes end before a "fmt " and a "data" chunk'],
    ["a cut header", file(mono).subarray(0, 30), 'its "fmt " chunk has 10 of 16 bytes'],
    ["a short header", file(chunk("fmt ", [1, 0, 1, 0])), 'its "fmt " chunk has 4 of 16 bytes'],
    ["no data", file(mono), 'its 36 bytes end before a "data" chunk'],
    ["data first", file(chunk("data", four), mono), '"data" comes before "fmt "'],
    [
      "float",
      file(chunk("fmt ", fmt(3, 1, 24000, 32)), chunk("data", four)),
      "holds 32 bit float; 16 bit PCM is wanted",
    ],
    ["8 bit", file(chunk("fmt ", fmt(1, 1, 8000, 8)), chunk("data", four)), "holds 8 bit PCM"],
    ["24 bit", file(chunk("fmt ", fmt(1, 1, 8000, 24)), chunk("data", four)), "holds 24 bit PCM"],
    ["µ-law", file(chunk("fmt ", fmt(7, 1, 8000, 8)), chunk("data", four)), "holds 8 bit µ-law"],
    [
      "an unheard-of format",
      file(chunk("fmt ", fmt(999, 1, 8000, 4)), chunk("data", four)),
      "4 bit format 999",
    ],
    ["no channels", file(chunk("fmt ", fmt(1, 0, 8000, 16)), chunk("data", four)), "0 channels at 8000 Hz"],
  ])("refuses %s and says why", (_, bytes, message) => {
    expect(() => readWav(bytes)).toThrow(message);
  });

  it("reads or refuses any bytes, and never beyond them", () => {
    fc.assert(
      fc.property(fc.nat(80), fc.nat(80), fc.nat(255), (cut, at, value) => {
        const bytes = file(chunk("LIST", [1, 2, 3]), mono, chunk("data", four));
        bytes[at] = value;
        const part = bytes.subarray(0, cut);
        try {
          expect(readWav(part).samples.length * 2).toBeLessThanOrEqual(part.length);
        } catch (error) {
          expect(`${error}`).toMatch(/^Error: .*WAV file/);
        }
      }),
    );
  });
});

describe("requireFormat", () => {
  const wav = { sampleRateHz: 16000, channels: 2, samples: Int16Array.of(1, 2) };

  it("returns what fits", () => {
    expect(requireFormat(wav, { sampleRateHz: 16000, channels: 2 })).toBe(wav);
  });

  it("says how to convert what does not", () => {
    expect(() => requireFormat(wav, { sampleRateHz: 24000, channels: 1 })).toThrow(
      new Error(
        "in.wav is 16000 Hz stereo; convert it to 24000 Hz mono PCM16, for example: " +
          "sox in.wav -r 24000 -c 1 -b 16 out.wav",
      ),
    );
    expect(() => requireFormat(wav, { sampleRateHz: 16000, channels: 1 }, "ask.wav")).toThrow(
      "sox ask.wav -r 16000",
    );
    expect(() => requireFormat(wav, { sampleRateHz: 16000, channels: 6 })).toThrow(
      "Hz with 6 channels PCM16",
    );
  });
});
