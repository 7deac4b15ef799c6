import { pacedPlayer } from "@duologue/audio";
import { conversation, type Interruption, receivedMs } from "@duologue/conversation";
import { realtimeSession } from "@duologue/core";
import { emulator } from "@duologue/emulator";
import { openaiRealtime } from "@duologue/protocol";
import { seededRandom, virtualClock } from "@duologue/testing";
import { linearHeardText } from "./linear.ts";
import { type Speech, spokenAtMs, spokenBy } from "./speech.ts";

/** An answer that was interrupted: what two estimates take for heard, and what was. */
export interface CutAnswer {
  readonly speech: Speech;
  readonly heardMs: number;
  readonly truth: string;
  readonly estimate: string;
  /** The transcript as far as it was there, laid evenly over the sound as far as it was there. */
  readonly linear: string;
}

/** How answers are cut. */
export interface Cutting {
  readonly speeches: readonly Speech[];
  /** How much faster than it sounds an answer is generated; near 1, an interruption comes while it still is. */
  readonly pace: number;
  readonly rounds: number;
  readonly seed: number;
}

/**
 * Holds a conversation with an emulator that speaks like this, in virtual time, and interrupts its answers at moments
 * that chance chooses; one in four is heard to its end.
 */
export async function cutAnswers({ speeches, pace, rounds, seed }: Cutting): Promise<readonly CutAnswer[]> {
  const clock = virtualClock();
  const random = seededRandom(seed);
  const turns = Array.from(
    { length: rounds },
    () => speeches[random.below(speeches.length)] ?? { text: "", ms: 0, words: [] },
  );
  const service = emulator({
    clock,
    epochMs: () => clock.now(),
    expireAfterMs: null,
    pace,
    scenario: { turns: turns.map(({ text }) => ({ say: text })) },
    // Nobody listens: silence of the right length will do.
    voice: (text, sampleRateHz) => {
      const { ms = 0 } = speeches.find((speech) => speech.text === text) ?? {};
      return new Int16Array(Math.round((ms * sampleRateHz) / 1000));
    },
  });
  const session = realtimeSession({
    transport: service.transport(),
    protocol: openaiRealtime,
    clock,
    epochMs: () => clock.now(),
    configure: [
      {
        type: "session.update",
        session: { type: "realtime", audio: { output: { format: { type: "audio/pcmu" } } } },
      },
    ],
  });
  const player = pacedPlayer({ sampleRateHz: 8000, clock });
  const talk = conversation(session, { player, clock });
  const opening = session.open();
  await clock.advance(500);
  await opening;

  const cuts: CutAnswer[] = [];
  let interruption: Interruption | undefined;
  talk.interruptions$.subscribe((each) => {
    interruption = each;
  });
  for (const speech of turns) {
    interruption = undefined;
    talk.respond();
    while (!isHeard(talk.state)) await clock.advance(20);
    const isWhole = random.chance(0.25);
    await clock.advance(isWhole ? speech.ms + 1000 : random.next() * speech.ms);
    const { items } = talk.state;
    talk.interrupt();
    const cut: Interruption | undefined = interruption;
    const item = items.at(-1);
    const part = item?.type === "message" ? item.content[0] : undefined;
    if (cut !== undefined && part?.type === "output_audio" && part.audio !== undefined) {
      const { heardMs, heardText: estimate } = cut;
      const linear = linearHeardText(part.transcript, heardMs, receivedMs(part.audio));
      cuts.push({ speech, heardMs, truth: spokenBy(speech, heardMs), estimate, linear });
    }
    await clock.advance(1000);
  }
  const closing = session.close();
  await clock.advance(100);
  await closing;
  talk.close();
  player.stop();
  return cuts;
}

function isHeard({ items }: { readonly items: ReturnType<typeof conversation>["state"]["items"] }): boolean {
  const item = items.at(-1);
  const part = item?.type === "message" ? item.content[0] : undefined;
  return part?.type === "output_audio" && part.audio?.playback === "playing";
}

/** How far an estimate is off: milliseconds between its last word's end and that of the last one that was heard. */
export function errorsMs(cuts: readonly CutAnswer[], of: "estimate" | "linear"): readonly number[] {
  return cuts.map((cut) => spokenAtMs(cut.speech, cut[of].length) - spokenAtMs(cut.speech, cut.truth.length));
}

/** The same in words. */
export function errorsInWords(cuts: readonly CutAnswer[], of: "estimate" | "linear"): readonly number[] {
  return cuts.map((cut) => wordCount(cut[of]) - wordCount(cut.truth));
}

function wordCount(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
