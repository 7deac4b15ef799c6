import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Effect, Policy } from "./effects.ts";
import { commandIdOf, nextRequests } from "./reduce/arbiter.ts";
import { findResponse } from "./reduce/responses.ts";
import type { ConversationState, ResponseState } from "./state.ts";
import type { ResponseRequest } from "./turn.ts";

/** Cancels what is not wanted any more, and silences what sounds of it. The server does both itself at the user's voice. */
export function cancelEffects(
  before: ConversationState,
  { from, event }: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
): readonly Effect[] {
  const isReason = from === "local" ? isWish(event.type) : event.type === "response.created";
  if (!isReason) return [];
  const cut = after.responses.filter((response) => isCut(before, response));
  const cancels = cut.map(
    ({ id }): Effect => ({ type: "send", event: { type: "response.cancel", response_id: id } }),
  );
  const isForSilence = event.type === "interrupt.requested" || hasReplaced(before, after);
  const isHeard = from === "local" && cut.some(({ outOfBand }) => !outOfBand);
  return isForSilence || isHeard ? [...cancels, silence(after)] : cancels;
}

function isWish(type: string): boolean {
  return type === "interrupt.requested" || type === "response.requested" || type === "response.withdrawn";
}

/** Whether a response that is being made has just been given up. */
function isCut(before: ConversationState, { id, interrupted }: ResponseState): boolean {
  return interrupted && findResponse(before, id)?.interrupted !== true;
}

/** Whether a request has come that takes the place of everything. */
function hasReplaced(before: ConversationState, after: ConversationState): boolean {
  if (before.turn.requested === after.turn.requested) return false;
  const newest = after.turn.requests.at(-1);
  return newest?.policy === "replace" && !newest.outOfBand;
}

function silence({ audio }: ConversationState): Effect {
  return audio === "events"
    ? { type: "flush" }
    : { type: "send", event: { type: "output_audio_buffer.clear" } };
}

/** Asks for the answers whose moment has come with an entry. */
export function askEffects(
  before: ConversationState,
  after: ConversationState,
  { respondToTools }: Policy,
): readonly Effect[] {
  const isSame =
    before.turn === after.turn &&
    before.responses === after.responses &&
    before.link === after.link &&
    before.budget === after.budget;
  if (isSame) return [];
  const asked = new Set(nextRequests(before, respondToTools).map(commandIdOf));
  return nextRequests(after, respondToTools)
    .filter((request) => !asked.has(commandIdOf(request)))
    .map(ask);
}

/** The request carries an id that the state rebuilds, so that its refusal can be told from that of others. */
function ask(request: ResponseRequest): Effect {
  const { response } = request;
  return {
    type: "send",
    event: {
      type: "response.create",
      event_id: commandIdOf(request),
      ...(response === undefined ? {} : { response }),
    },
  };
}
