import type { Entry } from "@duologue/core";
import { clientEvents, serverEvents } from "@duologue/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { page } from "../../src/inspect/page.ts";
import { storyOf } from "../../src/inspect/story.ts";
import { summaryOf } from "../../src/inspect/summary.ts";
import { terminalText } from "../../src/inspect/terminal.ts";
import { timeline } from "../../src/inspect/timeline.ts";
import { bargeIn, client, local, server, tone } from "./conversation-entries.ts";

describe("the timeline of a barge-in", () => {
  const { turns, replies, calls, responses, marks, pauses, levels, ...rest } = timeline(bargeIn, {
    duologue: 1,
    protocol: "openai-realtime",
    description: "a test",
    redacted: ["text"],
  });

  it("says what was recorded", () => {
    expect(rest).toEqual({
      protocol: "openai-realtime",
      model: "gpt-realtime",
      description: "a test",
      redacted: ["text"],
      timed: true,
      endAt: 6000,
      entries: bargeIn.length,
      texts: [],
      budgetStops: [],
    });
  });

  it("puts the user's voice where it was on the microphone, without padding and the wait for silence", () => {
    expect(turns).toEqual([
      // 400 ms of the sound and 100 ms of padding, which was sent from 100 ms on.
      { itemId: "u1", startAt: 600, endAt: 1100, transcript: "What is the weather?", transcribedAt: 1710 },
      // Nobody said when it ended.
      { itemId: "u2", startAt: 2300, endAt: 6000, transcript: "" },
    ]);
  });

  it("tells what came in from what was heard, and where it was cut", () => {
    expect(replies).toEqual([
      {
        itemId: "a1",
        contentIndex: 0,
        responseId: "resp_1",
        receivedFrom: 1600,
        receivedTo: 1700,
        soundMs: 2000,
        heardFrom: 1620,
        heardTo: 2320,
        unheardTo: 3620,
        heardMs: 700,
        cutMs: 700,
        cutAt: 2320,
        estimated: false,
        transcript: "One two three four",
        heardText: "One two",
      },
    ]);
  });

  it("follows calls to their answers, and responses to their ends", () => {
    expect(calls).toEqual([
      {
        itemId: "f1",
        kind: "function",
        name: "look_up",
        arguments: '{"what": "weather"}',
        from: 1410,
        calledAt: 1450,
        answeredAt: 1500,
        output: '{"sky":"clear"}',
        failed: false,
      },
    ]);
    expect(responses).toEqual([
      {
        id: "resp_0",
        from: 1400,
        to: 1460,
        status: "completed",
        outOfBand: false,
        inputTokens: 10,
        outputTokens: 2,
      },
      {
        id: "resp_1",
        from: 1550,
        to: 2330,
        status: "cancelled",
        reason: "turn_detected",
        outOfBand: false,
        inputTokens: 30,
        outputTokens: 20,
      },
    ]);
  });

  it("marks what happened besides, and the wait for the answer", () => {
    expect(marks).toEqual([
      { at: 0, kind: "link", text: "open over websocket" },
      { at: 10, kind: "session", text: "created: gpt-realtime" },
      { at: 2400, kind: "error", text: "oops: No & <no>." },
      { at: 6000, kind: "error", text: "closed 1006" },
    ]);
    expect(pauses).toEqual([{ from: 1100, to: 1620, before: "answer" }]);
  });

  it("knows how loud it was, and when", () => {
    const { stepMs, microphone } = levels;
    expect(stepMs).toBe(20);
    const loud = microphone.flatMap((level, step) => (level > 0 ? [step * stepMs] : []));
    // The sixth to the tenth piece of 100 ms, of a microphone that began at 100 ms.
    expect([loud[0], loud.at(-1)]).toEqual([600, 1080]);
    expect(levels.replies["a1/0"]).toHaveLength(100);
    expect(levels.replies["a1/0"]?.every((level) => level > 70 && level <= 100)).toBe(true);
  });

  it("sums up", () => {
    const shown = timeline(bargeIn);
    expect(summaryOf(shown)).toEqual({
      userMs: 4200,
      heardMs: 700,
      unheardMs: 1300,
      cuts: 1,
      answerMs: 520,
      slowestAnswerMs: 520,
      errors: 2,
      inputTokens: 40,
      outputTokens: 22,
    });
  });
});

describe("a timeline", () => {
  const place = { response_id: "r", output_index: 0, content_index: 0 };

  it("takes answers as played when they came, one after the other, where no player told", () => {
    const { replies } = timeline([
      server(100, "response.output_audio.delta", { ...place, item_id: "a", delta: tone(1000) }),
      server(200, "response.output_audio.delta", { ...place, item_id: "b", delta: tone(500) }),
      server(3000, "conversation.item.truncated", { item_id: "b", content_index: 0, audio_end_ms: 300 }),
    ]);
    expect(
      replies.map(({ heardFrom, heardTo, estimated, cutMs }) => ({ heardFrom, heardTo, estimated, cutMs })),
    ).toEqual([
      { heardFrom: 100, heardTo: 1100, estimated: true, cutMs: undefined },
      { heardFrom: 1100, heardTo: 1400, estimated: true, cutMs: 300 },
    ]);
  });

  it("takes the server's word where the sound travels on a media track", () => {
    const { replies } = timeline([
      server(100, "response.output_audio_transcript.delta", { ...place, item_id: "a", delta: "Hello there" }),
      server(150, "output_audio_buffer.started", { response_id: "r" }),
      server(900, "output_audio_buffer.cleared", { response_id: "r" }),
      server(910, "conversation.item.truncated", { item_id: "a", content_index: 0, audio_end_ms: 740 }),
    ]);
    expect(replies).toMatchObject([
      { heardFrom: 150, heardTo: 900, cutMs: 740, cutAt: 910, estimated: false, transcript: "Hello there" },
    ]);
    expect(replies[0]).not.toHaveProperty("soundMs");
  });

  it("knows push-to-talk from what was sent before the commit", () => {
    const { turns } = timeline([
      client(500, "input_audio_buffer.append", { audio: tone(100) }),
      client(600, "input_audio_buffer.append", { audio: tone(100) }),
      client(610, "input_audio_buffer.commit"),
      server(650, "input_audio_buffer.committed", { item_id: "u" }),
    ]);
    expect(turns).toEqual([{ itemId: "u", startAt: 400, endAt: 650, transcript: "" }]);
  });

  it("has what was written by both, and the tools of MCP servers", () => {
    const { texts, calls } = timeline([
      client(1, "conversation.item.create", {
        item: { type: "message", role: "user", content: [{ type: "input_text", text: "Hi" }] },
      }),
      server(2, "response.output_text.delta", { ...place, item_id: "a", delta: "Good " }),
      server(5, "response.output_text.delta", { ...place, item_id: "a", delta: "day" }),
      server(6, "response.output_item.added", {
        ...place,
        item: { id: "m", type: "mcp_call", name: "search", arguments: "", server_label: "s" },
      }),
      server(7, "response.mcp_call_arguments.done", { ...place, item_id: "m", arguments: "{}" }),
      server(9, "response.mcp_call.failed", { output_index: 0, item_id: "m" }),
    ]);
    expect(texts).toEqual([
      { itemId: "", who: "user", from: 1, to: 1, text: "Hi" },
      { itemId: "a", who: "assistant", from: 2, to: 5, text: "Good day" },
    ]);
    expect(calls).toMatchObject([
      { kind: "mcp", name: "search", from: 6, calledAt: 7, answeredAt: 9, failed: true },
    ]);
  });

  it("has an MCP call answered when its server was done, not when its response was", () => {
    const call = { id: "m", type: "mcp_call", name: "search", arguments: "{}", output: null, error: null };
    const result = { ...call, output: "" };
    const wanted = [
      server(6, "response.output_item.added", { ...place, item: call }),
      server(7, "response.mcp_call_arguments.done", { ...place, item_id: "m", arguments: "{}" }),
      server(8, "response.output_item.done", { ...place, item: call }),
    ];
    const completed = server(30, "response.mcp_call.completed", { output_index: 0, item_id: "m" });
    const done = (at: number, item: object) => server(at, "conversation.item.done", { item });
    const answeredAt = (...entries: Parameters<typeof timeline>[0]) =>
      timeline([...wanted, ...entries]).calls[0]?.answeredAt;
    expect(answeredAt()).toBeUndefined();
    expect(answeredAt(completed, done(40, result))).toBe(30);
    // Where the service tells of the item alone.
    expect(answeredAt(done(40, result))).toBe(40);
    expect(answeredAt(done(40, { ...call, error: { type: "http_error" } }))).toBe(40);
  });

  it("tells pauses of a second and more, and every wait for an answer", () => {
    const speak = (id: string, from: number, to: number) => [
      server(from, "input_audio_buffer.speech_started", { item_id: id }),
      server(to, "input_audio_buffer.speech_stopped", { item_id: id }),
    ];
    const { pauses } = timeline([
      ...speak("u1", 0, 1000),
      ...speak("u2", 1900, 2500),
      ...speak("u3", 3600, 4000),
      server(4100, "response.output_audio.delta", { ...place, item_id: "a", delta: tone(400) }),
      ...speak("u4", 9000, 9500),
    ]);
    expect(pauses).toEqual([
      { from: 2500, to: 3600, before: "same" },
      { from: 4000, to: 4100, before: "answer" },
      { from: 4500, to: 9000, before: "user" },
    ]);
  });

  it("says how links were lost and replaced, and what could not be sent", () => {
    const { marks } = timeline([
      local(1, "link.retry", { attempt: 2, delayMs: 10, code: 1006, reason: "" }),
      local(2, "link.switched", { link: 2, reason: "reconnected" }),
      local(3, "outbox.dropped", { frames: 7, bytes: 900 }),
      local(4, "frame.undecodable", { from: "server", text: "{", reason: "cut" }),
      server(5, "session.updated", { session: {} }),
      server(6, "session.updated", { session: {} }),
    ]);
    expect(marks.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
      "error: lost (1006), dialling again: attempt 2",
      "link: went on over another one: reconnected",
      "error: 7 microphone frames dropped: too much waited to be sent",
      "error: a frame of the server is no event: {",
      "session: configured",
      "session: configured anew",
    ]);
  });

  it("says when a budget stopped the asking, at which tokens or cost, and when it went on", () => {
    const reached = { limit: "cost", spent: 0.01324, most: 0.01 };
    const shown = timeline([
      local(0, "conversation.restored", {
        state: {
          items: [{}, {}],
          budget: { limit: "tokens", spent: 1031, most: 1000, serverAnswered: true },
        },
      }),
      local(2_000, "budget.lifted"),
      local(5_000, "budget.reached", reached),
      local(6_000, "budget.reached", { limit: "tokens", spent: 9, most: 1 }),
    ]);
    expect(shown.budgetStops).toEqual([
      { from: 0, to: 2_000, limit: "tokens", spent: 1031, most: 1000 },
      { ...reached, from: 5_000 },
    ]);
    expect(shown.marks.map(({ kind, text }) => `${kind}: ${text}`).slice(0, 3)).toEqual([
      "session: goes on with 2 items from before",
      "notice: there is budget again: answers are asked for",
      "notice: the budget is used up: a cost of 0.01324 of 0.01; no answer is asked for",
    ]);
    expect(terminalText(shown, 120)).toMatch(
      /budget +stopped at 1,031 of 1,000 tokens for 2.00 s, stopped at a cost of 0.01324 of 0.01, for good/,
    );
    expect(page(shown, "money")).toContain(
      "<dt>Stopped by the budget</dt><dd><strong>2 times</strong><small>a cost of 0.01324 of 0.01</small>",
    );
  });

  it("without a clock puts everything at the number of its entry", () => {
    const shown = timeline(bargeIn.map((entry) => ({ ...entry, at: null })));
    const indexOf = (type: string) => bargeIn.findIndex(({ event }) => event.type === type);
    expect(shown).toMatchObject({ timed: false, endAt: bargeIn.length - 1, pauses: [] });
    expect(shown.turns[0]).toMatchObject({
      startAt: indexOf("input_audio_buffer.speech_started"),
      endAt: indexOf("input_audio_buffer.speech_stopped"),
    });
    expect(shown.replies[0]).toMatchObject({
      receivedFrom: indexOf("response.output_audio.delta"),
      heardFrom: indexOf("playback.progress"),
      heardTo: indexOf("playback.flushed"),
      cutMs: 700,
    });
    expect(summaryOf(shown)).toMatchObject({ userMs: 0, heardMs: 700 });
  });

  it("of nothing is empty, and can be shown", () => {
    const shown = timeline([]);
    expect(shown).toMatchObject({ endAt: 0, turns: [], replies: [], timed: false });
    expect(terminalText(shown, 80)).toContain("nothing was recorded");
    expect(page(shown, "nothing")).toContain("nothing");
  });
});

describe("whatever was recorded", () => {
  const types = [
    ...Object.keys(clientEvents),
    ...Object.keys(serverEvents),
    "link.frame",
    "playback.progress",
    "budget.reached",
    "budget.lifted",
    "conversation.restored",
  ];
  const anyEntry: fc.Arbitrary<Entry> = fc
    .record({
      at: fc.option(fc.double({ min: -10, max: 1e7, noNaN: true })),
      from: fc.constantFrom("server", "client", "local"),
      type: fc.constantFrom(...types),
      fields: fc.dictionary(
        fc.constantFrom(
          "item_id",
          "item",
          "response",
          "delta",
          "audio",
          "session",
          "error",
          "audio_end_ms",
          "heardMs",
        ),
        fc.oneof(fc.string(), fc.double(), fc.constant(null), fc.object({ maxDepth: 2 })),
      ),
    })
    .map(({ at, from, type, fields }) => ({ at, from, event: { ...fields, type } }) as unknown as Entry);

  it("can be laid out and shown, and nothing lies outside", () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { maxLength: 30 }), (entries) => {
        const shown = timeline(entries);
        const places = [
          ...shown.turns.flatMap(({ startAt, endAt }) => [startAt, endAt]),
          ...shown.replies.flatMap(({ heardFrom = 0, heardTo = 0 }) => [heardFrom, heardTo]),
          ...shown.responses.flatMap(({ from, to }) => [from, to]),
          ...storyOf(shown).map(({ at }) => at),
        ];
        for (const place of places) {
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(shown.endAt);
        }
        expect(terminalText(shown, 60)).toMatch(/\n$/);
        expect(page(shown, "any")).toMatch(/<\/html>\n$/);
      }),
      { numRuns: 100 },
    );
  });
});

describe("the timeline of a session in the names of the beta", () => {
  const retired = {
    "conversation.item.added": "conversation.item.created",
    "response.output_audio.delta": "response.audio.delta",
    "response.output_audio_transcript.delta": "response.audio_transcript.delta",
  };
  const spoken = bargeIn.map((entry): Entry => {
    const was = new Map(Object.entries(retired)).get(entry.event.type);
    return entry.from !== "server" || was === undefined
      ? entry
      : { ...entry, event: { ...entry.event, type: was } };
  });

  it("is that of the same session in today's", () => {
    const names = new Set(spoken.map(({ event }) => event.type));
    for (const name of Object.values(retired)) expect(names).toContain(name);
    expect(timeline(spoken)).toEqual(timeline(bargeIn));
  });
});

it("a link that ended before it took over is marked", () => {
  const entries = [
    local(0, "link.opened", { transport: "websocket", audio: "events" }),
    local(10, "link.ended", { link: 2, code: 1011, reason: "not now" }),
  ];
  expect(timeline(entries).marks).toContainEqual(
    expect.objectContaining({ text: "the next link closed before it took over: 1011 not now" }),
  );
});
