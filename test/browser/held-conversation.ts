import { pacedPlayer } from "@duologue/audio";
import {
  type ConversationState,
  canonicalJson,
  conversation,
  textOf,
  tool,
  truncatedAtMs,
} from "@duologue/conversation";
import { realtimeSession, recordingHeader, recordingLine, systemClock } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import { webSocket } from "@duologue/transport-websocket";

/** A conversation as it was at its end. */
export interface HeldConversation {
  readonly items: readonly string[];
  /** Where the last answer was cut, in milliseconds. */
  readonly cutAtMs: number | undefined;
  readonly problems: readonly string[];
  /** The state as canonical JSON. */
  readonly state: string;
  /** The log as a recording. */
  readonly recording: string;
}

/** Asks something that needs a function, then asks for a story and interrupts it. */
export async function heldConversation(url: string): Promise<HeldConversation> {
  const clock = systemClock();
  const transport = webSocket({ url, apiKey: "ek_of_this_test" });
  const weather = tool({
    name: "get_weather",
    description: "The weather in a city.",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    run: ({ city }) => ({ city, sky: "clear" }),
  });
  const session = realtimeSession({
    transport,
    protocol: openaiRealtime,
    configure: [{ type: "session.update", session: { type: "realtime", tools: [weather.definition] } }],
  });
  const player = pacedPlayer({ sampleRateHz: 24_000, clock });
  const talk = conversation(session, { tools: [weather], player });
  const lines = [recordingHeader(openaiRealtime.name)];
  const problems: string[] = [];
  session.log$.subscribe((entry) => void lines.push(recordingLine(entry)));
  session.problems$.subscribe((problem) => void problems.push(JSON.stringify(problem)));
  talk.problems$.subscribe(({ error }) => void problems.push(error.message));
  const reached = (test: (state: ConversationState) => boolean) =>
    new Promise<void>((resolve) => {
      const watching = talk.state$.subscribe((state) => {
        if (!test(state)) return;
        resolve();
        queueMicrotask(() => watching.unsubscribe());
      });
    });

  await session.open();
  talk.say("What is the weather in Lisbon?");
  await reached(({ responses }) => responses[1]?.status === "completed");
  talk.say("Tell me a story.");
  await reached(({ responses }) => responses[2]?.status === "completed");
  await reached((state) => heardMs(state) >= 200);
  talk.interrupt();
  await reached(({ items }) => items.some((item) => truncatedAtMs(item) !== undefined));
  const last = talk.state.items.at(-1);
  await session.close();
  player.stop();
  return {
    items: talk.state.items.map((item) =>
      item.type === "message" ? `${item.role}: ${textOf(item)}` : item.type,
    ),
    cutAtMs: last === undefined ? undefined : truncatedAtMs(last),
    problems,
    state: canonicalJson(talk.state),
    recording: lines.join("\n"),
  };
}

/** How much was heard of the last item. */
function heardMs({ items }: ConversationState): number {
  const last = items.at(-1);
  const part = last?.type === "message" ? last.content[0] : undefined;
  return part?.type === "output_audio" ? (part.audio?.heardMs ?? 0) : 0;
}
