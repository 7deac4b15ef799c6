import { bytesToBase64, type PlaybackReport, pcm16ToBytes, resample } from "@duologue/audio";
import { AudioDeviceError, type Speaker, speaker } from "@duologue/audio/browser";
import { graphRecorder } from "./graph-recorder.ts";

const wireRateHz = 24000;
const pcm = { type: "audio/pcm" } as const;

/** Noise without a single silent sample, the same for the same seed. */
function noise(seconds: number, seed: number): Int16Array<ArrayBuffer> {
  let state = seed;
  return Int16Array.from({ length: seconds * wireRateHz }, () => {
    state = (state * 16807) % 2147483647;
    return state % 2 === 0 ? 4000 + (state % 9000) : -4000 - (state % 9000);
  });
}

function play(output: Speaker, itemId: string, samples: Int16Array): void {
  for (let at = 0; at < samples.length; at += 4800) {
    const base64 = bytesToBase64(pcm16ToBytes(samples.subarray(at, at + 4800)));
    output.play({ itemId, contentIndex: 0, format: pcm, base64 });
  }
}

const nextFrame = ({ context }: Speaker) => Math.round(context.currentTime * context.sampleRate);

/** A context of this rate, or of the device's. */
function contextOf(sampleRateHz: number | undefined): { readonly context?: AudioContext } {
  return sampleRateHz === undefined ? {} : { context: new AudioContext({ sampleRate: sampleRateHz }) };
}

/** What came of a part that was played to its end. */
export interface Played {
  readonly sampleRateHz: number;
  /** Samples that differ from what was to be played, and those that were to be. */
  readonly wrong: number;
  readonly expected: number;
  /**
   * Each report, with the samples of the part that the graph had played when it came, and the latency of the device, which
   * changes with how busy the machine is.
   */
  readonly reports: readonly (Pick<PlaybackReport, "type" | "itemId" | "heardSamples"> & {
    readonly graphSamples: number;
    readonly latencyMs: number;
  })[];
}

/** Plays two parts to their end and compares the graph with what they are. */
export async function playsToItsEnd(sampleRateHz?: number): Promise<Played> {
  const given = contextOf(sampleRateHz);
  const output = await speaker(given);
  const recorder = await graphRecorder(output.output);
  const { sampleRate } = output.context;
  const parts = [noise(0.5, 1), noise(0.4, 2)];
  const expected = parts.flatMap((samples) => [
    ...resample(samples, { inputRateHz: wireRateHz, outputRateHz: sampleRate }),
  ]);
  const reports: (PlaybackReport & { frame: number; latencyMs: number })[] = [];
  const done = Promise.withResolvers<void>();
  output.onReport((report) => {
    reports.push({ ...report, frame: nextFrame(output), latencyMs: output.latencyMs });
    if (report.itemId === "item_1" && report.type === "finished") done.resolve();
  });
  parts.forEach((samples, index) => {
    play(output, `item_${index}`, samples);
    output.end(`item_${index}`, 0);
  });
  await done.promise;
  await recorder.until(nextFrame(output) + sampleRate / 10);

  const recorded = recorder.samples();
  const start = recorded.findIndex((sample) => sample !== 0);
  const wrong = expected.filter((sample, index) => recorded[start + index] !== sample / 32768).length;
  const after = recorded.slice(start + expected.length).filter((sample) => sample !== 0).length;
  const lengths = [Math.ceil(0.5 * sampleRate), Math.ceil(0.4 * sampleRate)];
  const played = (itemId: string, frame: number) => {
    const [first = 0, second = 0] = lengths;
    const total = Math.max(0, frame - recorder.firstFrame - start);
    return itemId === "item_0" ? Math.min(first, total) : Math.max(0, Math.min(second, total - first));
  };
  recorder.stop();
  await output.close();
  await given.context?.close();
  return {
    sampleRateHz: sampleRate,
    wrong: wrong + after,
    expected: expected.length,
    reports: reports.map(({ type, itemId, heardSamples, frame, latencyMs }) => ({
      type,
      itemId,
      heardSamples,
      latencyMs,
      graphSamples: played(itemId, frame),
    })),
  };
}

/** One flush: what was reported, what the graph had played in the end, and when it fell silent. */
export interface Cut {
  readonly sampleRateHz: number;
  readonly reportedSamples: number;
  readonly graphSamples: number;
  /** The frames of sound that the graph still put out after the call returned. */
  readonly framesAfter: number;
  /** The frames for which the call lasted: none, but where the machine stops the page in its middle. */
  readonly callFrames: number;
}

/** Flushes noise in its middle, again and again, each time at another place. */
export async function flushes(rounds: number, sampleRateHz?: number): Promise<readonly Cut[]> {
  const given = contextOf(sampleRateHz);
  const output = await speaker(given);
  const { sampleRate } = output.context;
  const recorder = await graphRecorder(output.output);
  const cuts: Cut[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = nextFrame(output);
    play(output, `item_${round}`, noise(1, round + 1));
    await recorder.until(begin + Math.round(sampleRate * (0.05 + ((0.61803 * round) % 0.25))));
    let reportedSamples = 0;
    const stop = output.onReport((report) => {
      if (report.type === "flushed") reportedSamples = report.heardSamples;
    });
    // Between two of the audio thread's turns, and in the middle of them.
    spin(round % 11);
    const called = nextFrame(output);
    output.flush();
    const frame = nextFrame(output);
    stop();
    await recorder.until(frame + sampleRate / 10);
    const recorded = recorder.samples().subarray(begin - recorder.firstFrame);
    cuts.push({
      sampleRateHz: sampleRate,
      reportedSamples,
      graphSamples: recorded.filter((sample) => sample !== 0).length,
      callFrames: frame - called,
      framesAfter: begin + recorded.findLastIndex((sample) => sample !== 0) + 1 - frame,
    });
  }
  recorder.stop();
  await output.close();
  await given.context?.close();
  return cuts;
}

/** Keeps the page busy, as other work of a page does. */
function spin(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** Tells on the console how a speaker that was opened without a click fares until the button is clicked. */
export async function tellsThatItIsBlocked(): Promise<void> {
  const output = await speaker();
  const button = document.querySelector("button");
  output.onBlocked((blocked) => console.log(`blocked: ${blocked}`));
  output.onReport(({ type, heardSamples }) => {
    if (type === "finished") console.log(`finished: ${heardSamples > 0}`);
  });
  button?.addEventListener("click", () => output.unlock().then(() => console.log("unlocked")));
  await output.unlock().catch((error) => console.log(`without a click: ${error.code}`));
  console.log(`opened blocked: ${output.blocked}`);
  play(output, "item_1", noise(0.2, 1));
  output.end("item_1", 0);
}

/** Plays over a volume and to a device that there is not; then what became of the graph. */
export async function setsVolumeAndDevice(): Promise<{
  readonly loud: number;
  readonly quiet: number;
  readonly level: number;
  readonly refusal: string;
  readonly stateAfterClose: string;
}> {
  const output = await speaker({ volume: 0.5 });
  const recorder = await graphRecorder(output.output);
  const { sampleRate } = output.context;
  const loudest = async (): Promise<number> => {
    const from = nextFrame(output);
    await recorder.until(from + sampleRate / 5);
    return recorder
      .samples()
      .subarray(from - recorder.firstFrame)
      .reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  };
  play(output, "item_1", noise(6, 1));
  const loud = await loudest();
  output.setVolume(0.1);
  // The change takes some moments, so that it makes no click.
  await loudest();
  const quiet = await loudest();
  const { level } = output;
  const refusal = await output.setDevice("no such device").then(
    () => "none",
    (error: unknown) => (AudioDeviceError.is(error) ? error.code : String(error)),
  );
  await output.close();
  return { loud, quiet, level, refusal, stateAfterClose: output.context.state };
}

/** Where the module of the audio thread comes from, and what becomes of that. */
export async function loadsWorklets(workletUrl?: string): Promise<string> {
  try {
    const output = await speaker(workletUrl === undefined ? {} : { workletUrl });
    const another = await speaker({ context: output.context, ...(workletUrl && { workletUrl }) });
    await another.close();
    const stateAfterTheOther = output.context.state;
    await output.close();
    return `loaded, ${stateAfterTheOther}`;
  } catch (error) {
    return AudioDeviceError.is(error) ? `${error.code}: ${error.message}` : String(error);
  }
}
