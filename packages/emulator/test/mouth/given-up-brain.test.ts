import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import type { Brain, Plan } from "../../src/brain/plan.ts";
import { engine } from "../../src/engine/engine.ts";
import { sessions } from "../../src/mouth/sessions.ts";
import { base64, one, only, speech } from "../support/conversation.ts";
import { fakeClock } from "../support/fake-clock.ts";

/** A session whose brain answers when it is told to, and what it has been asked. */
function opened(kind: "realtime" | "translation" = "realtime", options = {}) {
  const clock = fakeClock();
  const events: ServerEvent[] = [];
  const problems: string[] = [];
  const closes: number[] = [];
  const asked: { signal: AbortSignal; give: (plan: unknown) => void; fail: (error: unknown) => void }[] = [];
  const brain: Brain = (_request, { signal }) =>
    // It may give what is no plan.
    new Promise<Plan>((give, fail) => asked.push({ signal, give: (plan) => give(plan as Plan), fail }));
  const onProblem = (problem: string) => problems.push(problem);
  const given = { clock, epochMs: () => 0, brain, brainTimeoutMs: 5000, onProblem, ...options };
  // The service sends server events.
  const send = (frame: string) => void events.push(JSON.parse(frame) as ServerEvent);
  const close = (code: number) => void closes.push(code);
  const session = sessions(given).open({ send, close }, { model: "gpt-realtime", kind });
  return {
    clock,
    events,
    problems,
    closes,
    asked,
    session,
    perform: (command: ClientEvent) => session.frame(JSON.stringify(command)),
    givenUp: () => asked.map(({ signal }) => signal.aborted),
  };
}

const poisoned = {
  get say(): string {
    throw new Error("do not read me");
  },
};

describe("a brain that never answers", () => {
  it("fails its response in time, with what the service would say, and the next one runs", async () => {
    const { clock, events, asked, perform, givenUp } = opened();
    perform({ type: "response.create" });
    await clock.advance(4999);
    expect(only(events, "response.done")).toEqual([]);
    expect(givenUp()).toEqual([false]);
    await clock.advance(1000);
    const { status, status_details, output } = one(events, "response.done").response;
    expect({ status, output }).toEqual({ status: "failed", output: [] });
    expect(status_details).toMatchObject({
      type: "failed",
      error: {
        type: "server_error",
        code: "brain_failed",
        message: "The brain has not answered within 5000 milliseconds (brainTimeoutMs).",
      },
    });
    expect(givenUp()).toEqual([true]);
    perform({ type: "response.create" });
    asked[1]?.give({ say: "Here I am." });
    await clock.advance(20_000);
    expect(only(events, "response.done").map(({ response }) => response.status)).toEqual([
      "failed",
      "completed",
    ]);
  });

  it("fails the translation of a passage, after which the session can end", async () => {
    const { clock, events, session, givenUp } = opened("translation");
    const audio = base64(speech("Hello", 1000));
    session.frame(JSON.stringify({ type: "session.input_audio_buffer.append", audio }));
    session.frame(JSON.stringify({ type: "session.close" }));
    await clock.advance(6000);
    expect(events.map(({ type }) => type)).toEqual(["session.created", "error", "session.closed"]);
    expect(events[1]).toMatchObject({ error: { code: "brain_failed" } });
    expect(givenUp()).toEqual([true]);
  });

  it("may be waited for without end, and has then no time of its own", async () => {
    const { clock, events, perform } = opened("realtime", { brainTimeoutMs: null, expireAfterMs: null });
    perform({ type: "response.create" });
    await clock.advance(10_000_000);
    expect(only(events, "response.done")).toEqual([]);
    expect(clock.waiting).toBe(0);
    for (const brainTimeoutMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => engine({ brainTimeoutMs })).toThrow("brainTimeoutMs");
    }
  });
});

describe("a brain that was given up", () => {
  it("is told when the response is cancelled, and no other one's", () => {
    const { perform, givenUp } = opened();
    perform({ type: "response.create" });
    perform({ type: "response.create", response: { conversation: "none" } });
    perform({ type: "response.cancel" });
    expect(givenUp()).toEqual([true, false]);
  });

  it("is told when the session is over", async () => {
    const left = opened();
    left.perform({ type: "response.create" });
    left.session.end();
    expect(left.givenUp()).toEqual([true]);
    const expired = opened("realtime", { expireAfterMs: 3000 });
    expired.perform({ type: "response.create" });
    await expired.clock.advance(3000);
    expect(expired.givenUp()).toEqual([true]);
  });

  it("is told when the user interrupts, and those out of band are not, and have their own time", async () => {
    const { clock, events, asked, session, perform, givenUp } = opened();
    perform({ type: "response.create" });
    await clock.advance(1000);
    for (const id of ["one", "other"]) {
      perform({ type: "response.create", response: { conversation: "none", metadata: { id } } });
    }
    const audio = base64(speech("Stop.", 0));
    session.frame(JSON.stringify({ type: "input_audio_buffer.append", audio }));
    expect(givenUp()).toEqual([true, false, false]);
    asked[2]?.give({ say: "Aside." });
    asked[0]?.give({ say: "Nobody listens." });
    await clock.advance(4900);
    expect(givenUp()).toEqual([true, false, false]);
    await clock.advance(100);
    expect(givenUp()).toEqual([true, true, false]);
    await clock.advance(5000);
    const ended = only(events, "response.done").map(({ response }) => [
      response.metadata?.id,
      response.status,
      response.status_details?.error?.code,
    ]);
    expect(ended).toEqual([
      [undefined, "cancelled", undefined],
      ["other", "completed", undefined],
      ["one", "failed", "brain_failed"],
    ]);
  });

  it("is not told once it has answered", async () => {
    const { clock, asked, session, perform, givenUp } = opened();
    perform({ type: "response.create" });
    asked[0]?.give({ say: "Hello." });
    await clock.advance(300);
    session.end();
    expect(givenUp()).toEqual([false]);
  });

  it.each<[string, (asked: { give: (plan: unknown) => void; fail: (error: unknown) => void }) => void]>([
    ["answers", ({ give }) => give({ say: "Too late." })],
    ["gives nonsense", ({ give }) => give(42)],
    ["gives what throws when it is read", ({ give }) => give(poisoned)],
    ["rejects", ({ fail }) => fail(new Error("Too late."))],
    ["rejects with what is no error", ({ fail }) => fail(undefined)],
  ])("changes nothing when it %s after all", async (_how, late) => {
    const { clock, events, problems, closes, asked, perform } = opened();
    perform({ type: "response.create" });
    await clock.advance(6000);
    perform({ type: "response.create" });
    const [first, second] = asked;
    if (first !== undefined) late(first);
    await clock.advance(100);
    second?.give({ tools: [{ name: "in_time" }] });
    await clock.advance(3000);
    expect(only(events, "response.done").map(({ response }) => response.output?.length)).toEqual([0, 1]);
    expect({ problems, closes }).toEqual({ problems: [], closes: [] });
  });
});

describe("a brain in time", () => {
  it("that gives what throws when it is read fails the response alone", async () => {
    const { clock, events, asked, perform, closes } = opened();
    perform({ type: "response.create" });
    asked[0]?.give(poisoned);
    await clock.advance(1000);
    expect(one(events, "response.done").response).toMatchObject({
      status: "failed",
      status_details: { error: { code: "brain_failed", message: "do not read me" } },
    });
    expect(closes).toEqual([]);
  });
});
