import type { ConversationState } from "../state.ts";
import { emptyInputAudio, withPart } from "./content.ts";
import { type Handlers, unchanged } from "./handler.ts";
import { updateItem, updateMessage, upsertItem, withoutAnnounced } from "./items.ts";
import { placeItem } from "./places.ts";
import { interruptResponses } from "./responses.ts";
import { withTurn } from "./turn.ts";
import { advanced, pendingMessage } from "./wire-item.ts";

/** The server's ear: the user's voice, from its first sound to the item that it becomes. */
export const inputEvents: Handlers<
  | "input_audio_buffer.speech_started"
  | "input_audio_buffer.speech_stopped"
  | "input_audio_buffer.committed"
  | "input_audio_buffer.cleared"
  | "input_audio_buffer.timeout_triggered"
  | "input_audio_buffer.dtmf_event_received"
> = {
  "input_audio_buffer.speech_started": (state, { item_id }) => {
    const speaking = { userSpeaking: true, serverAnswers: false, unwanted: false };
    const announced = withTurn(userAudio(state, item_id), speaking);
    return interrupts(state) ? interruptResponses(withTurn(announced, { interruptedBy: "user" })) : announced;
  },
  "input_audio_buffer.speech_stopped": (state, { item_id }) =>
    withTurn(userAudio(state, item_id), { userSpeaking: false, serverAnswers: answersByItself(state) }),
  "input_audio_buffer.committed": (state, { item_id, previous_item_id }) =>
    placeItem(
      updateItem(userAudio(state, item_id), item_id, (item) => advanced(item, "in_progress")),
      item_id,
      previous_item_id,
    ),
  "input_audio_buffer.cleared": (state) =>
    withTurn(withoutAnnounced(state), { userSpeaking: false, serverAnswers: false, unwanted: false }),
  "input_audio_buffer.timeout_triggered": (state, { item_id }) =>
    withTurn(userAudio(state, item_id), { serverAnswers: answersByItself(state) }),
  "input_audio_buffer.dtmf_event_received": unchanged,
};

function userAudio(state: ConversationState, itemId: string): ConversationState {
  const known = upsertItem(state, itemId, () => pendingMessage(itemId, "user"));
  return updateMessage(known, itemId, (item) => withPart(item, 0, emptyInputAudio, (part) => part));
}

function turnDetection(state: ConversationState) {
  const session = state.session;
  if (session === null || !("audio" in session)) return undefined;
  return session.audio?.input?.turn_detection ?? undefined;
}

/** Whether the user's voice stops the assistant's: unless the session says otherwise. */
export function interrupts(state: ConversationState): boolean {
  return turnDetection(state)?.interrupt_response !== false;
}

/** Whether the server answers a finished user turn by itself: unless the session says otherwise. */
function answersByItself(state: ConversationState): boolean {
  return state.session?.type !== "transcription" && turnDetection(state)?.create_response !== false;
}
