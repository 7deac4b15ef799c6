/**
 * Writes samples as little-endian bytes, two for each sample, whatever the endianness of this machine. `audio/pcm`
 * on the wire is this.
 */
export function pcm16ToBytes(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length * 2);
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index] ?? 0;
    // What is more than a byte is dropped. Two such writes cost a tenth of one by a `DataView`.
    bytes[2 * index] = sample;
    bytes[2 * index + 1] = sample >> 8;
  }
  return bytes;
}

/**
 * Reads little-endian bytes as samples, whatever the endianness of this machine and the alignment of `bytes`.
 * Throws a `RangeError` when the number of bytes is odd: half a sample is missing, and whoever cuts a stream into
 * pieces has to carry the odd byte over to the next piece.
 */
export function bytesToPcm16(bytes: Uint8Array): Int16Array<ArrayBuffer> {
  if (bytes.length % 2 !== 0) {
    throw new RangeError(
      `PCM16 takes two bytes a sample, and ${bytes.length} bytes is an odd number; ` +
        "carry the last byte over to the next piece",
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const samples = new Int16Array(bytes.length / 2);
  for (let index = 0; index < samples.length; index++) samples[index] = view.getInt16(index * 2, true);
  return samples;
}

/**
 * Converts samples of the scale -1 … 1 to 16 bit: multiplied by 32768, rounded to the nearest whole number (a half
 * goes up) and saturated at -32768 and 32767. Not-a-number becomes silence.
 */
export function float32ToPcm16(samples: Float32Array): Int16Array<ArrayBuffer> {
  const converted = new Int16Array(samples.length);
  samples.forEach((sample, index) => {
    converted[index] = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
  });
  return converted;
}

/** Converts 16-bit samples to the scale -1 … 1 by dividing by 32768; `float32ToPcm16` undoes it exactly. */
export function pcm16ToFloat32(samples: Int16Array): Float32Array<ArrayBuffer> {
  const converted = new Float32Array(samples.length);
  samples.forEach((sample, index) => {
    converted[index] = sample / 32768;
  });
  return converted;
}
