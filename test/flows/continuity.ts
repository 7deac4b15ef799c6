import { fromHistory } from "@duologue/conversation";
import type { Flow } from "./flow.ts";
import { writing } from "./scenery.ts";

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
  },
];
