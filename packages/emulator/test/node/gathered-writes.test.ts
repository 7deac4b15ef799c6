import { Writable } from "node:stream";
import { setImmediate as turnOver } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { gatheredWrites } from "../../src/node/gathered-writes.ts";

/** A stream that notes each call into the system. */
function system() {
  const calls: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      calls.push(String(chunk));
      done();
    },
    writev(chunks, done) {
      calls.push(chunks.map(({ chunk }) => String(chunk)).join(""));
      done();
    },
  });
  return { calls, stream, ...gatheredWrites(stream) };
}

describe("gathered writes", () => {
  it("are one, once what runs now is over", async () => {
    const { calls, stream, hold } = system();
    for (const text of ["a", "b", "c"]) {
      hold();
      stream.write(text);
    }
    expect(calls).toEqual([]);
    await turnOver();
    expect(calls).toEqual(["abc"]);
    hold();
    stream.write("d");
    await turnOver();
    expect(calls).toEqual(["abc", "d"]);
  });

  it("are written before, where that is wanted, and what follows is gathered anew", async () => {
    const { calls, stream, hold, release } = system();
    release();
    hold();
    stream.write("a");
    release();
    expect(calls).toEqual(["a"]);
    hold();
    stream.write("b");
    await turnOver();
    expect(calls).toEqual(["a", "b"]);
    expect(stream.writableCorked).toBe(0);
  });
});
