import type { Flow } from "./flow.ts";
import { listening, pushToTalk, says, telephone, writing } from "./scenery.ts";

/** Turns of the user, and what becomes of them. */
export const turns: readonly Flow[] = [
  {
    name: "written-turn",
    about: "A line that is written, and a written answer.",
    service: { scenario: { turns: [{ say: "Good morning to you!" }] } },
    session: writing,
    async run({ talk, wait }) {
      await talk.say("Good morning!");
      await wait(1_000);
    },
  },
  {
    name: "spoken-turn",
    about: "The user speaks, the server hears the end of it and answers; the transcript comes late.",
    service: {
      scenario: {
        turns: [
          says("It is sunny in Lisbon.", 900, {
            heard: "What is the weather in Lisbon?",
            transcription: { delayMs: 1_500 },
          }),
        ],
      },
    },
    session: listening,
    async run({ speak, wait }) {
      await speak(600);
      await wait(3_000);
    },
  },
  {
    name: "transcripts-of-all-kinds",
    about: "Transcripts that come out of order, fail, and never come.",
    service: {
      scenario: {
        turns: [
          says("One.", 200, { heard: "first", transcription: { delayMs: 4_000 } }),
          says("Two.", 200, { heard: "second", transcription: { delayMs: 100 } }),
          says("Three.", 200, { heard: "third", transcription: { outcome: "failed" } }),
          says("Four.", 200, { heard: "fourth", transcription: { outcome: "none" } }),
        ],
      },
    },
    session: listening,
    async run({ speak, wait }) {
      for (let turn = 0; turn < 4; turn++) {
        await speak(300);
        await wait(1_000);
      }
      await wait(2_000);
    },
  },
  {
    name: "transcription-session",
    about: "A session that only writes down what is said, and by whom.",
    kind: "transcription",
    service: {
      scenario: {
        turns: [
          {
            heard: "Good morning. Good morning to you.",
            transcription: {
              segments: [
                { speaker: "A", text: "Good morning." },
                { speaker: "B", text: "Good morning to you." },
              ],
            },
          },
        ],
      },
    },
    session: {
      type: "transcription",
      audio: { input: { format: telephone, transcription: { model: "gpt-4o-transcribe-diarize" } } },
    },
    async run({ speak, wait }) {
      await speak(600);
      await wait(2_000);
    },
  },
  {
    name: "pictures",
    about: "A picture is shown and spoken of.",
    service: { scenario: { turns: [{ say: "A very small picture." }] } },
    session: writing,
    async run({ talk, wait }) {
      await talk.sendImage("data:image/png;base64,iVBORw0KGgo=", { text: "What is this?" });
      await wait(1_000);
    },
  },
  {
    name: "push-to-talk",
    about: "Without turn detection: sound is committed by hand, or thrown away.",
    service: { scenario: { turns: [says("I heard you.", 300, { heard: "Hello" })] } },
    session: pushToTalk,
    async run({ talk, speak, wait }) {
      await speak(300, 100);
      await talk.clear();
      await speak(400, 100);
      await talk.commit();
      talk.respond();
      await wait(2_000);
    },
  },
  {
    name: "configuration-changed",
    about: "Only what differs is sent.",
    service: { scenario: { turns: [{ say: "As you like." }] } },
    session: writing,
    async run({ talk, wait }) {
      await talk.update({ type: "realtime", instructions: "Be brief." });
      await talk.update({ type: "realtime", instructions: "Be brief." });
      await talk.say("Please.");
      await wait(1_000);
    },
  },
  {
    name: "history-edited",
    about: "Items are put between others, deleted, and all but the last are forgotten.",
    service: { scenario: { turns: [{ say: "One." }, { say: "Two." }] } },
    session: writing,
    async run({ talk, wait }) {
      await talk.say("First?");
      await wait(800);
      const note = await talk.say("The user is called Ada.", {
        role: "system",
        after: "root",
        respond: false,
      });
      await talk.say("Second?");
      await wait(800);
      await talk.deleteItem(note);
      await talk.editHistory(talk.state.items.slice(-2).map(({ id }) => id));
      await wait(300);
    },
  },
];
