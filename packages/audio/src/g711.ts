/**
 * G.711 companding: 16-bit samples ↔ one byte each, as ITU-T G.711 defines it and with the sign handling of the
 * ITU-T reference code (G.191): positive and negative samples use mirrored intervals, `x` and `-1 - x`.
 */

/** µ-law shifts magnitudes by this much, so that every segment starts at a power of two. */
const muLawBias = 132;
const muLawLargest = 32635;

/**
 * Encodes samples as µ-law (`audio/pcmu` on the wire), one byte a sample. Silence is 0xff. Samples beyond ±32635
 * become the outermost value.
 */
export function encodeMuLaw(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length);
  samples.forEach((sample, index) => {
    const biased = Math.min(sample < 0 ? ~sample : sample, muLawLargest) + muLawBias;
    // Bit 7 is the lowest top bit after the bias: segment 0.
    const segment = 31 - Math.clz32(biased) - 7;
    const step = (biased >> (segment + 3)) & 15;
    bytes[index] = ~((sample < 0 ? 128 : 0) | (segment << 4) | step) & 255;
  });
  return bytes;
}

/** Decodes µ-law bytes, each to the value in the middle of its interval; 0xff and 0x7f are both 0. */
export function decodeMuLaw(bytes: Uint8Array): Int16Array<ArrayBuffer> {
  const samples = new Int16Array(bytes.length);
  bytes.forEach((byte, index) => {
    const code = ~byte & 255;
    const magnitude = ((((code & 15) << 3) + muLawBias) << ((code >> 4) & 7)) - muLawBias;
    samples[index] = code & 128 ? -magnitude : magnitude;
  });
  return samples;
}

/** Encodes samples as A-law (`audio/pcma` on the wire), one byte a sample. Silence is 0xd5. */
export function encodeALaw(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length);
  samples.forEach((sample, index) => {
    const magnitude = (sample < 0 ? ~sample : sample) >> 4;
    // Segments 0 and 1 share one step size; from there on each doubles it.
    const segment = Math.max(0, 31 - Math.clz32(magnitude) - 3);
    const step = (segment < 2 ? magnitude : magnitude >> (segment - 1)) & 15;
    bytes[index] = ((sample < 0 ? 0 : 128) | (segment << 4) | step) ^ 0x55;
  });
  return bytes;
}

/** Decodes A-law bytes, each to the value in the middle of its interval; none of these is 0, the smallest are ±8. */
export function decodeALaw(bytes: Uint8Array): Int16Array<ArrayBuffer> {
  const samples = new Int16Array(bytes.length);
  bytes.forEach((byte, index) => {
    const code = byte ^ 0x55;
    const segment = (code >> 4) & 7;
    const middle = ((code & 15) << 4) + 8;
    const magnitude = segment === 0 ? middle : (middle + 256) << (segment - 1);
    samples[index] = code & 128 ? magnitude : -magnitude;
  });
  return samples;
}
