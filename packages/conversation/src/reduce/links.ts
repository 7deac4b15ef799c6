import { type LocalEvent, redacted } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { ConversationItem, ConversationState, ResponseState, SuccessorState } from "../state.ts";
import { updateItem } from "./items.ts";
import { activeResponse } from "./responses.ts";
import { withTurn } from "./turn.ts";
import { advanced } from "./wire-item.ts";

/**
 * What was going on with the server is over: nobody will end the responses that ran. Where an answer was due and
 * nothing of it had come, it is still wanted.
 */
export function linkLost(state: ConversationState): ConversationState {
  const active = activeResponse(state);
  const due =
    state.turn.serverAnswers || (active !== undefined && active.itemIds.length === 0 && !active.interrupted);
  const wanted = due ? "program" : state.turn.wanted;
  // A request that nothing came of is sent again by the session; one that was answered is over with its response.
  const asked = active === undefined ? state.turn.asked : null;
  return withTurn(endResponses(state), { userSpeaking: false, serverAnswers: false, asked, wanted });
}

function endResponses(state: ConversationState): ConversationState {
  const running = state.responses.filter(({ status }) => status === "in_progress");
  if (running.length === 0) return state;
  const responses = state.responses.map(
    (response): ResponseState =>
      response.status === "in_progress"
        ? { ...response, status: "incomplete", reason: "link_lost" }
        : response,
  );
  const ids = running.flatMap(({ itemIds }) => itemIds);
  return ids.reduce<ConversationState>(
    (next, id) => updateItem(next, id, (item) => advanced(item, "incomplete")),
    { ...state, responses },
  );
}

type LinkFrame = Extract<LocalEvent, { type: "link.frame" }>;

/** A frame of a link beside the conversation's: what a successor was told, and how it is configured. */
export function successorFrame(
  state: ConversationState,
  { link, from, event }: LinkFrame,
): ConversationState {
  const known = state.successor?.link === link ? state.successor : { link, session: null, itemIds: [] };
  // Frames of either side are of this protocol, or mean nothing here.
  const next =
    from === "client" ? told(known, event as ClientEvent) : configured(known, event as ServerEvent);
  return next === state.successor || next === known ? state : { ...state, successor: next };
}

function told(successor: SuccessorState, event: ClientEvent): SuccessorState {
  const { itemIds } = successor;
  if (event.type === "conversation.item.create" && event.item.id !== undefined) {
    return { ...successor, itemIds: [...itemIds, event.item.id] };
  }
  if (event.type === "conversation.item.delete") {
    return { ...successor, itemIds: itemIds.filter((id) => id !== event.item_id) };
  }
  return successor;
}

function configured(successor: SuccessorState, event: ServerEvent): SuccessorState {
  if (event.type !== "session.created" && event.type !== "session.updated") return successor;
  return { ...successor, session: redacted(event.session) };
}

/** The successor has taken over: every item so far is of an earlier session, and there in words or not at all. */
export function switched(state: ConversationState): ConversationState {
  const { successor } = state;
  const present = new Set(successor?.itemIds ?? []);
  const items = state.items.map((item): ConversationItem => {
    const standing = present.has(item.id) ? "rebuilt" : "absent";
    return item.standing === standing ? item : { ...item, standing };
  });
  return linkLost({
    ...state,
    link: "open",
    session: successor?.session ?? state.session,
    successor: null,
    items,
  });
}
