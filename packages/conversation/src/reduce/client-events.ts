import type { ClientEvent, ClientEventOf } from "@duologue/protocol";
import type { ConversationState } from "../state.ts";
import { answeredBy } from "./answered-by.ts";
import { answerCall, callDeletionSent } from "./calls.ts";
import { recreationOver } from "./echoes.ts";
import { unchanged } from "./handler.ts";
import { cutSent } from "./ledger.ts";
import { itemRemade } from "./places.ts";
import { appendedTo, committed, emptied } from "./present.ts";
import { isSent, itemSent, requestSent } from "./request-answers.ts";
import { retellingBegun } from "./retold.ts";

/**
 * What each command means once it was sent. What the server acknowledges has its meaning when it does: a command may be
 * refused.
 */
export const clientEvents: {
  readonly [K in ClientEvent["type"]]: (
    state: ConversationState,
    event: ClientEventOf<K>,
  ) => ConversationState;
} = {
  "response.create": requestSent,
  "conversation.item.create": (state, { item, event_id }) => {
    const sent = itemRemade(itemSent(state, item.id), item.id);
    if (item.type !== "function_call_output") return answeredBy(sent, item);
    // Sent once more it answers no other call of the same call id.
    return isSent(state, item.id) ? sent : answerCall(sent, item.call_id, event_id);
  },
  "conversation.item.delete": (state, event) =>
    callDeletionSent(retellingBegun(recreationOver(state, event.item_id), event), event),
  "conversation.item.retrieve": unchanged,
  "conversation.item.truncate": cutSent,
  "input_audio_buffer.append": appendedTo,
  "input_audio_buffer.clear": emptied,
  "input_audio_buffer.commit": committed,
  "output_audio_buffer.clear": unchanged,
  "response.cancel": unchanged,
  "session.update": unchanged,
};
