import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { type ConversationState, initialState, reduce } from "../src/index.ts";

// What one delta of an answer costs in a conversation of 20, 200 and 2,000 items, side by side:
// node packages/conversation/bench/delta.ts

type LogEntry = Entry<ClientEvent, ServerEvent>;

const server = (event: object): LogEntry => ({
  at: 0,
  from: "server",
  // A bench writes the fields that matter.
  event: { event_id: "event_1", ...event } as unknown as ServerEvent,
});

/** A conversation of `count` items, the last of which is being generated. */
function conversationOf(count: number): ConversationState {
  const message = (id: string, role: string) => ({ id, type: "message", role, content: [] });
  const said = Array.from({ length: count - 1 }, (_, index) =>
    server({
      type: "conversation.item.added",
      previous_item_id: index === 0 ? null : `item_${index - 1}`,
      item: message(`item_${index}`, "user"),
    }),
  );
  const answer = message("item_a", "assistant");
  return [
    ...said,
    server({ type: "response.created", response: { id: "resp_1", status: "in_progress", output: [] } }),
    server({ type: "response.output_item.added", response_id: "resp_1", output_index: 0, item: answer }),
    server({ type: "conversation.item.added", previous_item_id: `item_${count - 2}`, item: answer }),
  ].reduce(reduce, initialState);
}

const place = { response_id: "resp_1", item_id: "item_a", output_index: 0, content_index: 0 };
const deltas = {
  "text delta": server({ type: "response.output_text.delta", ...place, delta: " word" }),
  "transcript delta": server({ type: "response.output_audio_transcript.delta", ...place, delta: " word" }),
  "audio delta": server({ type: "response.output_audio.delta", ...place, delta: "A".repeat(6400) }),
  "late transcript": server({
    type: "conversation.item.input_audio_transcription.delta",
    item_id: "item_10",
    content_index: 0,
    delta: " word",
  }),
};
const counts = [20, 200, 2_000];
const rounds = 50;
const perRound = 200;

/** The fastest of some rounds, each from the same state, so that no text grows long. */
function nsPerDelta(state: ConversationState, delta: LogEntry): number {
  const times = Array.from({ length: rounds }, () => {
    const begin = process.hrtime.bigint();
    let next = state;
    for (let count = 0; count < perRound; count++) next = reduce(next, delta);
    return Number(process.hrtime.bigint() - begin) / perRound;
  });
  return Math.min(...times);
}

console.log("ns per delta".padEnd(20), ...counts.map((count) => `${count} items`.padStart(12)));
for (const [name, delta] of Object.entries(deltas)) {
  const row = counts.map((count) => nsPerDelta(conversationOf(count), delta));
  console.log(name.padEnd(20), ...row.map((ns) => ns.toFixed(0).padStart(12)));
}
