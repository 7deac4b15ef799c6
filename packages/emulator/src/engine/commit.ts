import { heardBy } from "../ear/heard-by.ts";
import { appendItem, lastItemId } from "./conversation.ts";
import { change, type Draft, send } from "./draft.ts";
import { inputFormat, inputRateHz } from "./input-audio.ts";
import { nextHeardTurn } from "./next-heard-turn.ts";
import { withSamples } from "./sample-chain.ts";
import { scheduleTranscription } from "./transcription.ts";

/**
 * Makes a message of the user out of audio: committed, added and done at once, its transcript still to come, but for
 * the `written` pieces of it that have come already.
 */
export function commitAudio(draft: Draft, itemId: string, samples: Int16Array, written = 0): void {
  const { state, settings } = draft;
  const turn = settings.scenario.turns[nextHeardTurn(state)];
  change(draft, { unheardTurn: nextHeardTurn(state) + 1, idle: undefined });
  const { heard, fault } = heardBy(settings.ear, turn, samples, inputRateHz(state));
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
    audio: { format: inputFormat(state), samples: withSamples(undefined, samples) },
    heard,
  });
  scheduleTranscription(draft, itemId, turn, { written, fault });
}
