import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrivals } from "../src/arrivals.ts";

/** A `Blob` that is read when a test says so. */
function slowBlob(text: string) {
  const { promise, resolve, reject } = Promise.withResolvers<ArrayBuffer>();
  const bytes = new TextEncoder().encode(text);
  return {
    blob: { size: bytes.length, arrayBuffer: () => promise },
    read: () => resolve(bytes.buffer),
    fail: (error: Error) => reject(error),
  };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("arrivals", () => {
  it("passes on at once what needs no reading", () => {
    const got: string[] = [];
    const { message, behind } = arrivals((text) => got.push(text));
    message("text");
    message(new TextEncoder().encode("bytes").buffer);
    behind(() => got.push("end"));
    expect(got).toEqual(["text", "bytes", "end"]);
  });

  it("keeps the order around Blobs, whichever is read first, and the end behind them", async () => {
    const got: string[] = [];
    const { message, behind } = arrivals((text) => got.push(text));
    const [one, two] = [slowBlob("one"), slowBlob("two")];
    message("first");
    message(one.blob);
    message("between");
    message(two.blob);
    behind(() => got.push("end"));
    two.read();
    await turn();
    expect(got).toEqual(["first"]);
    one.read();
    await turn();
    expect(got).toEqual(["first", "one", "between", "two", "end"]);
  });

  it("says so where a Blob cannot be read, and goes on", async () => {
    const got: string[] = [];
    const { message } = arrivals((text) => got.push(text));
    const lost = slowBlob("12345");
    message(lost.blob);
    message("next");
    lost.fail(new Error("the disk is full"));
    await turn();
    expect(got).toEqual(["binary frame of 5 bytes, unreadable: Error: the disk is full", "next"]);
  });

  it("keeps any mixture in order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ text: fc.string(), isBlob: fc.boolean() })), async (messages) => {
        const got: string[] = [];
        const { message, behind } = arrivals((text) => got.push(text));
        for (const { text, isBlob } of messages) message(isBlob ? new Blob([text]) : text);
        await new Promise<void>((resolve) => behind(resolve));
        expect(got).toEqual(messages.map(({ text, isBlob }) => (isBlob ? text.toWellFormed() : text)));
      }),
      { numRuns: 50 },
    );
  });
});
