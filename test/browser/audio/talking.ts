import { resample } from "@duologue/audio";
import { type Microphone, microphone, type Speaker, speaker } from "@duologue/audio/browser";
import { type ConversationState, conversation, type Interruption, textOf } from "@duologue/conversation";
import { realtimeSession } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import { webSocket } from "@duologue/transport-websocket";
import { graphRecorder } from "./graph-recorder.ts";

/** A spoken conversation, and what the page's graph really played of the answer that was cut. */
export interface Talked {
  readonly items: readonly string[];
  readonly interruptions: readonly Interruption[];
  /** What the graph played of the first answer, in milliseconds, from its first sample to its last. */
  readonly graphMs: number;
  /** How many of these samples are not those that came over the wire; those that fade out are not counted. */
  readonly wrong: number;
  /** How long the page took to cut it, in the graph's time: nothing, but where the machine stops it in the middle. */
  readonly cutTookMs: number;
  /** Milliseconds of sound that the graph still put out after the server said that the user speaks. */
  readonly silentAfterMs: number;
  /** Milliseconds of the second answer that were heard, once it was finished. */
  readonly secondHeardMs: number;
  readonly problems: readonly string[];
}

/**
 * Talks to a server: asks, and speaks into the answer, until the second answer is finished. What the microphone hears never
 * stops: the page mutes it where somebody would be silent.
 */
export async function talks(url: string): Promise<Talked> {
  const session = realtimeSession({
    transport: webSocket({ url, apiKey: "ek_of_this_test" }),
    protocol: openaiRealtime,
    configure: [
      {
        type: "session.update",
        session: {
          type: "realtime",
          audio: { input: { turn_detection: { type: "server_vad", silence_duration_ms: 500 } } },
        },
      },
    ],
  });
  const output = await speaker();
  const { context } = output;
  const recorder = await graphRecorder(output.output);
  let cutTookMs = 0;
  const player: Speaker = Object.create(output, {
    flush: {
      value() {
        const before = context.currentTime;
        output.flush();
        cutTookMs = Math.max(cutTookMs, (context.currentTime - before) * 1000);
      },
    },
  });
  const talk = conversation(session, { player });
  const problems: string[] = [];
  session.problems$.subscribe((problem) => void problems.push(JSON.stringify(problem)));
  talk.problems$.subscribe(({ error }) => void problems.push(error.message));
  const interruptions: Interruption[] = [];
  talk.interruptions$.subscribe((interruption) => void interruptions.push(interruption));
  const pieces: Int16Array[] = [];
  let firstItem: string | undefined;
  let speechStartedFrame = 0;
  talk.audio$.subscribe(({ itemId, samples }) => {
    firstItem ??= itemId;
    if (itemId === firstItem) pieces.push(samples);
  });
  session.events$.subscribe((event) => {
    if (event.type === "input_audio_buffer.speech_started") {
      speechStartedFrame = Math.round(context.currentTime * context.sampleRate);
    }
  });
  const reached = <T>(look: (state: ConversationState) => T | undefined) =>
    new Promise<T>((resolve) => {
      const watching = talk.state$.subscribe((state) => {
        const found = look(state);
        if (found === undefined) return;
        resolve(found);
        queueMicrotask(() => watching.unsubscribe());
      });
    });

  await session.open();
  const input = await microphone({ context, muted: true });
  input.onFrame(({ samples }) => talk.appendAudio(samples));
  await saysSomething(input);
  await reached((state) => ((answers(state)[0]?.audio?.heardMs ?? 0) > 1_000 ? true : undefined));
  await saysSomething(input);
  const secondHeardMs = await reached((state) => {
    const second = answers(state)[1]?.audio;
    return second?.playback === "finished" ? second.heardMs : undefined;
  });
  await input.close();
  await session.close();

  const sound = Int16Array.from(pieces.flatMap((piece) => [...piece]));
  const expected = resample(sound, { inputRateHz: 24000, outputRateHz: context.sampleRate });
  const recorded = recorder.samples();
  const begin = recorded.findIndex((sample) => sample !== 0);
  // The answer has no silent sample, so the first two of these in a row are behind it.
  const length = recorded
    .subarray(begin)
    .findIndex((sample, index, rest) => sample === 0 && rest[index + 1] === 0);
  const exact = recorded.subarray(begin, begin + length - 128);
  const wrong = exact.filter((sample, index) => sample !== (expected[index] ?? 0) / 32768).length;
  await output.close();
  return {
    items: talk.state.items.map((item) =>
      item.type === "message" ? `${item.role}: ${textOf(item)}` : item.type,
    ),
    interruptions,
    graphMs: (length * 1000) / context.sampleRate,
    wrong,
    cutTookMs,
    silentAfterMs: ((recorder.firstFrame + begin + length - speechStartedFrame) * 1000) / context.sampleRate,
    secondHeardMs,
    problems,
  };
}

/** The sound of the assistant's messages. */
function answers({ items }: ConversationState) {
  return items
    .filter((item) => item.type === "message")
    .filter(({ role }) => role === "assistant")
    .flatMap(({ content: [part] }) => (part?.type === "output_audio" ? [part] : []));
}

/** Lets a microphone that hears somebody or something all the time be heard for a second. */
async function saysSomething(input: Microphone): Promise<void> {
  const said = Promise.withResolvers<void>();
  let frames = 0;
  const stop = input.onFrame(() => {
    frames += 1;
    if (frames === 50) said.resolve();
  });
  input.unmute();
  await said.promise;
  input.mute();
  stop();
}
