import { bytesToBase64, pacedPlayer } from "@duologue/audio";
import { type ConversationState, conversation, tool } from "@duologue/conversation";
import { type Entry, realtimeSession } from "@duologue/core";
import { type BrainRequest, emulator, type Plan } from "@duologue/emulator";
import { openaiRealtime } from "@duologue/protocol";
import { virtualClock } from "@duologue/testing";

/** What there was at one moment of a long session. */
export interface Moment {
  readonly minute: number;
  readonly state: ConversationState;
  /** Entries of the log so far. Nobody keeps them. */
  readonly entries: number;
  /** Milliseconds of sound that went to the server, and that came back. */
  readonly sentMs: number;
  readonly receivedMs: number;
  /** How often the user interrupted the assistant. */
  readonly interruptions: number;
  /** Timers that wait. */
  readonly timers: number;
}

const frameMs = 100;
const sampleRateHz = 24_000;

/** 100 ms of a voice, or of silence, as PCM16 in base64. */
function frame(amplitude: number): string {
  const samples = Int16Array.from({ length: (sampleRateHz * frameMs) / 1000 }, (_, at) =>
    Math.round(amplitude * 32_767 * Math.sin(at * 0.05)),
  );
  return bytesToBase64(new Uint8Array(samples.buffer));
}

const voice = frame(0.5);
const silence = frame(0);

const answer = "It is going to be sunny for most of the day, with a light breeze in the evening.";

/** Every third answer asks a tool first. */
function brain({ turn, items }: BrainRequest): Plan {
  const asks = turn % 3 === 2 && items.at(-1)?.type !== "function_call_output";
  return asks ? { tools: [{ name: "weather" }] } : { say: answer };
}

/**
 * Lives through a session with the emulator in virtual time: a microphone that is always on, a user who speaks every
 * 15 seconds and every other time into the answer, spoken answers, tools. Tells of each of the `minutes` when it is over.
 */
export async function lived(
  minutes: number,
  onMinute: (moment: Moment) => void,
  onEntry: (entry: Entry) => void = () => {},
): Promise<void> {
  const clock = virtualClock({ maxRuns: 1_000_000 });
  const epochMs = () => clock.now();
  const server = emulator({ clock, epochMs, brain, seed: "hour", expireAfterMs: null });
  const session = realtimeSession({
    transport: server.transport(),
    protocol: openaiRealtime,
    clock,
    epochMs,
    rollOver: false,
  });
  const player = pacedPlayer({ sampleRateHz, clock, frameMs: 20 });
  const weather = tool({
    name: "weather",
    description: "Tells the weather.",
    parameters: { type: "object", properties: {} },
    run: () => ({ sky: "sunny" }),
  });
  const talk = conversation(session, { clock, player, tools: [weather] });
  let entries = 0;
  let receivedBytes = 0;
  let interruptions = 0;
  session.log$.subscribe((entry) => {
    const { event } = entry;
    onEntry(entry);
    entries++;
    if (event.type === "response.output_audio.delta") receivedBytes += String(event.delta).length * 0.75;
    if (event.type === "playback.flushed") interruptions++;
  });
  const opening = session.open();
  await clock.advance(100);
  await opening;
  const frames = (minutes * 60_000) / frameMs;
  // Speaks for 1.5 seconds: at the beginning of every other stretch of 15 seconds, and 4 seconds into the others.
  const speaks = (index: number) => {
    const withinMs = (index * frameMs) % 30_000;
    return withinMs < 1_500 || (withinMs >= 3_500 && withinMs < 5_000);
  };
  for (let index = 0; index < frames; index++) {
    talk.appendAudio(speaks(index) ? voice : silence);
    await clock.advance(frameMs);
    const atMs = (index + 1) * frameMs;
    if (atMs % 60_000 !== 0) continue;
    const base = { minute: atMs / 60_000, state: talk.state, entries, sentMs: atMs, interruptions };
    onMinute({ ...base, receivedMs: receivedBytes / 48, timers: clock.pending });
  }
  const closing = session.close();
  await clock.advance(1_000);
  await closing;
  talk.close();
  player.stop();
}
