/** How errors are spread. */
export interface Distribution {
  readonly count: number;
  /** Half of them are at most as large, whichever way. */
  readonly median: number;
  readonly ninetieth: number;
  readonly largest: number;
  /** Positive: more words are taken for heard than were. */
  readonly mean: number;
}

export function distribution(errors: readonly number[]): Distribution {
  const sizes = errors.map(Math.abs).sort((a, b) => a - b);
  const at = (share: number) => sizes[Math.round((sizes.length - 1) * share)] ?? Number.NaN;
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return { count: errors.length, median: at(0.5), ninetieth: at(0.9), largest: at(1), mean };
}
