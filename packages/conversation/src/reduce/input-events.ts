import type { ConversationItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import type { Turn } from "../turn.ts";
import { type Handlers, unchanged } from "./handler.ts";
import { transcribed } from "./item-events.ts";
import { findItem, isAnnounced, isDeleted, updateItem, withoutAnnounced } from "./items.ts";
import { placeItem } from "./places.ts";
import { turnDetectionOf } from "./present.ts";
import { interruptResponses } from "./responses.ts";
import { withTurn } from "./turn.ts";
import { advanced, isEnded } from "./wire-item.ts";

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
    if (isOldSpeech(state, item_id)) return state;
    const announced = withTurn(userAudio(state, item_id), { ...nobodySpeaks, userSpeaking: true });
    return interrupts(state) ? interruptResponses(withTurn(announced, { interruptedBy: "user" })) : announced;
  },
  "input_audio_buffer.speech_stopped": (state, { item_id }) => {
    const item = findItem(state, item_id);
    // Told once more, behind its turn.
    if (item !== undefined && isEnded(item)) return state;
    const over = { userSpeaking: false, serverAnswers: answersByItself(state) };
    return withTurn(userAudio(state, item_id), over);
  },
  "input_audio_buffer.committed": (state, { item_id, previous_item_id }) => {
    const known = updateItem(userAudio(state, item_id), item_id, (item) => advanced(item, "in_progress"));
    // A commit of the program's own ends speech without `speech_stopped`.
    const isLatest = (announced(known)?.id ?? item_id) === item_id;
    const heard = isLatest ? withTurn(known, { userSpeaking: false }) : known;
    return placeItem(heard, item_id, previous_item_id);
  },
  "input_audio_buffer.cleared": (state) => withTurn(withoutAnnounced(state), nobodySpeaks),
  "input_audio_buffer.timeout_triggered": (state, { item_id }) =>
    isPast(state, item_id)
      ? state
      : withTurn(userAudio(state, item_id), { serverAnswers: answersByItself(state) }),
  "input_audio_buffer.dtmf_event_received": unchanged,
};

const nobodySpeaks: Partial<Turn> = { userSpeaking: false, serverAnswers: false, unwanted: false };

/** The speech that was announced last and has not become an item. */
function announced({ detached }: ConversationState): ConversationItem | undefined {
  return detached.findLast(isAnnounced);
}

/** Whether an item has its place in the conversation, or had. */
function isPast(state: ConversationState, itemId: string): boolean {
  return state.items.some(({ id }) => id === itemId) || isDeleted(state, itemId);
}

/** Whether speech has ended already, with or without a place as yet: that it begins is told once more then. */
export function isOldSpeech(state: ConversationState, itemId: string): boolean {
  const item = findItem(state, itemId);
  const hasEnded = item !== undefined && isAnnounced(item) && !state.turn.userSpeaking;
  return hasEnded || isPast(state, itemId);
}

/** Takes in that the session is another: what its turn detection does not do any more is not waited for. */
export function detectionChanged(state: ConversationState): ConversationState {
  if (turnDetectionOf(state) === null) return withTurn(state, nobodySpeaks);
  return answersByItself(state) ? state : withTurn(state, { serverAnswers: false, unwanted: false });
}

/** The user's speech, made where nothing else is heard of it. */
function userAudio(state: ConversationState, itemId: string): ConversationState {
  return transcribed(state, itemId, 0, (part) => part);
}

/** Whether the user's voice stops the assistant's: unless the session says otherwise. */
export function interrupts(state: ConversationState): boolean {
  return turnDetectionOf(state)?.interrupt_response !== false;
}

/** Whether the server answers a finished user turn by itself: unless the session says otherwise. */
function answersByItself(state: ConversationState): boolean {
  return state.session?.type !== "transcription" && turnDetectionOf(state)?.create_response !== false;
}
