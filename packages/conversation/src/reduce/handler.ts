import type { ServerEvent, ServerEventOf } from "@duologue/protocol";
import type { ConversationState } from "../state.ts";

/** What an event means: the next state, or the same one when it changes nothing. */
type Handler<T extends ServerEvent["type"]> = (
  state: ConversationState,
  event: ServerEventOf<T>,
) => ConversationState;

/** One handler for each event type of a family. A type left out does not compile. */
export type Handlers<T extends ServerEvent["type"]> = { readonly [K in T]: Handler<K> };

/** The meaning of an event that the conversation does not depend on. */
export const unchanged = (state: ConversationState): ConversationState => state;
