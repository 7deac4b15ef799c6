import { bytesToPcm16, pcm16ToBytes } from "./pcm16.ts";

/** Audio as a WAV file holds it. */
export interface Wav {
  readonly sampleRateHz: number;
  readonly channels: number;
  /** 16-bit samples, those of several channels interleaved: left, right, left, right … */
  readonly samples: Int16Array<ArrayBuffer>;
}

const formatTags: { readonly [tag: number]: string } = {
  1: "PCM",
  2: "Microsoft ADPCM",
  3: "float",
  6: "A-law",
  7: "µ-law",
  17: "IMA ADPCM",
  80: "MPEG",
  85: "MP3",
};

/** In WAVE_FORMAT_EXTENSIBLE the real format tag is the first field of the sub-format. */
const extensibleTag = 0xfffe;

/**
 * Reads a WAV file of 16-bit PCM. Unknown chunks are skipped. A `data` chunk that claims to be longer than the file,
 * as a program writes that did not know the length beforehand, reaches to the end of the file. An incomplete sample
 * frame at the end is left out.
 *
 * Throws an `Error` that says what was found and what is wanted when the file is no WAV file, ends too early, has no
 * audio, or holds another encoding.
 */
export function readWav(bytes: Uint8Array): Wav {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = name(view, 0);
  if (start !== "RIFF" || name(view, 8) !== "WAVE") {
    const found = bytes.length < 12 ? `${bytes.length} bytes` : `a file that starts with ${quoted(start)}`;
    throw new Error(`not a WAV file: found ${found}, wanted "RIFF", a length and "WAVE"`);
  }

  let format: { sampleRateHz: number; channels: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const chunk = name(view, at);
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (chunk === "fmt ") format = readFormat(view, body, size);
    if (chunk === "data") {
      if (format === undefined) throw new Error('damaged WAV file: "data" comes before "fmt "');
      const available = Math.min(size, bytes.length - body);
      const frameBytes = format.channels * 2;
      const whole = available - (available % frameBytes);
      return { ...format, samples: bytesToPcm16(bytes.subarray(body, body + whole)) };
    }
    at = body + size + (size % 2);
  }
  throw new Error(
    `truncated WAV file: its ${bytes.length} bytes end before ` +
      `${format === undefined ? 'a "fmt " and ' : ""}a "data" chunk`,
  );
}

/** Writes 16-bit samples, those of several channels interleaved, as a WAV file with a header of 44 bytes. */
export function writeWav(wav: {
  readonly sampleRateHz: number;
  readonly samples: Int16Array;
  /** 1 unless given. */
  readonly channels?: number;
}): Uint8Array<ArrayBuffer> {
  const { sampleRateHz, samples, channels = 1 } = wav;
  if (samples.length % channels !== 0) {
    throw new RangeError(`${samples.length} samples do not divide among ${channels} channels`);
  }
  const bytes = new Uint8Array(44 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  writeName(bytes, 0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  writeName(bytes, 8, "WAVE");
  writeName(bytes, 12, "fmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  writeName(bytes, 36, "data");
  view.setUint32(40, samples.length * 2, true);
  bytes.set(pcm16ToBytes(samples), 44);
  return bytes;
}

/**
 * Makes sure that a WAV file has the rate and the number of channels that are wanted, and returns it. Throws an
 * `Error` with a `sox` command that converts it otherwise; `file` is the name that stands in that message.
 */
export function requireFormat(
  wav: Wav,
  wanted: { readonly sampleRateHz: number; readonly channels: number },
  file = "in.wav",
): Wav {
  if (wav.sampleRateHz === wanted.sampleRateHz && wav.channels === wanted.channels) return wav;
  throw new Error(
    `${file} is ${wav.sampleRateHz} Hz ${channelNames(wav.channels)}; convert it to ${wanted.sampleRateHz} Hz ` +
      `${channelNames(wanted.channels)} PCM16, for example: ` +
      `sox ${file} -r ${wanted.sampleRateHz} -c ${wanted.channels} -b 16 out.wav`,
  );
}

function readFormat(view: DataView, at: number, size: number): { sampleRateHz: number; channels: number } {
  if (size < 16 || at + 16 > view.byteLength) {
    throw new Error(
      `truncated WAV file: its "fmt " chunk has ${Math.min(size, view.byteLength - at)} of 16 bytes`,
    );
  }
  const outerTag = view.getUint16(at, true);
  const isExtended = outerTag === extensibleTag && size >= 26 && at + 26 <= view.byteLength;
  const tag = isExtended ? view.getUint16(at + 24, true) : outerTag;
  const channels = view.getUint16(at + 2, true);
  const sampleRateHz = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  if (tag !== 1 || bits !== 16) {
    throw new Error(
      `the WAV file holds ${bits} bit ${formatTags[tag] ?? `format ${tag}`}; 16 bit PCM is wanted, for example: ` +
        `sox in.wav -b 16 -e signed-integer out.wav`,
    );
  }
  if (channels === 0 || sampleRateHz === 0) {
    throw new Error(`damaged WAV file: it says ${channels} channels at ${sampleRateHz} Hz`);
  }
  return { sampleRateHz, channels };
}

/** The four characters at `at`, or what the file has of them. */
function name(view: DataView, at: number): string {
  let text = "";
  for (let index = at; index < Math.min(at + 4, view.byteLength); index++) {
    text += String.fromCharCode(view.getUint8(index));
  }
  return text;
}

function writeName(bytes: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index++) bytes[at + index] = text.charCodeAt(index);
}

/** JSON quoting keeps control characters out of a message. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function channelNames(channels: number): string {
  return channels === 1 ? "mono" : channels === 2 ? "stereo" : `with ${channels} channels`;
}
