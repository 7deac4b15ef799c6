import type { Clock } from "@duologue/core";
import { type EmulatorOptions, sessions } from "../src/mouth/sessions.ts";

/** What this thread has worked so far, whatever else the machine does. */
function workMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** A session on a clock of its own, and for how long it has held the machine at the most. */
function held(options: EmulatorOptions) {
  let nowMs = 0;
  let longestMs = 0;
  let timers: { readonly atMs: number; readonly run: () => void }[] = [];
  const measured = (run: () => void) => {
    const beganMs = workMs();
    run();
    longestMs = Math.max(longestMs, workMs() - beganMs);
  };
  const clock: Clock = {
    now: () => nowMs,
    after(delayMs, run) {
      const timer = { atMs: nowMs + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  };
  const service = sessions({ ...options, clock, epochMs: () => 0 });
  const session = service.open({ send() {}, close() {} }, { model: "gpt-realtime" });
  return {
    text: (frame: string) => measured(() => session.frame(frame)),
    send: (command: object) => {
      const frame = JSON.stringify(command);
      measured(() => session.frame(frame));
    },
    /** Lets so much time pass, and answers come that are there already. */
    async advance(ms: number) {
      for (const untilMs = nowMs + ms; ; ) {
        for (let turn = 0; turn < 20; turn++) await Promise.resolve();
        const next = timers.reduce<(typeof timers)[number] | undefined>(
          (first, timer) => (first === undefined || timer.atMs < first.atMs ? timer : first),
          undefined,
        );
        if (next === undefined || next.atMs > untilMs) break;
        timers = timers.filter((timer) => timer !== next);
        nowMs = Math.max(nowMs, next.atMs);
        measured(next.run);
      }
    },
    longestMs: () => longestMs,
  };
}

type Held = ReturnType<typeof held>;

const hour = new Int16Array(3600 * 24_000).map((_, index) => (index * 7919) % 5000);
const megabytes = 1_000_000;
const telephone = { format: { type: "audio/pcmu" } };
const append = (bytes: Uint8Array) => ({
  type: "input_audio_buffer.append",
  audio: Buffer.from(bytes).toString("base64"),
});
const largest = (byte: (index: number) => number) =>
  Uint8Array.from({ length: 11_700_000 }, (_, at) => byte(at));
const answered = async (talk: Held) => {
  talk.send({ type: "response.create" });
  await talk.advance(5_000);
};
const configured = (talk: Held, session: object) =>
  talk.send({ type: "session.update", session: { type: "realtime", ...session } });

/** What a scenario, a brain or a client may do to hold up everybody. */
const cases: readonly (readonly [string, EmulatorOptions, (talk: Held) => Promise<void> | void])[] = [
  [
    "a planned delta of an hour, PCMU",
    { scenario: { turns: [{ deltas: [{ speech: hour }] }] } },
    (talk) => {
      configured(talk, { audio: { output: telephone } });
      return answered(talk);
    },
  ],
  [
    "an hour of speech at once",
    { pace: Number.POSITIVE_INFINITY, scenario: { turns: [{ say: "", speech: hour }] } },
    answered,
  ],
  [
    "200,000 deltas at once",
    { brain: () => ({ deltas: Array.from({ length: 200_000 }, () => ({ text: "a " })) }) },
    answered,
  ],
  [
    "10 MB of words to be written",
    { textPieceMs: 0, brain: () => ({ say: "word ".repeat(2 * megabytes) }) },
    (talk) => {
      configured(talk, { output_modalities: ["text"] });
      return answered(talk);
    },
  ],
  [
    "the largest append, of sound and pauses",
    {},
    (talk) => {
      configured(talk, {
        audio: { input: { turn_detection: { type: "server_vad", silence_duration_ms: 0 } } },
      });
      talk.send(append(largest((at) => (Math.floor(at / 9600) % 2 === 0 ? 0 : (at * 31) % 251))));
      return talk.advance(1_000);
    },
  ],
  [
    "the largest append, PCMU",
    {},
    (talk) => {
      configured(talk, { audio: { input: telephone } });
      talk.send(append(largest((at) => (at * 31) % 251)));
      return talk.advance(1_000);
    },
  ],
  ["5 million empty arrays", {}, (talk) => talk.text(`[${"[],".repeat(5 * megabytes)}1]`)],
  [
    "JSON of 3 million levels",
    {},
    (talk) => talk.text(`${'{"a":'.repeat(3 * megabytes)}1${"}".repeat(3 * megabytes)}`),
  ],
  ["16 MB that are no JSON", {}, (talk) => talk.text("x".repeat(16 * megabytes))],
  [
    "12,000 tools",
    {},
    (talk) => {
      configured(talk, {
        tools: Array.from({ length: 12_000 }, (_, index) => ({ type: "function", name: `t${index}` })),
      });
      return answered(talk);
    },
  ],
  [
    "instructions of 16 MB",
    {},
    (talk) => {
      configured(talk, { instructions: "x".repeat(16 * megabytes) });
      return answered(talk);
    },
  ],
  [
    "an image of 16 MB",
    {},
    (talk) => {
      const content = [
        { type: "input_image", image_url: `data:image/png;base64,${"A".repeat(16 * megabytes)}` },
      ];
      talk.send({ type: "conversation.item.create", item: { type: "message", role: "user", content } });
      return answered(talk);
    },
  ],
  [
    "10,000 references to 5,000 items",
    {},
    (talk) => {
      const item = (id: number) => ({
        id: `i${id}`,
        type: "message",
        role: "user",
        content: [{ type: "input_text", text: "Hi" }],
      });
      for (let id = 0; id < 4999; id++) talk.send({ type: "conversation.item.create", item: item(id) });
      const input = Array.from({ length: 10_000 }, () => ({ type: "item_reference", id: "i0" }));
      talk.send({ type: "response.create", response: { conversation: "none", input } });
    },
  ],
];

/** For how long one session holds up all others at a stretch, whatever a scenario, a brain or a client does. */
export async function holds(): Promise<void> {
  console.log("\nFor how long a session holds up all others at a stretch, in ms of work");
  for (const [name, options, act] of cases) {
    const talk = held(options);
    await act(talk);
    console.log(`  ${name.padEnd(42)}${talk.longestMs().toFixed(1).padStart(7)}`);
  }
}
