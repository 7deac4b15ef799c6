import type { Entry, LocalEvent } from "@duologue/core";
import type { ClientEvent, ServerEvent, UnknownEvent } from "@duologue/protocol";
import { isFollowUp } from "./mcp-exchange.ts";
import { booked } from "./reduce/bookkeeping.ts";
import { answeringNoted, budgetLifted, budgetReached } from "./reduce/budget-events.ts";
import { clientEvents } from "./reduce/client-events.ts";
import { dialectEvents } from "./reduce/dialect-events.ts";
import { playerReported } from "./reduce/ledger.ts";
import { linkLost, restored, successorFrame, switched } from "./reduce/links.ts";
import { recognised } from "./reduce/recognised.ts";
import { interruptAsked, requestMade, requestWithdrawn } from "./reduce/requests.ts";
import { serverEvents } from "./reduce/server-events.ts";
import { commandUnsent } from "./reduce/unsent.ts";
import { type ConversationState, initialState } from "./state.ts";

/**
 * The next state of a conversation. Synchronous, total and deterministic: no clock, no randomness, no input or
 * output, and it never throws. An entry that changes nothing returns the same reference.
 */
export function reduce(state: ConversationState, logged: Entry): ConversationState {
  // Frames that fail validation are delivered too. What a handler cannot read has no meaning, and handlers being
  // pure, nothing is left half done.
  try {
    // An event of another protocol is one that is not known here, or not readable as what its name says.
    const entry = recognised(state, logged as Entry<ClientEvent, ServerEvent>);
    if (entry.from === "local") return answeringNoted(reduceLocal(state, entry.event), entry);
    const meaning = meaningOf(entry.from === "client" ? clientEvents : allServerEvents, entry.event);
    if (meaning === undefined) return state;
    return answeringNoted(booked(state, entry, meaning(state, entry.event)), entry);
  } catch {
    return state;
  }
}

const allServerEvents = { ...serverEvents, ...dialectEvents };

type Meaning = (
  state: ConversationState,
  event: ClientEvent | ServerEvent | UnknownEvent,
) => ConversationState;

/** What an event means, where anybody decided that. */
function meaningOf(table: object, { type }: { readonly type: string }): Meaning | undefined {
  // The tables have one function for each type, made for events of that type.
  return Object.hasOwn(table, type) ? (table as Readonly<Record<string, Meaning>>)[type] : undefined;
}

function reduceLocal(state: ConversationState, event: LocalEvent): ConversationState {
  switch (event.type) {
    case "link.opened":
      return state.link === "open" && state.audio === event.audio
        ? state
        : { ...state, link: "open", audio: event.audio, present: initialState.present };
    case "link.closed":
      return linkLost(state.link === "closed" ? state : { ...state, link: "closed" });
    case "session.closing":
      return state.link === "open" ? { ...state, link: "closed" } : state;
    case "link.frame":
      return successorFrame(state, event);
    case "link.ended":
      return state.successor?.link === event.link ? { ...state, successor: null } : state;
    case "link.switched":
      return switched(state);
    case "playback.progress":
      return playerReported(state, "playing", event);
    case "playback.finished":
      return playerReported(state, "finished", event);
    case "playback.flushed":
      return playerReported(state, "flushed", event);
    case "response.requested":
      return requestMade(state, event, isFollowUp(state, event.id) ? "tools" : "program");
    case "response.withdrawn":
      return requestWithdrawn(state, event.id);
    case "interrupt.requested":
      return interruptAsked(state);
    case "command.unsent":
      return commandUnsent(state, event);
    case "conversation.restored":
      return restored(state, event);
    case "budget.reached":
      return budgetReached(state, event);
    case "budget.lifted":
      return budgetLifted(state);
    case "link.retry":
    case "outbox.dropped":
    case "frame.undecodable":
      return state;
    default:
      // A recording may hold local events of a later version.
      event satisfies never;
      return state;
  }
}
