import type { Flow } from "./flow.ts";
import { listening, says } from "./scenery.ts";

/** The user or the program interrupts the assistant. */
export const interruptions: readonly Flow[] = [
  {
    name: "barge-in-while-generated",
    about:
      "The user interrupts an answer that is still being made: it is cancelled, and cut where it was heard.",
    service: {
      pace: 1.2,
      scenario: { turns: [says("It is sunny, and it stays like that for days.", 3_000), says("Yes?", 200)] },
    },
    session: listening,
    async run({ talk, speak, wait }) {
      await talk.say("What is the weather like?");
      await wait(1_500);
      await speak(500);
      await wait(1_500);
    },
  },
  {
    name: "barge-in-while-played",
    about: "The user interrupts an answer that is long made and still played: it is cut where it was heard.",
    service: {
      pace: 20,
      scenario: { turns: [says("It is sunny, and it stays like that for days.", 3_000), says("Yes?", 200)] },
    },
    session: listening,
    async run({ talk, speak, wait }) {
      await talk.say("What is the weather like?");
      await wait(1_500);
      await speak(500);
      await wait(1_500);
    },
  },
  {
    name: "barge-in-with-two-queued",
    about: "The first of two queued answers is cut where it was heard, and the second one was never heard.",
    service: {
      pace: 20,
      scenario: {
        turns: [
          says("The first answer takes a while.", 2_500),
          says("And the second one.", 1_500),
          says("Yes?", 200),
        ],
      },
    },
    session: listening,
    async run({ talk, speak, wait }) {
      await talk.say("One thing");
      await wait(500);
      await talk.say("and another.");
      await wait(1_000);
      await speak(500);
      await wait(1_500);
    },
  },
  {
    name: "barge-in-with-late-deltas",
    about: "Deltas that come after their response was cancelled are nobody's.",
    service: {
      pace: 1.2,
      scenario: {
        turns: [says("It is sunny, and it stays like that for days.", 2_000), says("Yes?", 200)],
        faults: [{ type: "late_deltas" }],
      },
    },
    session: listening,
    async run({ talk, speak, wait }) {
      await talk.say("What is the weather like?");
      await wait(1_200);
      await speak(500);
      await wait(1_500);
    },
  },
  {
    name: "interrupted-by-hand",
    about: "A button makes the assistant stop.",
    service: { pace: 4, scenario: { turns: [says("It is sunny, and it stays like that for days.", 3_000)] } },
    async run({ talk, wait }) {
      await talk.say("What is the weather like?");
      await wait(900);
      talk.interrupt();
      await wait(500);
    },
  },
  {
    name: "played-by-the-server",
    about: "The service plays on a media track: it says what it played, and cuts by itself.",
    audio: "media",
    service: {
      scenario: {
        turns: [says("Here I am.", 600), says("It is sunny, and it stays like that for days.", 4_000)],
      },
    },
    session: { type: "realtime", output_modalities: ["audio"] },
    async run({ talk, wait }) {
      await talk.say("Hello?");
      await wait(2_000);
      await talk.say("What is the weather like?");
      await wait(2_000);
      talk.interrupt();
      await wait(1_000);
    },
  },
];
