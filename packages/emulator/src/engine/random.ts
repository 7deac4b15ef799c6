/** Where a generator stands: a 32-bit unsigned integer, all that it remembers. */
export type RandomState = number;

/** Where a generator begins for this seed. Equal seeds give equal sequences. */
export function seeded(seed: string): RandomState {
  let hash = 0x811c9dc5;
  for (let at = 0; at < seed.length; at++) {
    hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
  }
  return mixed(hash);
}

/** The digits of base 16. */
export const hexadecimal = "0123456789abcdef";

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The next `length` characters of an alphabet, base 62 if none is given, and where the generator stands then. */
export function randomText(
  state: RandomState,
  length: number,
  alphabet = base62,
): { text: string; state: RandomState } {
  let next = state;
  let text = "";
  for (let at = 0; at < length; at++) {
    next = (next + 0x9e3779b9) >>> 0;
    text += alphabet[mixed(next) % alphabet.length];
  }
  return { text, state: next };
}

/** The next number from 0 up to and without 1, and where the generator stands then. */
export function randomShare(state: RandomState): { share: number; state: RandomState } {
  const next = (state + 0x9e3779b9) >>> 0;
  return { share: mixed(next) / 2 ** 32, state: next };
}

/** A bijection on 32 bits that leaves no visible trace of its input. */
function mixed(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}
