import { openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { realtimeSession, recording, type Transport } from "../src/index.ts";
import { manualClock } from "./manual-clock.ts";

/** Lets promises settle. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A session whose transport asks a person something, as often as the test wants, and never opens. */
function setUp(decorated: (transport: Transport) => Transport = (transport) => transport) {
  const clock = manualClock();
  let asking: (answered: Promise<unknown>) => void = () => {};
  const transport: Transport = {
    name: "asking",
    audio: "media",
    open(_, options = {}) {
      asking = options.asking ?? asking;
      return new Promise((_, reject) =>
        options.signal?.addEventListener("abort", () => reject(options.signal?.reason)),
      );
    },
  };
  const session = realtimeSession({
    transport: decorated(transport),
    protocol: openaiRealtime,
    clock,
    connectTimeoutMs: 5_000,
  });
  const opening = session.open();
  let failure: unknown;
  opening.catch((error: unknown) => {
    failure = error;
  });
  return {
    clock,
    session,
    failure: () => failure,
    ask() {
      const question = Promise.withResolvers<void>();
      asking(question.promise);
      return question;
    },
  };
}

describe("a person who is asked while a session opens", () => {
  it.each(["resolve", "reject"] as const)(
    "has all the time in the world, and the limit begins anew then: %s",
    async (answer) => {
      const { clock, failure, ask } = setUp();
      clock.advance(4_999);
      const question = ask();
      clock.advance(3_600_000);
      await settle();
      expect(failure()).toBeUndefined();
      question[answer]();
      await settle();
      clock.advance(4_999);
      await settle();
      expect(failure()).toBeUndefined();
      clock.advance(1);
      await settle();
      expect(failure()).toMatchObject({
        code: "timeout",
        message:
          "Opening took more than 5000 ms. Nothing answered. Check the address, the network, and the function that gives the key where there is one.",
      });
      expect(clock.pending).toBe(0);
    },
  );

  it("is waited for until the last question", async () => {
    const { clock, failure, ask } = setUp();
    const [first, second] = [ask(), ask()];
    second.resolve();
    await settle();
    clock.advance(60_000);
    await settle();
    expect(failure()).toBeUndefined();
    first.resolve();
    await settle();
    clock.advance(5_000);
    await settle();
    expect(failure()).toMatchObject({ code: "timeout" });
  });

  it("may answer when all is over", async () => {
    const { clock, session, failure, ask } = setUp();
    const question = ask();
    await session.close();
    expect(failure()).toMatchObject({ code: "closed" });
    question.resolve();
    await settle();
    expect(clock.pending).toBe(0);
  });

  it("is waited for behind a recording, too", async () => {
    const lines = { write() {} };
    const { clock, failure, ask } = setUp((inner) => recording(inner, { sink: lines, protocol: "p" }));
    ask();
    clock.advance(60_000);
    await settle();
    expect(failure()).toBeUndefined();
  });
});
