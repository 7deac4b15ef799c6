/** Numbers that look random and that a seed decides: xorshift, of which a million cost next to nothing. */
export function chance(seed: number) {
  let state = seed | 1;
  return {
    /** A whole number from 0 up to and without `choices`. */
    below(choices: number): number {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return (state >>> 0) % choices;
    },
  };
}
