import { fromHistory } from "@duologue/conversation";
import type { Item } from "@duologue/protocol";
import { expect } from "vitest";
import type { Flow } from "./flow.ts";
import { listening, says, writing } from "./scenery.ts";
import { came, endings, lines, noted, requests, retold, sent, told } from "./shown.ts";

/** An id as another service makes them: longer than this one takes. */
const long = (name: string) => `${name}_5299a728-79ca-4b75-9359-8f19c4470b4e`;

/** Sessions end, and the conversation goes on. */
export const continuity: readonly Flow[] = [
  {
    name: "link-lost",
    about: "The link is cut in the middle of an answer, and the next session is told what was said.",
    service: {
      textPieceMs: 50,
      scenario: {
        turns: [
          { say: "Hello there!" },
          { say: "This is going to be cut off.", faults: [{ type: "cut", afterMs: 350 }] },
          { say: "Nobody hears this one." },
        ],
      },
    },
    session: writing,
    async run({ talk, wait }) {
      await talk.say("Hello!");
      await wait(1_000);
      await talk.say("Go on.");
      await wait(3_000);
      await talk.say("Well?");
      await wait(2_000);
    },
    shows(lived) {
      expect(noted(lived)).toEqual(expect.arrayContaining(["link.closed", "link.retry", "link.switched"]));
      expect(endings(lived)).toEqual(["completed", "incomplete: link_lost", "completed"]);
      expect(told(lived)).toEqual(["Hello!", "Hello there!", "Go on.", "This is going"]);
      expect(lines(lived)).toHaveLength(6);
    },
  },
  {
    name: "lost-before-a-sound",
    about: "The link is lost when an answer has words and no sound yet: it is asked for again.",
    service: {
      scenario: {
        turns: [
          says("Once more.", 300),
          says("Nobody hears this one.", 1_000, {
            faults: [{ type: "cut", event: "response.output_audio_transcript.delta", afterMs: 5 }],
          }),
        ],
      },
    },
    session: listening,
    async run({ talk, wait }) {
      await talk.say("Hello!");
      await wait(1_000);
      await talk.say("Go on.");
      await wait(3_000);
    },
    shows(lived) {
      expect(endings(lived)).toEqual(["completed", "incomplete: link_lost", "completed"]);
      expect(requests(lived)).toEqual(["respond_1 done", "respond_2 done"]);
      expect(sent(lived, "response.create")).toHaveLength(3);
      expect(told(lived)).toEqual(["Hello!", "Once more.", "Go on."]);
      expect(lines(lived)).toEqual([
        ...["user: Hello!", "assistant: Once more.", "user: Go on."],
        ...["assistant: ✂", "assistant: Once more."],
      ]);
    },
  },
  {
    name: "rolled-over",
    about: "A session that is going to expire hands over to the next one, which knows what was said.",
    service: { expireAfterMs: 4_000, scenario: { turns: [{ say: "Hello there!" }, { say: "Still here." }] } },
    session: writing,
    rollOver: { beforeMs: 2_000, patienceMs: 1_000 },
    async run({ talk, wait }) {
      await talk.say("Hello!");
      await wait(3_500);
      await talk.say("Are you there?");
      await wait(1_000);
    },
    shows(lived) {
      expect(noted(lived)).toContain("link.switched");
      expect(noted(lived)).not.toContain("link.retry");
      expect(told(lived).slice(0, 2)).toEqual(["Hello!", "Hello there!"]);
      expect(endings(lived)).toEqual(["completed", "completed"]);
      expect(lines(lived)).toHaveLength(4);
    },
  },
  {
    name: "restored",
    about: "A conversation that was held elsewhere goes on here.",
    service: { scenario: { turns: [{ say: "Ada." }] } },
    session: writing,
    options: {
      from: fromHistory([
        { role: "system", text: "The user is called Ada." },
        { role: "user", text: "Hello." },
        { role: "assistant", text: "Hello, Ada." },
      ]),
    },
    async run({ talk, wait }) {
      await talk.say("What is my name?");
      await wait(1_000);
    },
    shows(lived) {
      expect(noted(lived)).toContain("conversation.restored");
      expect(sent(lived, "conversation.item.create")).toHaveLength(4);
      expect(lines(lived)).toEqual([
        ...["system: The user is called Ada.", "user: Hello.", "assistant: Hello, Ada."],
        ...["user: What is my name?", "assistant: Ada."],
      ]);
    },
  },
  {
    name: "retold-after-a-loss",
    about:
      "The link is lost while an answer plays: the next session is told all of it, and then only what was heard.",
    service: {
      pace: 50,
      scenario: {
        turns: [
          says("Hello.", 300),
          says("This is a long answer, of which only the beginning is ever heard.", 5_000, {
            faults: [{ type: "cut", event: "response.done", afterMs: 200 }],
          }),
        ],
      },
    },
    session: listening,
    async run({ talk, wait }) {
      await talk.say("Hello?");
      await wait(1_000);
      await talk.say("Tell me.");
      await wait(2_500);
      talk.interrupt();
      await wait(500);
      await talk.say("What did you say?");
      await wait(1_500);
    },
    shows(lived) {
      expect(told(lived).at(-1)).toBe("This is a long answer, of which only the beginning is ever heard.");
      expect(lines(lived)[3]).toBe("assistant: This is a long answer, of ✂");
      expect(retold(lived)).toEqual(["This is a long answer, of"]);
      expect(sent(lived, "conversation.item.truncate")).toEqual([]);
      expect(endings(lived)).toEqual(["completed", "completed", "completed"]);
    },
  },
  {
    name: "said-while-away",
    about:
      "What waits for the next session names what that one knows: items with long ids by shorter ones, and in place of one that is gone the one before it.",
    service: {
      textPieceMs: 50,
      scenario: {
        turns: [
          { say: "I am." },
          { say: "This is going to be cut off.", faults: [{ type: "cut", afterMs: 350 }] },
        ],
      },
    },
    session: writing,
    options: {
      from: fromHistory([
        { role: "system", text: "Be kind.", id: long("kind") },
        { role: "user", text: "Hello.", id: long("hello") },
        { role: "assistant", text: "Hello!", id: long("answer") },
      ]),
    },
    async run({ talk, session, wait }) {
      const note = (text: string): Item => ({
        ...{ type: "message", role: "system", content: [{ type: "input_text", text }] },
      });
      const asked: Promise<unknown>[] = [];
      session.log$.subscribe(({ event }) => {
        if (event.type !== "link.retry") return;
        asked.push(
          talk.addItem(note("Behind the answer."), { after: long("answer") }),
          talk.addItem(note("Behind the rule."), { after: long("kind") }),
          talk.deleteItem(long("kind")),
        );
      });
      await talk.say("Are you there?");
      await wait(1_000);
      await talk.deleteItem(long("answer"));
      await talk.say("Go on.");
      await wait(2_000);
      await Promise.all(asked);
      await talk.say("Well?");
      await wait(1_000);
    },
    shows(lived) {
      expect(came(lived, "error")).toEqual([]);
      expect(noted(lived)).toContain("link.switched");
      expect(told(lived)).toEqual([
        ...["Be kind.", "Hello.", "Are you there?", "I am.", "Go on.", "This is going"],
      ]);
      const ids = [
        ...sent(lived, "conversation.item.delete").map(({ item_id }) => item_id),
        ...sent(lived, "conversation.item.create").map(({ previous_item_id: behind }) => behind ?? ""),
      ];
      expect(ids.filter((id) => id.length > 32)).toEqual([]);
      expect(lines(lived)).toEqual([
        ...["system: Behind the rule.", "user: Hello.", "system: Behind the answer.", "user: Are you there?"],
        ...[
          "assistant: I am.",
          "user: Go on.",
          "assistant: This is going",
          "user: Well?",
          "assistant: I am.",
        ],
      ]);
    },
  },
  {
    name: "rolled-over-while-played",
    about: "A session hands over while an answer still plays: the next one learns where the user stopped it.",
    service: {
      pace: 50,
      expireAfterMs: 10_000,
      scenario: {
        turns: [says("This is a long answer, of which only the beginning is ever heard.", 8_000)],
      },
    },
    session: listening,
    rollOver: { beforeMs: 7_000, patienceMs: 500 },
    async run({ talk, speak, wait }) {
      await talk.say("Tell me.");
      await wait(4_200);
      await speak(500);
      await wait(300);
    },
    shows(lived) {
      expect(noted(lived).filter((type) => type.startsWith("link"))).toEqual([
        ...["link.opened", "link.switched", "link.closed"],
      ]);
      expect(told(lived).at(-1)).toBe("This is a long answer, of which only the beginning is ever heard.");
      expect(retold(lived)).toEqual(["This is a long answer, of"]);
      expect(lines(lived)[1]).toBe("assistant: This is a long answer, of ✂");
    },
  },
];
