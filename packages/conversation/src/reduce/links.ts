import { type LocalEvent, redacted } from "@duologue/core";
import type { ServerEvent } from "@duologue/protocol";
import type { ConversationItem } from "../item.ts";
import { thirdVersion } from "../snapshot/third-version.ts";
import { type ConversationState, initialState, type SuccessorState } from "../state.ts";
import { toldId } from "../told-id.ts";
import { piecesOver } from "./echoes.ts";
import { withoutAnnounced } from "./items.ts";
import { speechEnded } from "./ledger.ts";
import { mapped } from "./lists.ts";
import { readObject, readText } from "./readable.ts";
import { requestsLost } from "./requests.ts";
import { endedWith } from "./responses.ts";
import { withTold } from "./retold.ts";
import { isUnheard } from "./unheard.ts";
import { isEnded } from "./wire-item.ts";
import { withFields } from "./with-fields.ts";

/**
 * What was going on with the server is over: nobody will end the responses that ran. Where an answer was due and
 * nobody had heard anything of it, it is still wanted, and the words that it has were never spoken.
 */
export function linkLost(state: ConversationState): ConversationState {
  const ended = state.responses.filter(({ status }) => status === "in_progress");
  const unheard = ended.filter((response) => isUnheard(state, response));
  const over = unheard.reduce((next, { id }) => speechEnded(next, id, true), endResponses(state));
  return piecesOver(requestsLost(over, ended, unheard));
}

/** Ends what was under way. What was only announced never comes. */
function endResponses(state: ConversationState): ConversationState {
  const ended = (item: ConversationItem) => (isEnded(item) ? item : endedWith(item, "incomplete"));
  return withFields(state, {
    items: state.items.map(ended),
    detached: withoutAnnounced(state).detached.map(ended),
    responses: state.responses.map((response) =>
      response.status === "in_progress"
        ? { ...response, status: "incomplete", reason: "link_lost" }
        : response,
    ),
  });
}

type LinkFrame = Extract<LocalEvent, { type: "link.frame" }>;

/** A frame of a link beside the conversation's: what its server has, and how it is configured. */
export function successorFrame(
  state: ConversationState,
  { link, from, event }: LinkFrame,
): ConversationState {
  // What a successor was told counts when its server says so: it may refuse.
  if (from === "client") return state;
  const known = state.successor?.link === link ? state.successor : { link, session: null, itemIds: [] };
  // A frame that is no event of this protocol means nothing here.
  const next = told(known, event as ServerEvent);
  return next === known ? state : { ...state, successor: next };
}

function told(successor: SuccessorState, event: ServerEvent): SuccessorState {
  const { itemIds } = successor;
  switch (event.type) {
    case "session.created":
    case "session.updated": {
      return withFields(successor, { session: redacted(readObject(event.session) ?? successor.session) });
    }
    case "conversation.item.added":
    case "conversation.item.created": {
      const id = readText(event.item.id);
      return !id || itemIds.includes(id) ? successor : { ...successor, itemIds: [...itemIds, id] };
    }
    case "conversation.item.deleted":
      return withFields(successor, { itemIds: itemIds.filter((id) => id !== event.item_id) });
    default:
      return successor;
  }
}

/**
 * The items as seen from another session: those that it was told, by the ids `present`, are there in words, the others
 * not at all.
 */
function elsewhere(
  items: readonly ConversationItem[],
  present: readonly string[],
): readonly ConversationItem[] {
  const ids = new Set(present);
  return mapped(items, (item) => {
    const standing = ids.has(toldId(item.id)) ? "rebuilt" : "absent";
    return withTold(withFields<ConversationItem>(item, { standing }));
  });
}

/** A conversation that goes on in a session that knows nothing of it: everything so far was said elsewhere. */
export function resumed(state: ConversationState): ConversationState {
  const { version, items, detached, deleted, responses, turn, usage, budget } = linkLost(state);
  return {
    ...initialState,
    ...{ version, deleted, responses, turn, usage, budget },
    items: elsewhere(items, []),
    detached: elsewhere(detached, []),
  };
}

/** Takes up where a conversation stood; the same state where it stands there already. */
export function restored(
  state: ConversationState,
  { state: earlier }: Extract<LocalEvent, { type: "conversation.restored" }>,
): ConversationState {
  if (!("version" in earlier)) return state;
  // Version 2 is the first that logs have held, and one of a later version means nothing here.
  const now = earlier.version === 2 ? thirdVersion({ ...earlier }) : earlier;
  if (now.version !== initialState.version) return state;
  const { link, audio, session, successor, present, echoes } = state;
  // Whoever noted it had a state.
  const from = resumed(now as unknown as ConversationState);
  return withFields(state, { ...from, link, audio, session, successor, present, echoes });
}

/** The successor has taken over: every item so far is of an earlier session, and there in words or not at all. */
export function switched(state: ConversationState): ConversationState {
  const { successor } = state;
  const present = successor?.itemIds ?? [];
  return linkLost({
    ...state,
    link: "open",
    session: successor?.session ?? state.session,
    successor: null,
    present: initialState.present,
    echoes: { ...initialState.echoes, greeting: state.echoes.greeting },
    items: elsewhere(state.items, present),
    detached: elsewhere(state.detached, present),
  });
}
