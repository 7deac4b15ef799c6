/** Numbers that look random and that a seed decides. */
export interface SeededRandom {
  /** The next number, from 0 up to and without 1. */
  next(): number;
  /** The next whole number, from 0 up to and without `choices`: a `Chooser`. */
  below(choices: number): number;
  /** Whether something of this probability (0 to 1) happens. Takes one number, whatever the probability. */
  chance(probability: number): boolean;
  /**
   * A generator of its own, decided by this one's seed and `name` alone: what is drawn from either changes nothing
   * for the other.
   */
  fork(name: string): SeededRandom;
}

/** A generator of 32 bits of state: equal seeds give equal numbers, on every machine. For tests, not for secrets. */
export function seededRandom(seed: string | number): SeededRandom {
  const name = String(seed);
  let state = hashOf(name);
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mixed(state) / 2 ** 32;
  };
  return {
    next,
    below: (choices) => Math.floor(next() * choices),
    chance: (probability) => next() < probability,
    fork: (child) => seededRandom(`${name}/${child}`),
  };
}

/** FNV-1a of the characters. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mixed(hash);
}

/** A bijection on 32 bits after which neighbours have nothing in common. */
function mixed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
