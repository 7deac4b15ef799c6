import { bytesToBase64, encodeMuLaw } from "@duologue/audio";
import { type Conversation, tool } from "@duologue/conversation";
import { type Clock, RealtimeError, type Session } from "@duologue/core";
import type { Scenario } from "@duologue/emulator";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { SeededRandom } from "@duologue/testing";

/** One command whose outcome somebody waits for. */
interface Outcome {
  readonly type: string;
  /** Whether the server has to refuse it, whatever the weather. */
  readonly isAbsurd: boolean;
  /** How often it was settled. */
  settled: number;
  result?: ServerEvent | RealtimeError;
}

/** What a program did. */
export interface Doings {
  readonly outcomes: Outcome[];
  /** Texts that were said, each of them once, and that `say` neither refused nor gave up later. */
  readonly said: string[];
  /** What commands threw at once. */
  readonly refusals: RealtimeError[];
  /** Calls that were run, by their ids, one entry for each run. */
  readonly runs: string[];
}

/** The functions that the model may call: one that answers at once, one that takes its time, one that throws, one that hangs. */
export function tools(clock: Clock, runs: string[]) {
  const after = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  const parameters = { type: "object", properties: {} };
  const made = (name: string, run: () => unknown) =>
    tool({
      name,
      description: `It is ${name}.`,
      parameters,
      timeoutMs: 700,
      run: (_, { callId }) => {
        runs.push(callId);
        return run();
      },
    });
  return [
    made("prompt", () => ({ answer: 42 })),
    made("slow", () => after(150).then(() => "at last")),
    made("broken", () => {
      throw new Error("out of order");
    }),
    made("hanging", () => new Promise<never>(() => {})),
  ];
}

const toolNames = ["prompt", "slow", "broken", "hanging", "unknown to all"];
const sound = new Int16Array(24 * 100);

/** What the assistant does, turn by turn. */
export function scenario(random: SeededRandom): Scenario {
  const turn = () => {
    const calls = random.chance(0.3) ? 1 + random.below(3) : 0;
    const ending = random.below(10);
    return {
      heard: "a question",
      ...(calls > 0 && random.chance(0.5) ? {} : { say: "an answer", speech: sound }),
      tools: Array.from({ length: calls }, () => ({ name: toolNames[random.below(toolNames.length)] ?? "" })),
      delayMs: random.below(150),
      ...(ending === 0 ? { status: "incomplete" as const } : {}),
      ...(ending === 1 ? { status: "failed" as const } : {}),
      transcription: {
        delayMs: random.below(500),
        outcome: (["completed", "failed", "none", "completed"] as const)[random.below(4)] ?? "completed",
      },
    };
  };
  return { turns: Array.from({ length: 12 }, turn) };
}

/** 300 ms of a voice and 300 ms of silence, 100 ms at a time, as a telephone sends them: G.711 at 8 kHz. */
const microphone = [0.5, 0.5, 0.5, 0, 0, 0].map((amplitude) => {
  const samples = Int16Array.from({ length: 800 }, (_, at) => amplitude * 32_767 * Math.sin(at * 0.3));
  return bytesToBase64(encodeMuLaw(samples));
});

/** Does what a person and a program do in a conversation, as chance has it. */
export async function program(
  session: Session<ClientEvent, ServerEvent>,
  talk: Conversation,
  random: SeededRandom,
  advance: (ms: number) => Promise<void>,
  doings: Doings,
): Promise<void> {
  const attempt = (act: () => void): boolean => {
    try {
      act();
      return true;
    } catch (error) {
      doings.refusals.push(RealtimeError.from(error, "invalid_state"));
      return false;
    }
  };
  const request = (event: ClientEvent, isAbsurd = false) => {
    const outcome: Outcome = { type: event.type, isAbsurd, settled: 0 };
    doings.outcomes.push(outcome);
    const settle = (result: ServerEvent | RealtimeError) => {
      outcome.settled += 1;
      outcome.result = result;
    };
    session.request(event, { timeoutMs: 900 }).then(settle, (error: unknown) => {
      if (RealtimeError.is(error)) settle(error);
      else throw error;
    });
  };
  let lines = 0;
  const anItem = () => talk.state.items[random.below(Math.max(1, talk.state.items.length))]?.id;

  const acts: readonly (() => void | Promise<void>)[] = [
    () => {
      lines += 1;
      const text = `line ${lines} of a program`;
      const takeBack = () => void doings.said.splice(doings.said.indexOf(text), 1);
      attempt(() => {
        talk.say(text).catch(takeBack);
        doings.said.push(text);
      });
    },
    async () => {
      for (const sample of microphone) {
        attempt(() => talk.appendAudio(sample));
        await advance(100);
      }
    },
    () => attempt(() => talk.interrupt()),
    () => attempt(() => talk.respond()),
    () => {
      const item_id = anItem();
      if (item_id !== undefined) request({ type: "conversation.item.retrieve", item_id });
    },
    () => {
      const item_id = anItem();
      if (item_id !== undefined && random.chance(0.5)) request({ type: "conversation.item.delete", item_id });
    },
    () => request({ type: "conversation.item.delete", item_id: "item_of_nobody" }, true),
    () => request({ type: "input_audio_buffer.clear" }),
    () =>
      request({ type: "response.create", response: { conversation: "none", metadata: { for: "tests" } } }),
    () =>
      request({
        type: "session.update",
        session: { type: "realtime", instructions: `Be ${random.next()}.` },
      }),
    () => {
      const text = `asked for ${doings.outcomes.length + 1}`;
      request({
        type: "conversation.item.create",
        item: { type: "message", role: "user", content: [{ type: "input_text", text }] },
      });
    },
  ];
  const count = 1 + random.below(3);
  for (let step = 0; step < count; step += 1) {
    // Saying something is what people do most.
    await acts[random.chance(0.3) ? 0 : random.below(acts.length)]?.();
    if (!random.chance(0.3)) await advance(random.below(600));
  }
}
