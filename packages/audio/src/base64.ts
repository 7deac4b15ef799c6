const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const padding = "=".charCodeAt(0);

/** Strings are built from pieces of this many characters: short enough to be passed as arguments of one call. */
const pieceLength = 8192;

/** What newer engines offer; older ones, and the standard library that this package compiles against, lack it. */
interface NativeBase64 {
  readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
  readonly prototype: { readonly toBase64?: () => string };
}

/** Looked up at each call, so that a polyfill loaded later counts too. */
function native(): NativeBase64 {
  // The cast only adds members that are checked for before they are called.
  return Uint8Array as unknown as NativeBase64;
}

/** What Node has had for long, and browsers have not. */
interface NodeBuffer {
  from(memory: ArrayBufferLike, start: number, length: number): NodeBytes;
}

/** The same memory with more methods. */
interface NodeBytes {
  toString(encoding: "base64"): string;
  /** Gives how many bytes it has written. */
  write(text: string, encoding: "base64"): number;
}

/** Looked up like the engine's own, never imported: no bundle for a browser has to carry it. */
function nodeBytes({ buffer, byteOffset, byteLength }: Uint8Array): NodeBytes | undefined {
  const { Buffer } = globalThis as { readonly Buffer?: NodeBuffer };
  return Buffer?.from(buffer, byteOffset, byteLength);
}

/** Writes bytes as base64 (RFC 4648 section 4) with padding and without line breaks, in linear time. */
export function bytesToBase64(bytes: Uint8Array): string {
  const toBase64 = native().prototype.toBase64;
  if (toBase64 !== undefined) return toBase64.call(bytes);
  return nodeBytes(bytes)?.toString("base64") ?? encode(bytes);
}

function encode(bytes: Uint8Array): string {
  const pieces: string[] = [];
  let codes: number[] = [];
  for (let index = 0; index < bytes.length; index += 3) {
    const second = bytes[index + 1];
    const third = bytes[index + 2];
    const bits = ((bytes[index] ?? 0) << 16) | ((second ?? 0) << 8) | (third ?? 0);
    codes.push(
      alphabet.charCodeAt(bits >> 18),
      alphabet.charCodeAt((bits >> 12) & 63),
      second === undefined ? padding : alphabet.charCodeAt((bits >> 6) & 63),
      third === undefined ? padding : alphabet.charCodeAt(bits & 63),
    );
    if (codes.length >= pieceLength) {
      pieces.push(String.fromCharCode(...codes));
      codes = [];
    }
  }
  pieces.push(String.fromCharCode(...codes));
  return pieces.join("");
}

/**
 * Reads base64 (RFC 4648 section 4), in linear time. Padding may be there in full or be absent; white space, the
 * URL-safe alphabet and anything else is refused with a `SyntaxError` that names the first wrong character and its
 * position. Every engine accepts and refuses the same texts.
 */
export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> {
  const byteLength = base64ByteLength(text);
  const fromBase64 = native().fromBase64;
  if (fromBase64 !== undefined) {
    try {
      const bytes = fromBase64.call(Uint8Array, text);
      // Native decoding skips white space; then fewer bytes come out than this text's length stands for.
      if (bytes.length === byteLength) return bytes;
    } catch {
      // The code below finds the same fault and says where it is.
    }
    return decode(text, byteLength);
  }
  return decodeByNode(text, byteLength) ?? decode(text, byteLength);
}

/** The bytes where Node reads the text as it is meant: it passes over what does not belong there. */
function decodeByNode(text: string, byteLength: number): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(byteLength);
  const writable = nodeBytes(bytes);
  const isWhole = writable?.write(text, "base64") === byteLength;
  return isWhole && writable.toString("base64") === text ? bytes : undefined;
}

/**
 * Says how many bytes a base64 text stands for from its length and padding alone, in constant time. Agrees with
 * `base64ToBytes` on every text that one accepts; does not look for wrong characters. Throws a `SyntaxError` when no
 * base64 text has this length and padding.
 */
export function base64ByteLength(text: string): number {
  const padded = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const symbols = text.length - padded;
  if (symbols % 4 === 1) {
    throw new SyntaxError(
      `not base64: ${symbols} characters leave one over, so a part is missing or was cut off`,
    );
  }
  if (padded > 0 && text.length % 4 !== 0) {
    throw new SyntaxError(`not base64: ${symbols} characters do not go with ${padded} of padding`);
  }
  return Math.floor((symbols * 3) / 4);
}

function decode(text: string, byteLength: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(byteLength);
  const symbols = Math.ceil((byteLength * 4) / 3);
  let bits = 0;
  let at = 0;
  for (let index = 0; index < symbols; index++) {
    const value = symbolValue(text.charCodeAt(index));
    if (value < 0) {
      const found = JSON.stringify(String.fromCodePoint(text.codePointAt(index) ?? 0));
      throw new SyntaxError(`not base64: ${found} at position ${index}; only A-Z a-z 0-9 + / belong here`);
    }
    bits = (bits << 6) | value;
    const phase = index % 4;
    if (phase === 1) bytes[at++] = bits >> 4;
    else if (phase === 2) bytes[at++] = bits >> 2;
    else if (phase === 3) bytes[at++] = bits;
  }
  return bytes;
}

/** The six bits of a character code, or -1. */
function symbolValue(code: number): number {
  if (code >= 65 && code <= 90) return code - 65;
  if (code >= 97 && code <= 122) return code - 71;
  if (code >= 48 && code <= 57) return code + 4;
  if (code === 43) return 62;
  return code === 47 ? 63 : -1;
}
