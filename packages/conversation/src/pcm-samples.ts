import type { AudioFormat } from "@duologue/protocol";

/** The bytes that a base64 text stands for; none for one that is not base64. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
    return bytes;
  } catch {
    return new Uint8Array();
  }
}

/** Bytes as base64. */
export function base64Of(bytes: Uint8Array): string {
  let binary = "";
  // A call takes so many arguments on every engine.
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}

/** PCM16 samples as the wire has them: little-endian, whatever this machine is. */
export function bytesOfSamples(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(samples.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < samples.length; index++) view.setInt16(index * 2, samples[index] ?? 0, true);
  return bytes;
}

/** Samples of 16 bits of what the wire has, at the rate of the format. Half a PCM16 sample at the end is left out. */
export function samplesOf(bytes: Uint8Array, { type }: AudioFormat): Int16Array<ArrayBuffer> {
  if (type === "audio/pcmu") return Int16Array.from(bytes, muLaw);
  if (type === "audio/pcma") return Int16Array.from(bytes, aLaw);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int16Array.from({ length: bytes.length >> 1 }, (_, index) => view.getInt16(index * 2, true));
}

/** G.711 µ-law: a sign, three bits of exponent, four of mantissa, all inverted; source: ITU-T G.711. */
function muLaw(code: number): number {
  const bits = ~code;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
  return bits & 0x80 ? -magnitude : magnitude;
}

/** G.711 A-law: as µ-law with every second bit inverted, and without a bias; source: ITU-T G.711. */
function aLaw(code: number): number {
  const bits = code ^ 0x55;
  const exponent = (bits >> 4) & 7;
  const mantissa = ((bits & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}
