import { capture } from "../src/worklet/capture.ts";
import { playback } from "../src/worklet/playback.ts";

const blockLength = 128;

/** What one block of the audio thread costs, in microseconds, and as a part of the time that it has. */
export interface WorkletCost {
  readonly medianUs: number;
  /** Nine of ten blocks take less. */
  readonly mostUs: number;
  readonly partOfBlock: number;
}

/** Captures at some rate into frames of 20 ms at 24 kHz. */
export function captureCost(inputRateHz: number, blocks: number): WorkletCost {
  const microphone = capture({
    inputRateHz,
    sampleRateHz: 24000,
    frameSamples: 480,
    muted: false,
    emit() {},
  });
  const input = Float32Array.from({ length: blockLength }, (_, n) => Math.sin(n));
  return cost(inputRateHz, blocks, () => microphone.take(input, blockLength));
}

/** Plays speech that comes in pieces of 200 ms. */
export function playbackCost(sampleRateHz: number, blocks: number): WorkletCost {
  const output = playback({ sampleRateHz, reportEveryMs: 20, post() {} });
  const key = { itemId: "item", contentIndex: 0 };
  const piece = Math.round(sampleRateHz / 5);
  const block = new Float32Array(blockLength);
  let frame = 0;
  let queued = 0;
  return cost(sampleRateHz, blocks, () => {
    if (queued < blockLength) {
      output.tell({ type: "enqueue", flushes: 0, key, samples: new Int16Array(piece).fill(1000) });
      queued += piece;
    }
    output.render(block, frame, 0);
    frame += blockLength;
    queued -= blockLength;
  });
}

function cost(sampleRateHz: number, blocks: number, run: () => void): WorkletCost {
  const times: number[] = [];
  // The first blocks make the filters and warm the engine up.
  for (let block = -blocks / 4; block < blocks; block++) {
    const start = process.hrtime.bigint();
    run();
    const end = process.hrtime.bigint();
    if (block >= 0) times.push(Number(end - start) / 1000);
  }
  times.sort((a, b) => a - b);
  const medianUs = times[times.length >> 1] ?? Number.NaN;
  return {
    medianUs,
    mostUs: times[Math.floor(times.length * 0.9)] ?? Number.NaN,
    partOfBlock: medianUs / ((blockLength * 1e6) / sampleRateHz),
  };
}
