import { memoryTransport, recording } from "@duologue/core";
import { describe, expect, it, vi } from "vitest";
import { transportConformance } from "../src/index.ts";
import { memoryHarness } from "./memory-harness.ts";
import { replayHarness } from "./replay-harness.ts";

const recordedHarness = () =>
  memoryHarness((options) => recording(memoryTransport(options), { protocol: "any", sink: { write() {} } }));

const transports = { "in-memory": memoryHarness, recorded: recordedHarness, replay: replayHarness };

describe.each(Object.entries(transports))("the %s transport conforms", (_, harness) => {
  for (const { id, rule, needs, run } of transportConformance) {
    // The source search is for adapters; what it finds is tested below.
    if (needs !== "sources") it(`${id}: ${rule}`, () => run(harness()));
  }
});

describe("transportConformance", () => {
  it("names each case once, by group and rule", () => {
    const ids = transportConformance.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, rule } of transportConformance) {
      expect(id).toMatch(/^[a-z]+\/[a-z-]+$/);
      expect(rule).toMatch(/^[A-Z`].*\.$/);
    }
  });

  it("says what it waits for before a test runner loses its patience", async () => {
    vi.useFakeTimers();
    try {
      const { patienceMs: _, ...harness } = memoryHarness();
      const never = { name: "never", audio: "events", open: () => new Promise<never>(() => {}) } as const;
      const [first] = transportConformance;
      const run = first?.run({ ...harness, transport: () => never });
      const failed = expect(run).rejects.toThrow("Waited in vain for open to reject (4000 ms).");
      await vi.advanceTimersByTimeAsync(4_000);
      await failed;
    } finally {
      vi.useRealTimers();
    }
  });

  describe("source/no-event-names", () => {
    const searched = async (...sources: string[]) => {
      const rule = transportConformance.find(({ id }) => id === "source/no-event-names");
      await rule?.run({ ...memoryHarness(), sources: async () => sources });
    };

    it("passes a source without event names", async () => {
      await searched("session.send(frame); response.statusCode", 'reason === "session ended."');
    });

    it.each(['"session.update"', "'input_audio_buffer.append'", "`response.done`"])(
      "finds %s",
      async (name) => {
        await expect(searched("const a = 1;", `if (type === ${name}) skip();`)).rejects.toThrow(
          /names an event/,
        );
      },
    );

    it("asks for at least one source", async () => {
      await expect(searched()).rejects.toThrow(/no sources/);
    });
  });
});
