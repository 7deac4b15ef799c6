import type { Flow } from "./flow.ts";
import { listening, says, writing } from "./scenery.ts";

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
  },
];
