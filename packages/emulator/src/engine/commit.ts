import { appendItem, lastItemId } from "./conversation.ts";
import { change, type Draft, send } from "./draft.ts";
import { withSamples } from "./sample-chain.ts";
import { scheduleTranscription } from "./transcription.ts";

/** Makes a message of the user out of audio: committed, added and done at once, its transcript still to come. */
export function commitAudio(draft: Draft, itemId: string, samples: Int16Array): void {
  const { state, settings } = draft;
  const turnIndex = Math.max(state.turn, state.unheardTurn);
  const turn = settings.scenario.turns[turnIndex];
  change(draft, { unheardTurn: turnIndex + 1 });
  const previousItemId = lastItemId(state);
  send(draft, { type: "input_audio_buffer.committed", previous_item_id: previousItemId, item_id: itemId });
  appendItem(draft, {
    item: {
      id: itemId,
      type: "message",
      status: "completed",
      role: "user",
      content: [{ type: "input_audio", transcript: null }],
    },
    audio: { format: state.session.audio.input.format.type, samples: withSamples(undefined, samples) },
    heard: turn?.heard ?? "",
  });
  scheduleTranscription(draft, itemId, turn);
}
