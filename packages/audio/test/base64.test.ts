import { Buffer } from "node:buffer";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { base64ByteLength, base64ToBytes, bytesToBase64 } from "../src/index.ts";

/** A stand-in for what newer engines have: skips white space, takes missing padding, throws on all else. */
function nativeDecoder(text: string): Uint8Array<ArrayBuffer> {
  const symbols = text.replaceAll(/[\t\n\f\r ]/g, "");
  const isValid =
    /^[A-Za-z0-9+/]*={0,2}$/.test(symbols) && (!symbols.includes("=") || symbols.length % 4 === 0);
  if (!isValid || symbols.replaceAll("=", "").length % 4 === 1) throw new SyntaxError("native complaint");
  return Uint8Array.from(Buffer.from(symbols, "base64"));
}

function nativeEncoder(this: Uint8Array): string {
  return Buffer.from(this).toString("base64");
}

function withNative(): {
  readonly decoder: ReturnType<typeof vi.fn>;
  readonly encoder: ReturnType<typeof vi.fn>;
} {
  const decoder = vi.fn(nativeDecoder);
  const encoder = vi.fn(nativeEncoder);
  Object.defineProperty(Uint8Array, "fromBase64", { value: decoder, configurable: true });
  Object.defineProperty(Uint8Array.prototype, "toBase64", { value: encoder, configurable: true });
  return { decoder, encoder };
}

function withNode(): void {
  withoutNative();
  Object.defineProperty(globalThis, "Buffer", { value: Buffer, configurable: true });
}

function withoutNative(): void {
  Object.defineProperty(globalThis, "Buffer", { value: undefined, configurable: true });
  Object.defineProperty(Uint8Array, "fromBase64", { value: undefined, configurable: true });
  Object.defineProperty(Uint8Array.prototype, "toBase64", { value: undefined, configurable: true });
}

const before = [
  Object.getOwnPropertyDescriptor(Uint8Array, "fromBase64"),
  Object.getOwnPropertyDescriptor(Uint8Array.prototype, "toBase64"),
  Object.getOwnPropertyDescriptor(globalThis, "Buffer"),
] as const;

afterEach(() => {
  for (const [holder, name, descriptor] of [
    [Uint8Array, "fromBase64", before[0]],
    [Uint8Array.prototype, "toBase64", before[1]],
    [globalThis, "Buffer", before[2]],
  ] as const) {
    if (descriptor === undefined) Reflect.deleteProperty(holder, name);
    else Object.defineProperty(holder, name, descriptor);
  }
});

/** The test vectors of RFC 4648 section 10, and the two symbols outside letters and digits. */
const table = [
  ["", []],
  ["Zg==", [0x66]],
  ["Zm8=", [0x66, 0x6f]],
  ["Zm9v", [0x66, 0x6f, 0x6f]],
  ["Zm9vYg==", [0x66, 0x6f, 0x6f, 0x62]],
  ["Zm9vYmE=", [0x66, 0x6f, 0x6f, 0x62, 0x61]],
  ["Zm9vYmFy", [0x66, 0x6f, 0x6f, 0x62, 0x61, 0x72]],
  ["++//", [0xfb, 0xef, 0xff]],
  ["AAECAw==", [0, 1, 2, 3]],
] as const;

const invalid = [
  ["A", "1 characters leave one over"],
  ["AAAAA", "5 characters leave one over"],
  ["AA=", "2 characters do not go with 1 of padding"],
  ["AAA==", "3 characters do not go with 2 of padding"],
  ["AAAA=", "4 characters do not go with 1 of padding"],
  ["=", "0 characters do not go with 1 of padding"],
  ["AA-A", '"-" at position 2'],
  ["AA_A", '"_" at position 2'],
  ["AA A", '" " at position 2'],
  ["AAAA\nAAA", '"\\n" at position 4'],
  ["A=AA", '"=" at position 1'],
  ["AA==AAAA", '"=" at position 2'],
  ["A===", '"=" at position 1'],
  ["AA😀", '"😀" at position 2'],
  ["AAA\u0141", '"\u0141" at position 3'],
] as const;

describe.each([
  ["with the engine's own codec", withNative],
  ["with Node's", withNode],
  ["without either", withoutNative],
] as const)("base64 %s", (_, setUp) => {
  it.each(table)("%j", (text, octets) => {
    setUp();
    expect(bytesToBase64(Uint8Array.from(octets))).toBe(text);
    expect(base64ToBytes(text)).toEqual(Uint8Array.from(octets));
    expect(base64ToBytes(text.replaceAll("=", ""))).toEqual(Uint8Array.from(octets));
  });

  it.each(invalid)("refuses %j", (text, reason) => {
    setUp();
    expect(() => base64ToBytes(text)).toThrow(SyntaxError);
    expect(() => base64ToBytes(text)).toThrow(reason);
  });

  it("agrees with Node on any bytes, and on their number beforehand", () => {
    setUp();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = bytesToBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        expect(base64ToBytes(text)).toEqual(bytes);
        expect(base64ByteLength(text)).toBe(bytes.length);
        expect(base64ByteLength(text.replaceAll("=", ""))).toBe(bytes.length);
      }),
    );
  });

  it("takes a megabyte, also out of the middle of a buffer", () => {
    setUp();
    const bytes = Uint8Array.from({ length: 1_000_003 }, (_, index) => (index * 7919) >> 3).subarray(1);
    const text = bytesToBase64(bytes);
    expect(text === Buffer.from(bytes).toString("base64")).toBe(true);
    expect(Buffer.compare(base64ToBytes(text), bytes)).toBe(0);
  });

  it("accepts and refuses any text as the other way does", () => {
    const outcome = (text: string): string => {
      try {
        return `${base64ToBytes(text)}`;
      } catch (error) {
        return `${error}`;
      }
    };
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."AQgw+/= \n-"), maxLength: 14 }), (text) => {
        withoutNative();
        const other = outcome(text);
        setUp();
        expect(outcome(text)).toBe(other);
      }),
    );
  });
});

describe("the engine's own codec", () => {
  it("is used where there is one", () => {
    const { decoder, encoder } = withNative();
    base64ToBytes("Zm9v");
    bytesToBase64(Uint8Array.of(1));
    expect(decoder).toHaveBeenCalledTimes(1);
    expect(encoder).toHaveBeenCalledTimes(1);
  });

  it("gives way to Node's, and that gives memory of its own", () => {
    withNode();
    const from = vi.spyOn(Buffer, "from");
    const bytes = base64ToBytes("Zm9v");
    expect(bytesToBase64(bytes)).toBe("Zm9v");
    expect(from).toHaveBeenCalledTimes(2);
    expect(bytes.constructor).toBe(Uint8Array);
    expect(bytes.buffer.byteLength).toBe(3);
    from.mockRestore();
  });
});

describe("base64ByteLength", () => {
  it.each(table)("%j", (text, octets) => {
    expect(base64ByteLength(text)).toBe(octets.length);
  });

  it("refuses lengths that no bytes have", () => {
    expect(() => base64ByteLength("AAAAA")).toThrow("leave one over");
    expect(() => base64ByteLength("AA=")).toThrow("do not go with");
  });
});
