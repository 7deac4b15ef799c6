import { fromHistory, tool } from "@duologue/conversation";
import type { ScenarioTurn } from "@duologue/emulator";
import type { SessionConfig } from "@duologue/protocol";
import type { Flow } from "./flow.ts";

// What happens in conversations, one flow each. Answers sound like nothing: only their length matters.

const speech = (ms: number) => new Int16Array(24 * ms);
const says = (say: string, ms: number, more: Partial<ScenarioTurn> = {}): ScenarioTurn => ({
  say,
  speech: speech(ms),
  ...more,
});
const noParameters = { type: "object", properties: {} } as const;
const weather = tool({
  name: "weather",
  description: "Tells the weather.",
  parameters: {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
  },
  run: ({ city }) => ({ city, sky: "sunny" }),
});
const broken = tool({
  name: "broken",
  description: "Never works.",
  parameters: noParameters,
  run: () => {
    throw new Error("out of order");
  },
});
const hanging = tool({
  name: "hanging",
  description: "Never answers.",
  parameters: noParameters,
  timeoutMs: 500,
  run: () => new Promise<never>(() => {}),
});
const background = tool({
  name: "search",
  description: "Takes its time.",
  parameters: noParameters,
  mode: "background",
  run: (_, { signal }) =>
    new Promise<string>((resolve) => signal.addEventListener("abort", () => resolve("stopped"))),
});

const telephone = { type: "audio/pcmu" } as const;
const ear = { format: telephone, transcription: { model: "whisper-1" } };
const mouth = { format: telephone };
const listening: SessionConfig = {
  type: "realtime",
  output_modalities: ["audio"],
  audio: { input: ear, output: mouth },
};
const writing: SessionConfig = { type: "realtime", output_modalities: ["text"] };
const pushToTalk: SessionConfig = {
  ...listening,
  audio: { input: { ...ear, turn_detection: null }, output: mouth },
};
const library = {
  type: "mcp",
  server_label: "library",
  server_url: "https://library.example/mcp",
} as const;

export const flows: readonly Flow[] = [
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
  {
    name: "parallel-tools",
    about: "Two functions are called at once, and one answer follows both outputs.",
    service: {
      scenario: {
        turns: [
          {
            tools: [
              { name: "weather", arguments: { city: "Lisbon" } },
              { name: "weather", arguments: { city: "Porto" } },
            ],
          },
          { say: "Sunny in both." },
        ],
      },
    },
    session: writing,
    options: { tools: [weather] },
    async run({ talk, wait }) {
      await talk.say("Lisbon and Porto?");
      await wait(2_000);
    },
  },
  {
    name: "tools-that-fail",
    about: "Functions that throw, hang, are unknown or get wrong arguments: each call is answered.",
    service: {
      scenario: {
        turns: [
          {
            tools: [
              { name: "broken" },
              { name: "hanging" },
              { name: "nobody" },
              { name: "weather", arguments: { city: 3 } },
              { name: "weather", arguments: '{"city":' },
            ],
          },
          { say: "None of that worked." },
        ],
      },
    },
    session: writing,
    options: { tools: [weather, broken, hanging] },
    async run({ talk, wait }) {
      await talk.say("Try everything.");
      await wait(3_000);
    },
  },
  {
    name: "tool-in-the-background",
    about: "A slow function is answered at once, and the conversation goes on while it runs.",
    service: {
      scenario: {
        turns: [{ tools: [{ name: "search" }] }, { say: "I am looking." }, { say: "Still looking." }],
      },
    },
    session: writing,
    options: { tools: [background] },
    async run({ talk, wait }) {
      await talk.say("Find it.");
      await wait(1_000);
      await talk.say("And?");
      await wait(1_000);
    },
  },
  {
    name: "calls-of-a-broken-response",
    about: "Calls of a response that does not complete are not run.",
    service: {
      scenario: {
        turns: [
          {
            tools: [{ name: "weather", arguments: { city: "Lisbon" } }],
            status: "incomplete",
            reason: "max_output_tokens",
          },
          { tools: [{ name: "weather", arguments: { city: "Lisbon" } }], status: "failed" },
        ],
      },
    },
    session: writing,
    options: { tools: [weather] },
    async run({ talk, wait }) {
      await talk.say("Lisbon?");
      await wait(1_000);
      await talk.say("Again?");
      await wait(1_000);
    },
  },
  {
    name: "mcp-with-approval",
    about: "Tools of an MCP server are listed; a call is approved, another one refused.",
    service: {
      scenario: {
        mcp: {
          library: {
            tools: [{ name: "search", description: "Looks something up.", input_schema: { type: "object" } }],
            calls: { search: "High tide is at six." },
          },
        },
        turns: [
          { tools: [{ name: "search", server: "library", arguments: { query: "tides" } }] },
          { say: "High tide is at six." },
          { tools: [{ name: "search", server: "library", arguments: { query: "secrets" } }] },
          { say: "I may not look that up." },
        ],
      },
    },
    session: { ...writing, tools: [{ ...library, require_approval: "always" }] },
    options: {
      onMcpApproval: ({ arguments: json }) => !json.includes("secrets"),
    },
    async run({ talk, wait }) {
      await wait(1_000);
      await talk.say("When is high tide?");
      await wait(3_000);
      await talk.say("And the secrets?");
      await wait(3_000);
    },
  },
  {
    name: "mcp-failures",
    about: "An MCP server that cannot list its tools, and a call that fails.",
    service: {
      scenario: {
        mcp: {
          library: {
            tools: [{ name: "search", input_schema: { type: "object" } }],
            calls: { search: { error: { type: "tool_execution_error", message: "The shelf is empty." } } },
          },
          archive: { tools: [], failsToList: true },
        },
        turns: [{ tools: [{ name: "search", server: "library" }] }, { say: "I found nothing." }],
      },
    },
    session: {
      ...writing,
      tools: [
        { ...library, require_approval: "never" },
        { ...library, server_label: "archive", require_approval: "never" },
      ],
    },
    async run({ talk, wait }) {
      await wait(1_000);
      await talk.say("Find it.");
      await wait(3_000);
    },
  },
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
