import { pacedPlayer } from "@duologue/audio";
import { expect } from "vitest";
import type { Flow } from "./flow.ts";
import { listening, says } from "./scenery.ts";
import { came, cuts, endings, lines, requests, sent } from "./shown.ts";
import { telephoneLine } from "./telephone-line.ts";

const sunny = (ms: number) => says("It is sunny, and it stays like that for days.", ms);

/** A question, and so many milliseconds later half a second of speech into the answer. */
const interruptedAfter =
  (ms: number): Flow["run"] =>
  async ({ talk, speak, wait }) => {
    await talk.say("What is the weather like?");
    await wait(ms);
    await speak(500);
    await wait(1_500);
  };

/** The user or the program interrupts the assistant. */
export const interruptions: readonly Flow[] = [
  {
    name: "barge-in-while-generated",
    about:
      "The user interrupts an answer that is still being made: it is cancelled, and cut where it was heard.",
    service: {
      pace: 1.2,
      scenario: { turns: [sunny(3_000), says("Yes?", 200)] },
    },
    session: listening,
    run: interruptedAfter(1_500),
    shows(lived) {
      expect(endings(lived)).toEqual(["cancelled: turn_detected", "completed"]);
      expect(cuts(lived)).toMatchObject([{ cutMs: 1_093, heardMs: 1_093.25 }]);
      expect(lines(lived)[1]).toBe("assistant: It is sunny, and ✂");
      expect(sent(lived, "response.cancel")).toEqual([]);
    },
  },
  {
    name: "barge-in-while-played",
    about: "The user interrupts an answer that is long made and still played: it is cut where it was heard.",
    service: {
      pace: 20,
      scenario: { turns: [sunny(3_000), says("Yes?", 200)] },
    },
    session: listening,
    run: interruptedAfter(1_500),
    shows(lived) {
      expect(endings(lived)).toEqual(["completed", "completed"]);
      expect(cuts(lived)).toMatchObject([{ cutMs: 1_250, heardMs: 1_250 }]);
      expect(lines(lived)[1]).toBe("assistant: It is sunny, and ✂");
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
    shows(lived) {
      expect(cuts(lived)).toMatchObject([
        { cutMs: 1_250, heardMs: 1_250 },
        { cutMs: 0, heardMs: 0 },
      ]);
      expect(sent(lived, "conversation.item.truncate")).toHaveLength(2);
      expect(lines(lived)).toContain("assistant: ✂");
    },
  },
  {
    name: "barge-in-with-late-deltas",
    about: "Deltas that come after their response was cancelled are nobody's.",
    service: {
      pace: 1.2,
      scenario: {
        turns: [sunny(2_000), says("Yes?", 200)],
        faults: [{ type: "late_deltas" }],
      },
    },
    session: listening,
    run: interruptedAfter(1_200),
    shows(lived) {
      const done = lived.log.findIndex(({ event }) => event.type === "response.done");
      const late = lived.log
        .slice(done)
        .filter(({ event }) => Object.hasOwn(event, "delta"))
        .slice(0, 3);
      const [{ id = "" } = {}] = lived.state.responses;
      expect(late.map(({ event }) => ({ ...event }))).toMatchObject(Array(3).fill({ response_id: id }));
      expect(cuts(lived)).toMatchObject([{ cutMs: 793, heardMs: 793.25 }]);
    },
  },
  {
    name: "interrupted-by-hand",
    about: "A button makes the assistant stop.",
    service: { pace: 4, scenario: { turns: [sunny(3_000)] } },
    async run({ talk, wait }) {
      await talk.say("What is the weather like?");
      await wait(900);
      talk.interrupt();
      await wait(500);
    },
    shows(lived) {
      expect(sent(lived, "response.cancel")).toHaveLength(1);
      expect(endings(lived)).toEqual(["cancelled: client_cancelled"]);
      expect(requests(lived)).toEqual(["respond_1 dropped"]);
      expect(cuts(lived)).toMatchObject([{ cutMs: 610, heardMs: 610 }]);
    },
  },
  {
    name: "played-by-the-server",
    about: "The service plays on a media track: it says what it played, and cuts by itself.",
    audio: "media",
    service: {
      scenario: {
        turns: [says("Here I am.", 600), sunny(4_000)],
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
    shows(lived) {
      expect(sent(lived, "conversation.item.truncate")).toEqual([]);
      expect(sent(lived, "output_audio_buffer.clear")).toHaveLength(1);
      const [truncated] = came(lived, "conversation.item.truncated");
      expect(cuts(lived)).toMatchObject([{ id: truncated?.item_id, cutMs: truncated?.audio_end_ms }]);
      expect(lines(lived).at(-1)).toBe("assistant: It is sunny, and it stays ✂");
    },
  },
  {
    name: "barge-in-with-the-unheard-deleted",
    about: "The first of two queued answers is cut where it was heard, and the second one is taken out.",
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
    options: { policy: { unheard: "delete" } },
    async run({ talk, speak, wait }) {
      await talk.say("One thing");
      await wait(500);
      await talk.say("and another.");
      await wait(1_000);
      await speak(500);
      await wait(1_500);
    },
    shows(lived) {
      expect(cuts(lived)).toMatchObject([{ cutMs: 1_250, heardMs: 1_250 }]);
      expect(sent(lived, "conversation.item.delete")).toHaveLength(1);
      expect(lines(lived)).toEqual([
        ...["user: One thing", "assistant: The first ✂", "user: and another."],
        ...["user: ", "assistant: Yes?"],
      ]);
    },
  },
  {
    name: "barge-in-behind-a-slow-loudspeaker",
    about: "The loudspeaker is 400 ms behind: what it has not put out yet was not heard.",
    service: {
      pace: 20,
      scenario: { turns: [sunny(3_000), says("Yes?", 200)] },
    },
    session: {
      ...listening,
      audio: { ...listening.audio, output: { format: { type: "audio/pcm", rate: 24_000 } } },
    },
    player: (clock) => pacedPlayer({ sampleRateHz: 8_000, clock, frameMs: 100, latencyMs: 400 }),
    run: interruptedAfter(1_500),
    shows(lived) {
      // 400 ms less than with a loudspeaker that is not behind.
      expect(cuts(lived)).toMatchObject([{ cutMs: 850, heardMs: 850 }]);
    },
  },
  {
    name: "network-stall",
    about: "The network stalls for three seconds in the middle of an answer: nothing is heard meanwhile.",
    service: {
      pace: 1.2,
      scenario: {
        turns: [
          says("It is sunny, and it stays like that for days.", 3_000, {
            faults: [{ type: "delay", event: "response.output_audio.delta", skip: 10, ms: 3_000 }],
          }),
          says("Yes?", 200),
        ],
      },
    },
    session: {
      ...listening,
      audio: { ...listening.audio, output: { format: { type: "audio/pcma" } } },
    },
    run: interruptedAfter(5_000),
    shows(lived) {
      const deltas = lived.log.flatMap(({ at, event }) =>
        event.type === "response.output_audio.delta" ? [at ?? 0] : [],
      );
      const gaps = deltas.slice(1).map((at, index) => at - (deltas[index] ?? 0));
      expect(Math.max(...gaps)).toBeGreaterThan(2_900);
      // It began at 250 ms, and stood still for the better part of 3 s until the user spoke.
      expect(cuts(lived)).toMatchObject([{ cutMs: 2_000, heardMs: 2_000 }]);
    },
  },
  {
    name: "barge-in-on-the-telephone",
    about: "The answer sounds at the other end of a line, whose marks tell what was heard of it.",
    service: {
      pace: 20,
      scenario: { turns: [sunny(3_000), says("Yes?", 200)] },
    },
    session: listening,
    player: telephoneLine,
    run: interruptedAfter(1_500),
    shows(lived) {
      // What is known of what was heard is what the marks say that have come back: less than a loudspeaker at hand would tell.
      expect(cuts(lived)).toMatchObject([{ cutMs: 1_099, heardMs: 1_099.75 }]);
      const progress = lived.log.filter(({ event }) => event.type === "playback.progress");
      expect(progress.length).toBeGreaterThan(5);
    },
  },
  {
    name: "cut-refused",
    about:
      "Some sound came twice, so that more was heard than the server has: it refuses the cut, and is right.",
    service: {
      pace: 20,
      scenario: {
        turns: [
          says("It is sunny, and it stays like that.", 1_500, {
            faults: [
              { type: "missing_event_id", event: "response.output_audio.delta", count: 4 },
              { type: "duplicate", event: "response.output_audio.delta", count: 4 },
            ],
          }),
          says("Yes?", 200),
          says("I am still here.", 200),
        ],
      },
    },
    session: listening,
    async run({ talk, speak, wait }) {
      await talk.say("What is the weather like?");
      await wait(2_000);
      await speak(500);
      await wait(1_500);
      await talk.say("Are you there?");
      await wait(1_500);
    },
    shows(lived) {
      expect(sent(lived, "conversation.item.truncate")).toMatchObject([{ audio_end_ms: 1_750 }]);
      expect(came(lived, "error")).toMatchObject([
        { error: { message: "Audio content of 1500ms is already shorter than 1750ms" } },
      ]);
      expect(came(lived, "conversation.item.truncated")).toEqual([]);
      expect(cuts(lived)).toMatchObject([{ cutMs: 1_500, heardMs: 1_500 }]);
      // The session goes on.
      expect(lines(lived).slice(-2)).toEqual(["user: Are you there?", "assistant: I am still here."]);
    },
  },
];
