import { describe, expect, it } from "vitest";
import { streamSink } from "../src/index.ts";

describe("a stream sink", () => {
  it("hands on bytes of whole lines, in order, and closes the stream after the last", async () => {
    const chunks: string[] = [];
    let closed = false;
    const stream = new WritableStream<Uint8Array>({
      write: (chunk) => void chunks.push(new TextDecoder().decode(chunk)),
      close() {
        closed = true;
      },
    });
    const sink = streamSink(stream);
    for (let line = 0; line < 100; line++) sink.write(`{"line":${line},"text":"größer 😀"}`);
    expect(sink.bufferedBytes).toBeGreaterThan(0);
    await sink.close();
    await sink.close();
    expect(chunks.every((chunk) => chunk.endsWith("}\n"))).toBe(true);
    expect(
      chunks
        .join("")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).line),
    ).toEqual(Array.from({ length: 100 }, (_, line) => line));
    // What gathers while the stream is busy goes in one piece.
    expect(chunks.length).toBeLessThan(5);
    expect([closed, sink.bufferedBytes]).toEqual([true, 0]);
    expect(() => sink.write("late")).toThrow("closed");
  });

  it("hands on text where the stream takes text", async () => {
    const chunks: string[] = [];
    const sink = streamSink(new WritableStream<string>({ write: (chunk) => void chunks.push(chunk) }), {
      as: "text",
    });
    sink.write("one");
    await sink.close();
    expect(chunks).toEqual(["one\n"]);
  });

  it("counts what a slow stream has not taken yet", async () => {
    const gate = Promise.withResolvers<void>();
    const sink = streamSink(new WritableStream<Uint8Array>({ write: () => gate.promise }));
    for (let line = 0; line < 10; line++) sink.write("123456789");
    expect(sink.bufferedBytes).toBe(100);
    gate.resolve();
    await sink.close();
    expect(sink.bufferedBytes).toBe(0);
  });

  it("throws at the next line, and at the end, what the stream failed with", async () => {
    const stream = new WritableStream<Uint8Array>({ write: () => Promise.reject(new Error("quota")) });
    const sink = streamSink(stream);
    sink.write("one");
    await new Promise((resolve) => setImmediate(resolve));
    expect(() => sink.write("two")).toThrow("quota");
    await expect(sink.close()).rejects.toThrow("quota");
  });
});
