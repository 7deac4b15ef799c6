import type { Entry, LocalEvent } from "@duologue/core";
import type { ClientEvent, ServerEvent, UnknownEvent } from "@duologue/protocol";
import { linkLost, successorFrame, switched } from "./reduce/links.ts";
import { defaultRate, reported, withAudio } from "./reduce/playback.ts";
import { interruptResponses } from "./reduce/responses.ts";
import { serverEvents } from "./reduce/server-events.ts";
import { answerCall, withTurn } from "./reduce/turn.ts";
import type { ConversationState } from "./state.ts";

/**
 * The next state of a conversation. Synchronous, total and deterministic: no clock, no randomness, no input or
 * output, and it never throws. An entry that changes nothing returns the same reference.
 */
export function reduce(state: ConversationState, entry: Entry<ClientEvent, ServerEvent>): ConversationState {
  // Frames that fail validation are delivered too. What a handler cannot read has no meaning, and handlers being
  // pure, nothing is left half done.
  try {
    if (entry.from === "server") return reduceServer(state, entry.event);
    if (entry.from === "client") return reduceClient(state, entry.event);
    return reduceLocal(state, entry.event);
  } catch {
    return state;
  }
}

function reduceServer(state: ConversationState, event: ServerEvent | UnknownEvent): ConversationState {
  if (!Object.hasOwn(serverEvents, event.type)) return state;
  // The table has one handler for each type, made for events of that type.
  const handler = serverEvents[event.type as ServerEvent["type"]] as (
    state: ConversationState,
    event: ServerEvent | UnknownEvent,
  ) => ConversationState;
  return handler(state, event);
}

function reduceClient(state: ConversationState, event: ClientEvent | UnknownEvent): ConversationState {
  const command = event as ClientEvent;
  if (command.type === "response.create") {
    if (command.response?.conversation === "none") return state;
    return withTurn(state, { asked: command.event_id ?? "", asks: state.turn.asks + 1, wanted: null });
  }
  if (command.type === "conversation.item.create" && command.item.type === "function_call_output") {
    return answerCall(state, command.item.call_id);
  }
  return state;
}

function reduceLocal(state: ConversationState, event: LocalEvent): ConversationState {
  switch (event.type) {
    case "link.opened":
      return { ...state, link: "open", audio: event.audio };
    case "link.closed":
      return linkLost({ ...state, link: "closed" });
    case "link.frame":
      return successorFrame(state, event);
    case "link.ended":
      return state.successor?.link === event.link ? { ...state, successor: null } : state;
    case "link.switched":
      return switched(state);
    case "playback.progress":
      return withAudio(state, event.itemId, event.contentIndex, defaultRate, (audio) =>
        reported(audio, "playing", event.heardMs),
      );
    case "playback.finished":
      return withAudio(state, event.itemId, event.contentIndex, defaultRate, (audio) =>
        reported(audio, "finished", event.heardMs),
      );
    case "playback.flushed":
      return withAudio(state, event.itemId, event.contentIndex, defaultRate, (audio) =>
        reported(audio, "flushed", event.heardMs),
      );
    case "response.requested":
      return withTurn(state, { wanted: "program" });
    case "interrupt.requested":
      return interruptResponses(state);
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
