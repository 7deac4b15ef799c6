import { expect } from "vitest";
import type { Flow } from "./flow.ts";
import { listening, pushToTalk, says, telephone, writing } from "./scenery.ts";
import { came, lines, sent } from "./shown.ts";

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
    shows(lived) {
      expect(lines(lived)).toEqual(["user: Good morning!", "assistant: Good morning to you!"]);
      expect(came(lived, "response.output_text.delta").length).toBeGreaterThan(1);
      expect(lived.state.usage.responses).toBe(1);
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
    shows(lived) {
      expect(lines(lived)).toEqual([
        "user: What is the weather in Lisbon?",
        "assistant: It is sunny in Lisbon.",
      ]);
      const order = lived.log.map(({ event }) => event.type);
      const [late, answered] = ["conversation.item.input_audio_transcription.completed", "response.done"];
      expect(order.indexOf(late)).toBeGreaterThan(order.indexOf(answered));
      expect(lived.state.items.at(-1)).toMatchObject({
        content: [{ audio: { heardMs: 900, playback: "finished" } }],
      });
      expect(sent(lived, "response.create")).toEqual([]);
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
    shows(lived) {
      expect(lines(lived)).toEqual([
        ...["user: first", "assistant: One.", "user: second", "assistant: Two."],
        ...["user: ", "assistant: Three.", "user: ", "assistant: Four."],
      ]);
      const transcribed = came(lived, "conversation.item.input_audio_transcription.completed");
      expect(transcribed.map(({ transcript }) => transcript)).toEqual(["second", "first"]);
      expect(came(lived, "conversation.item.input_audio_transcription.failed")).toHaveLength(1);
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
    shows(lived) {
      expect(lines(lived)).toEqual(["user: Good morning. Good morning to you."]);
      expect(lived.state.items[0]).toMatchObject({
        content: [
          {
            segments: [
              { speaker: "A", text: "Good morning." },
              { speaker: "B", text: "Good morning to you." },
            ],
          },
        ],
      });
      expect(lived.state.responses).toEqual([]);
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
    shows(lived) {
      expect(lived.state.items[0]).toMatchObject({
        content: [{ type: "input_text", text: "What is this?" }, { type: "input_image" }],
      });
      expect(lines(lived).at(-1)).toBe("assistant: A very small picture.");
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
    shows(lived) {
      expect(lines(lived)).toEqual(["user: Hello", "assistant: I heard you."]);
      expect(came(lived, "input_audio_buffer.cleared")).toHaveLength(1);
      expect(came(lived, "input_audio_buffer.committed")).toHaveLength(1);
      expect(came(lived, "input_audio_buffer.speech_started")).toEqual([]);
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
    shows(lived) {
      expect(sent(lived, "session.update").slice(1)).toMatchObject([
        { session: { type: "realtime", instructions: "Be brief." } },
      ]);
      expect(lived.state.session).toMatchObject({ instructions: "Be brief.", output_modalities: ["text"] });
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
    shows(lived) {
      expect(sent(lived, "conversation.item.create")[1]).toMatchObject({ previous_item_id: "root" });
      expect(sent(lived, "conversation.item.delete")).toHaveLength(3);
      expect(lines(lived)).toEqual(["user: Second?", "assistant: Two."]);
    },
  },
  {
    name: "telephone-keys",
    about: "The caller presses keys on his telephone: they are news, and no part of the conversation.",
    audio: "media",
    service: { scenario: { turns: [says("Press a key.", 300)] } },
    session: { type: "realtime", output_modalities: ["audio"] },
    keys: [
      { digit: "4", atMs: 1_500 },
      { digit: "#", atMs: 1_700 },
    ],
    async run({ talk, wait }) {
      talk.respond();
      await wait(2_000);
    },
    shows(lived) {
      const keys = came(lived, "input_audio_buffer.dtmf_event_received").map(({ event }) => event);
      expect(keys).toEqual(["4", "#"]);
      expect(lines(lived)).toEqual(["assistant: Press a key."]);
    },
  },
];
