import { bytesToBase64, pacedPlayer, pcm16ToBytes } from "@duologue/audio";
import {
  type Conversation,
  type ConversationState,
  conversation,
  type MessageItem,
  type Step,
  tool,
} from "@duologue/conversation";
import {
  type Clock,
  type Connection,
  memorySink,
  RealtimeError,
  realtimeSession,
  recordLog,
  type Transport,
} from "@duologue/core";
import { type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { microphone } from "./microphone.ts";

/** 24 kHz mono, throughout. */
export const sampleRateHz = 24000;

/** What the demo needs to hold its conversation. */
export interface DemoOptions {
  readonly transport: Transport<Connection>;
  readonly clock: Clock;
  /** What the wall clock shows, where it is not the machine's. */
  readonly epochMs?: () => number;
  /** What the user asks, then says into the middle of the answer. */
  readonly question: Int16Array;
  readonly bargeIn: Int16Array;
  /** How much of the answer the user listens to before barging in. */
  readonly bargeInAfterMs: number;
  readonly onStep?: (step: Step) => void;
}

/** What came of it. */
export interface DemoResult {
  /** The recording, a line each. */
  readonly lines: readonly string[];
  readonly state: ConversationState;
  /** Exactly what a listener heard, without the pauses. */
  readonly heard: Int16Array;
  /** Milliseconds from the end of each user turn, as the server tells it, to the first sound of the answer. */
  readonly latenciesMs: readonly number[];
}

const weather = tool({
  name: "get_weather",
  description: "Tells the weather of today and tomorrow in a city.",
  parameters: {
    type: "object",
    properties: { city: { type: "string", description: "The name of the city." } },
    required: ["city"],
  },
  run: () => ({ today: { sky: "sunny", celsius: 24 }, tomorrow: { sky: "cloudy", celsius: 21 } }),
});

const configure: ClientEvent = {
  type: "session.update",
  session: {
    type: "realtime",
    instructions:
      "You are a friendly weather assistant. Look the weather up with your tool, then answer in three or four sentences.",
    output_modalities: ["audio"],
    audio: {
      input: {
        format: { type: "audio/pcm", rate: sampleRateHz },
        transcription: { model: "gpt-4o-mini-transcribe", language: "en" },
        turn_detection: { type: "server_vad", silence_duration_ms: 500 },
      },
      output: { format: { type: "audio/pcm", rate: sampleRateHz }, voice: "marin" },
    },
    tools: [weather.definition],
  },
};

/** Holds one spoken conversation: a question, an answer with the help of a tool, a barge-in, a second answer. */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { transport, clock, epochMs = Date.now, question, bargeIn, bargeInAfterMs, onStep } = options;
  const frames: Int16Array[] = [];
  const sink = memorySink();
  const latenciesMs: number[] = [];

  const session = realtimeSession({
    transport,
    protocol: openaiRealtime,
    clock,
    epochMs,
    configure: [configure],
  });
  const player = pacedPlayer({ sampleRateHz, clock, onFrame: (samples) => void frames.push(samples) });
  const talk = conversation(session, { tools: [weather], player, clock });
  const header = { description: "The Duologue demo" };
  recordLog(session.log$, sink, { protocol: openaiRealtime.name, header });
  talk.steps$.subscribe(latencyMeter((ms) => void latenciesMs.push(ms)));
  if (onStep !== undefined) talk.steps$.subscribe(onStep);

  try {
    await session.open();
    const mic = microphone({
      clock,
      sampleRateHz,
      onFrame(samples) {
        talk.appendAudio(bytesToBase64(pcm16ToBytes(samples)));
      },
    });
    try {
      await mic.say(question);
      const answer = await until(talk, clock, "the answer to be heard", (state) =>
        spokenMessages(state).find((item) => heardMsOf(item) >= bargeInAfterMs),
      );
      await mic.say(bargeIn);
      await until(talk, clock, "the second answer to end", (state) =>
        spokenMessages(state).find((item) => item.id !== answer.id && hasFinished(item)),
      );
    } finally {
      mic.stop();
    }
  } finally {
    player.stop();
    await session.close();
    talk.close();
  }
  return { lines: sink.lines, state: talk.state, heard: joined(frames), latenciesMs };
}

function spokenMessages(state: ConversationState): MessageItem[] {
  return state.items.filter((item) => item.type === "message").filter(({ role }) => role === "assistant");
}

function heardMsOf(item: MessageItem): number {
  return item.content.reduce(
    (sum, part) => sum + (part.type === "output_audio" ? (part.audio?.heardMs ?? 0) : 0),
    0,
  );
}

function hasFinished(item: MessageItem): boolean {
  return item.content.some((part) => part.type === "output_audio" && part.audio?.playback === "finished");
}

const patienceMs = 60_000;

/** Resolves with what `find` finds in a state; rejects when the session ends or a minute goes by before. */
function until<T>(
  talk: Conversation,
  clock: Clock,
  what: string,
  find: (state: ConversationState) => T | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(patienceMs, () =>
      finish(() =>
        reject(new RealtimeError("timeout", `Waited ${patienceMs / 1000} s for ${what}, in vain.`)),
      ),
    );
    const finish = (settle: () => void) => {
      cancel();
      queueMicrotask(() => watching.unsubscribe());
      settle();
    };
    const watching = talk.state$.subscribe((state) => {
      const found = find(state);
      if (found !== undefined) finish(() => resolve(found));
      else if (state.link === "closed") {
        finish(() => reject(new RealtimeError("closed", `The session ended while waiting for ${what}.`)));
      }
    });
  });
}

/** Measures from the end of a user turn to the first sound that is heard after it. */
function latencyMeter(onLatency: (ms: number) => void): (step: Step) => void {
  let stoppedAtMs: number | null = null;
  return ({ entry: { at, event } }) => {
    if (event.type === "input_audio_buffer.speech_stopped") stoppedAtMs = at;
    if (event.type !== "response.output_audio.delta" || stoppedAtMs === null || at === null) return;
    onLatency(at - stoppedAtMs);
    stoppedAtMs = null;
  };
}

function joined(pieces: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
