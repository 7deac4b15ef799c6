import { budget } from "@duologue/conversation";
import { expect } from "vitest";
import type { Flow } from "./flow.ts";
import { listening, says, writing } from "./scenery.ts";
import { came, endings, lines, requests, sent } from "./shown.ts";

const prices = { input: { text: 4, audio: 32 }, output: { text: 16, audio: 64 } };

/** Who answers when. */
export const answers: readonly Flow[] = [
  {
    name: "out-of-band",
    about: "A summary is made beside the conversation while an answer runs.",
    service: {
      textPieceMs: 50,
      scenario: { turns: [{ say: "A longer answer, word by word by word." }, { say: "in short" }] },
    },
    session: writing,
    async run({ talk, wait }) {
      await talk.say("Tell me something.");
      await wait(300);
      talk.respond({ response: { conversation: "none", metadata: { topic: "summary" } } });
      await wait(2_000);
    },
    shows(lived) {
      expect(lines(lived)).toEqual([
        "user: Tell me something.",
        "assistant: A longer answer, word by word by word.",
      ]);
      expect(lived.state.responses.map(({ outOfBand }) => outOfBand)).toEqual([false, true]);
      const types = lived.log.map(({ event }) => event.type);
      // It began before the other one was over.
      expect(types.lastIndexOf("response.created")).toBeLessThan(types.indexOf("response.done"));
    },
  },
  {
    name: "requests-for-answers",
    about: "Requests that queue, share an answer, replace what runs, and are withdrawn.",
    service: {
      textPieceMs: 120,
      scenario: {
        turns: Array.from({ length: 8 }, (_, turn) => ({ say: `This is answer number ${turn + 1}.` })),
      },
    },
    session: writing,
    async run({ talk, wait }) {
      talk.respond();
      talk.respond();
      await wait(300);
      talk.respond({ policy: "queue" });
      const last = talk.respond({ policy: "queue" });
      talk.withdraw(last);
      await wait(1_500);
      talk.respond({ policy: "replace", response: { instructions: "Start again." } });
      await wait(2_000);
    },
    shows(lived) {
      expect(requests(lived)).toEqual([
        ...["respond_1 done", "respond_2 done", "respond_3 dropped", "respond_4 dropped", "respond_5 done"],
      ]);
      expect(endings(lived)).toEqual(["completed", "completed", "cancelled: client_cancelled", "completed"]);
      expect(came(lived, "error")).toEqual([]);
    },
  },
  {
    name: "race-with-the-servers-answer",
    about: "What is asked for while the server is about to answer by itself.",
    service: {
      pace: 20,
      scenario: { turns: [says("You were heard.", 300), says("And you were read.", 300)] },
    },
    session: listening,
    async run({ talk, speak, wait }) {
      await speak(400, 200);
      const said = talk.say("By the way …");
      await speak(0, 500);
      await said;
      await wait(2_500);
    },
    shows(lived) {
      expect(lines(lived)).toEqual([
        ...["user: ", "user: By the way …", "assistant: You were heard.", "assistant: And you were read."],
      ]);
      expect(sent(lived, "response.create")).toHaveLength(1);
      expect(came(lived, "error")).toEqual([]);
    },
  },
  {
    name: "race-lost",
    about:
      "The server has begun to answer by itself when our request arrives: it is made again when that is over.",
    service: {
      pace: 1,
      scenario: {
        turns: [says("You were heard.", 1_500), says("And you were read.", 300)],
        faults: [{ type: "delay", event: "input_audio_buffer.*", count: "all", ms: 2_000 }],
      },
    },
    session: listening,
    async run({ talk, speak, wait }) {
      await speak(400, 700);
      await talk.say("By the way …");
      await wait(6_000);
    },
    shows(lived) {
      expect(came(lived, "error")).toMatchObject([
        { error: { code: "conversation_already_has_active_response" } },
      ]);
      expect(sent(lived, "response.create")).toHaveLength(2);
      expect(requests(lived)).toEqual(["respond_1 done"]);
      expect(lines(lived).at(-1)).toBe("assistant: And you were read.");
    },
  },
  {
    name: "cancelled-on-arrival",
    about: "A request is withdrawn before its answer has begun: the answer is cancelled when it does.",
    service: {
      textPieceMs: 50,
      scenario: {
        turns: [{ say: "Nobody wants this one any more." }, { say: "This one is wanted." }],
      },
    },
    session: writing,
    async run({ talk, wait }) {
      talk.withdraw(talk.respond());
      await wait(2_000);
      talk.respond();
      await wait(2_000);
    },
    shows(lived) {
      const [created] = came(lived, "response.created");
      expect(sent(lived, "response.cancel")).toMatchObject([{ response_id: created?.response.id }]);
      expect(requests(lived)).toEqual(["respond_1 dropped", "respond_2 done"]);
      expect(lines(lived)).toEqual(["assistant: This one is wanted."]);
    },
  },
  {
    name: "silent-user",
    about: "The user says nothing for so long that the server takes it for a turn, and goes on by itself.",
    service: { pace: 20, scenario: { turns: [says("Hello?", 300), says("Are you still there?", 300)] } },
    session: {
      ...listening,
      audio: {
        ...listening.audio,
        input: { ...listening.audio?.input, turn_detection: { type: "server_vad", idle_timeout_ms: 5_000 } },
      },
    },
    async run({ talk, speak, wait }) {
      talk.respond();
      await wait(1_000);
      await speak(0, 6_000);
      await wait(1_000);
    },
    shows(lived) {
      expect(came(lived, "input_audio_buffer.timeout_triggered")).toHaveLength(1);
      expect(sent(lived, "response.create")).toHaveLength(1);
      expect(lines(lived)).toEqual(["assistant: Hello?", "user: ", "assistant: Are you still there?"]);
    },
  },
  {
    name: "budget-used-up",
    about: "The budget is used up: neither we nor the server ask for answers, until there is more of it.",
    service: {
      pace: 20,
      scenario: { turns: [says("This was dear.", 600), says("And this, too.", 300), says("Well.", 300)] },
    },
    session: listening,
    options: { budget: budget({ maxCost: 0.0001, prices }) },
    async run({ talk, speak, wait }) {
      await talk.say("Tell me something dear.");
      await wait(1_500);
      await talk.say("And something else.");
      await speak(500);
      await wait(1_500);
      talk.setBudget(budget({ maxCost: 100, prices }));
      await wait(1_500);
      await speak(500);
      await wait(1_500);
    },
    shows(lived) {
      const types = lived.log.map(({ event }) => event.type);
      const [reached, lifted] = [types.indexOf("budget.reached"), types.indexOf("budget.lifted")];
      expect(types.slice(reached, lifted)).not.toContain("response.created");
      expect(types.slice(reached, lifted)).toContain("input_audio_buffer.committed");
      const detections = sent(lived, "session.update").slice(1);
      expect(detections).toMatchObject([
        { session: { audio: { input: { turn_detection: { create_response: false } } } } },
        { session: { audio: { input: { turn_detection: { create_response: true } } } } },
      ]);
      expect(lived.log[reached]?.event).toMatchObject({ limit: "cost", most: 0.0001 });
      expect(requests(lived)).toEqual(["respond_1 done", "respond_2 done"]);
      expect(lines(lived).slice(-3)).toEqual(["assistant: And this, too.", "user: ", "assistant: Well."]);
      expect(lived.state.budget).toBeNull();
    },
  },
];
