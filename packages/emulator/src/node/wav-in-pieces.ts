import { bytesToPcm16, readWav } from "@duologue/audio";
import type { Speech } from "../voice/speech.ts";

/** More than stands before the samples of a WAV file that a program writes into a pipe. */
const headBytes = 4096;
const blockSamples = 8192;

/**
 * The sound of a mono WAV file that comes in pieces, each of which is read as it comes, so that the end of a long one holds
 * nobody up; `undefined` for a file without a byte. Nothing may follow the samples. Rejects as `readWav` throws, and for
 * several channels.
 */
export async function wavInPieces(
  pieces: AsyncIterable<Uint8Array>,
): Promise<{ readonly speech: Speech; readonly sampleRateHz: number } | undefined> {
  const blocks = sampleBlocks();
  let sampleRateHz: number | undefined;
  /** What has come and is not read yet: the head, and later half a sample. */
  let unread = new Uint8Array(0);
  const read = () => {
    const bytes = unread.subarray(0, unread.length - (unread.length % 2));
    unread = unread.slice(bytes.length);
    if (sampleRateHz !== undefined) {
      blocks.add(bytesToPcm16(bytes));
      return;
    }
    const wav = readWav(bytes);
    if (wav.channels !== 1) throw new Error(`the WAV file has ${wav.channels} channels; 1 is wanted`);
    ({ sampleRateHz } = wav);
    blocks.add(wav.samples);
  };
  for await (const piece of pieces) {
    const joined = new Uint8Array(unread.length + piece.length);
    joined.set(unread);
    joined.set(piece, unread.length);
    unread = joined;
    if (sampleRateHz !== undefined || unread.length >= headBytes) read();
  }
  if (sampleRateHz === undefined && unread.length > 0) read();
  return sampleRateHz === undefined ? undefined : { speech: blocks.speech(), sampleRateHz };
}

/** Samples in blocks of one length, so that adding some copies no other, and each is found at once. */
function sampleBlocks() {
  const blocks: Int16Array[] = [];
  let sampleCount = 0;
  return {
    add(samples: Int16Array): void {
      for (let at = 0; at < samples.length; ) {
        const filled = sampleCount % blockSamples;
        if (filled === 0) blocks.push(new Int16Array(blockSamples));
        const piece = samples.subarray(at, at + blockSamples - filled);
        blocks.at(-1)?.set(piece, filled);
        at += piece.length;
        sampleCount += piece.length;
      }
    },
    speech: (): Speech => ({
      sampleCount,
      samples(start, end) {
        const samples = new Int16Array(end - start);
        for (let at = start; at < end; ) {
          const from = at % blockSamples;
          const to = Math.min(blockSamples, from + end - at);
          samples.set(blocks[Math.floor(at / blockSamples)]?.subarray(from, to) ?? [], at - start);
          at += to - from;
        }
        return samples;
      },
    }),
  };
}
