/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes: FIPS 180-4, section 4.2.2. */
const roundConstants = /* @__PURE__ */ Uint32Array.from({ length: 64 }, (_, index) =>
  fractionOf(Math.cbrt(prime(index))),
);

/** Of the square roots of the first eight primes: section 5.3.3. */
const initialHash = /* @__PURE__ */ Uint32Array.from({ length: 8 }, (_, index) =>
  fractionOf(Math.sqrt(prime(index))),
);

const utf8 = new TextEncoder();

/**
 * SHA-256 of a text's UTF-8, in lower-case hexadecimal. Synchronous and without a dependency, which the platform's own
 * is not everywhere; for marks of identity in recordings, not for passwords.
 */
export function sha256(text: string): string {
  const message = padded(utf8.encode(text));
  const hash = Uint32Array.from(initialHash);
  const schedule = new Uint32Array(64);
  for (let offset = 0; offset < message.byteLength; offset += 64) {
    for (let index = 0; index < 16; index++) schedule[index] = message.getUint32(offset + index * 4);
    mix(hash, schedule);
  }
  return Array.from(hash, (word) => word.toString(16).padStart(8, "0")).join("");
}

/** The bytes, a bit that is one, zeros, and the length in bits, to a whole number of blocks of 64 bytes. */
function padded(bytes: Uint8Array): DataView {
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const message = new Uint8Array(blocks * 64);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setBigUint64(message.length - 8, BigInt(bytes.length) * 8n);
  return view;
}

/** Takes one block in, which stands in the first 16 words of `w`: section 6.2.2. */
function mix(hash: Uint32Array, w: Uint32Array): void {
  for (let index = 16; index < 64; index++) {
    const before = word(w, index - 15);
    const last = word(w, index - 2);
    const s0 = rotated(before, 7) ^ rotated(before, 18) ^ (before >>> 3);
    const s1 = rotated(last, 17) ^ rotated(last, 19) ^ (last >>> 10);
    w[index] = word(w, index - 16) + s0 + word(w, index - 7) + s1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = hash;
  for (let index = 0; index < 64; index++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const first = (h + s1 + choice + word(roundConstants, index) + word(w, index)) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + s0 + majority) | 0;
  }
  for (const [index, value] of [a, b, c, d, e, f, g, h].entries()) hash[index] = word(hash, index) + value;
}

function rotated(value: number, by: number): number {
  return (value >>> by) | (value << (32 - by));
}

function word(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function fractionOf(root: number): number {
  return (root - Math.floor(root)) * 2 ** 32;
}

/** The prime with this index, counted from 0. */
function prime(index: number): number {
  const primes: number[] = [];
  for (let candidate = 2; primes.length <= index; candidate++) {
    if (primes.every((divisor) => candidate % divisor !== 0)) primes.push(candidate);
  }
  return primes[index] ?? 2;
}
