import type { LocalEvent } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { page } from "../../src/inspect/page.ts";
import { terminalText } from "../../src/inspect/terminal.ts";
import { timeline } from "../../src/inspect/timeline.ts";
import { local, server, tone } from "./conversation-entries.ts";

const place = { response_id: "resp_1", item_id: "a1", output_index: 0, content_index: 0 };

/** An answer of which a second has come in. */
const answer = [
  server(0, "response.created", { response: { id: "resp_1", status: "in_progress", output: [] } }),
  server(0, "conversation.item.added", {
    item: { id: "a1", type: "message", role: "assistant", status: "in_progress", content: [] },
  }),
  server(10, "response.output_audio.delta", { ...place, delta: tone(1000) }),
];
const report = { itemId: "a1", contentIndex: 0, heardMs: 400 };

/** What is read, in the terminal and on the page, of each thing that only this machine knows. */
const told = {
  "link.opened": [{ transport: "webrtc", audio: "media" }, "open over webrtc"],
  "link.closed": [{ code: 1011, reason: "Oops." }, "closed 1011 Oops."],
  "session.closing": [{}, "hung up: the program closes the session"],
  "link.frame": [{ link: 2, from: "server", text: "{}" }, "another link is made ready to take over"],
  "link.ended": [{ link: 2, code: 1006, reason: "" }, "the next link closed before it took over: 1006"],
  "link.retry": [
    { attempt: 3, delayMs: 10, code: 1006, reason: "" },
    "lost (1006), dialling again: attempt 3",
  ],
  "link.switched": [{ link: 2, reason: "reconnected" }, "went on over another one: reconnected"],
  "outbox.dropped": [{ frames: 1, bytes: 960 }, "1 microphone frame dropped: too much waited to be sent"],
  "command.unsent": [
    { commandId: "c1", code: "closed" },
    "a command was given up before it was sent: closed",
  ],
  "frame.undecodable": [
    { from: "server", text: "{half", reason: "cut" },
    "a frame of the server is no event: {half",
  ],
  "playback.progress": [report, "1 spoken reply, 0.40 s heard, 0.60 s never heard"],
  "playback.finished": [{ ...report, heardMs: 1000 }, "assistant 1 spoken reply, 1.00 s heard"],
  "playback.flushed": [report, "0.60 s never heard"],
  "response.requested": [{ policy: "queue" }, "the program asks for an answer, after those before it"],
  "response.withdrawn": [{ id: "r1" }, "the program takes back what it asked for"],
  "interrupt.requested": [{}, "the program stops the assistant"],
  "conversation.restored": [{ state: { items: [{}, {}] } }, "goes on with 2 items from before"],
  "budget.reached": [
    { limit: "tokens", spent: 12, most: 10 },
    "the budget is used up: 12 of 10 tokens; no answer is asked for",
  ],
  "budget.lifted": [{}, "there is budget again: answers are asked for"],
} satisfies { readonly [T in LocalEvent["type"]]: readonly [Record<string, unknown>, string] };

const plain = (text: string) => text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

describe("what only this machine knew", () => {
  it.each(Object.entries(told))("%s is told in plain words", (type, [fields, words]) => {
    const shown = timeline([...answer, local(20, type, fields), server(1000, "rate_limits.updated")]);
    expect(plain(terminalText(shown, 200))).toContain(words);
    // A page sums a reply up in its tiles, with words of its own.
    const onPage = words.match(/[\d.]+ s (never )?heard/)?.[0].replace(" heard", "") ?? words;
    expect(plain(page(shown, "test"))).toContain(onPage);
  });

  it.each(Object.keys(told))("%s is told all the same where a recording lacks its fields", (type) => {
    const text = terminalText(timeline([...answer, local(20, type)]), 100);
    expect(text).not.toMatch(/undefined|NaN|null|\(\)/);
  });

  it("of many frames over another link, the first one alone", () => {
    const frame = (at: number, link: number) => local(at, "link.frame", { link, from: "server", text: "{}" });
    const shown = timeline([
      frame(1, 2),
      frame(2, 2),
      local(3, "link.ended", { link: 2, code: 1006, reason: "" }),
      frame(4, 3),
      frame(5, 3),
      local(6, "link.switched", { link: 3, reason: "rolled over" }),
      frame(7, 1),
      frame(8, 1),
    ]);
    expect(shown.marks.map(({ at, kind, text }) => `${at} ${kind} ${text}`)).toEqual([
      "1 link another link is made ready to take over",
      "3 error the next link closed before it took over: 1006",
      "4 link another link is made ready to take over",
      "6 link went on over another one: rolled over",
      "7 link frames still come over the link before",
    ]);
  });
});
