import type { Contender } from "./contenders.ts";

/** What one contender took. */
export interface Measurement {
  readonly name: string;
  /** Nanoseconds for one frame: the median of all rounds. */
  readonly frameNs: number;
  /** The median of what it took in a round as a multiple of what the baseline took in that round. */
  readonly ratio: number;
}

/** How long to measure. */
export interface Effort {
  readonly rounds: number;
  /** How often each contender reads the frame in one round. */
  readonly framesInRound: number;
}

/**
 * Lets everyone read the same text, in turns within each round and in another order each round, so that what slows
 * the machine down for a while slows everyone. Throws when somebody does not accept the frame.
 */
export function measured(
  text: string,
  baseline: Contender,
  contenders: readonly Contender[],
  { rounds, framesInRound }: Effort,
): readonly Measurement[] {
  const all = [baseline, ...contenders];
  for (const { name, read } of all) if (!read(text)) throw new Error(`${name} does not accept the frame`);
  for (const contender of all) timed(contender, text, framesInRound);
  const times = all.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < all.length; turn++) {
      const place = (round + turn) % all.length;
      const contender = all[place];
      if (contender !== undefined) times[place]?.push(timed(contender, text, framesInRound));
    }
  }
  const base = times[0] ?? [];
  return all.map(({ name }, place) => {
    const own = times[place] ?? [];
    const ratios = own.map((time, round) => time / (base[round] ?? Number.NaN));
    return { name, frameNs: median(own) / framesInRound, ratio: median(ratios) };
  });
}

/** Nanoseconds for all frames of a round. */
function timed({ name, read }: Contender, text: string, frames: number): number {
  let accepted = 0;
  const start = process.hrtime.bigint();
  for (let count = 0; count < frames; count++) if (read(text)) accepted++;
  const end = process.hrtime.bigint();
  if (accepted !== frames) throw new Error(`${name} changed its mind about the frame`);
  return Number(end - start);
}

/** The middle of some numbers; `NaN` of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
