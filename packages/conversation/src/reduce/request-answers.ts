import { redacted } from "@duologue/core";
import {
  type ClientEventOf,
  type RealtimeResponse,
  type ResponseConfig,
  responseMarker,
  type ServerEventOf,
} from "@duologue/protocol";
import type { ConversationState, ResponseRequest, ResponseState } from "../state.ts";
import { commandIdOf } from "./arbiter.ts";
import { findItem } from "./items.ts";
import { moved, pruned, replaced } from "./request-list.ts";
import { isOpen, isWaiting } from "./requests.ts";
import { activeResponse, findResponse, interruptResponse } from "./responses.ts";
import { withTurn } from "./turn.ts";

/** Takes in that a `response.create` was sent: of one of the requests, or of a program that asks by itself. */
export function requestSent(
  state: ConversationState,
  { event_id, response }: ClientEventOf<"response.create">,
): ConversationState {
  const { requests } = state.turn;
  const requested = state.turn.requested + 1;
  const commandId = event_id ?? `ask_${requested}`;
  // Sent once more, over the next link.
  if (requests.some(({ sent }) => sent?.commandId === commandId)) return state;
  const sent = { commandId, marked: response?.metadata?.[responseMarker] !== undefined };
  const known = requests.find((request) => !request.sent && commandIdOf(request) === commandId);
  if (known !== undefined) {
    // One that was dropped while its command waited to be sent stays dropped.
    const status = known.status === "waiting" ? "asked" : known.status;
    return withTurn(state, { requests: moved(requests, { ...known, status, sent }) });
  }
  const options = response === undefined ? {} : withoutMark(redacted(response));
  const fresh: ResponseRequest = {
    id: commandId,
    by: "program",
    policy: "queue",
    status: "asked",
    outOfBand: response?.conversation === "none",
    attempts: 0,
    sent,
    ...(Object.keys(options).length === 0 ? {} : { response: options }),
  };
  return withTurn(state, { requested, requests: pruned([...requests, fresh]) });
}

function withoutMark({ metadata, ...options }: ResponseConfig): ResponseConfig {
  const { [responseMarker]: _, ...own } = metadata ?? {};
  return Object.keys(own).length === 0 ? options : { ...options, metadata: own };
}

/**
 * Takes in that a response has begun: the answer to one of the requests, or one that the server makes by itself, which
 * satisfies those that want any answer. One that nobody wants any more is marked as interrupted.
 */
export function answerBegun(state: ConversationState, wire: RealtimeResponse): ConversationState {
  const response = findResponse(state, wire.id);
  if (response === undefined) return state;
  const { requests, unwanted } = state.turn;
  const begun = response.outOfBand ? {} : { serverAnswers: false, unwanted: false, unconfirmed: [] };
  const owner = ownerOf(requests, response, wire.metadata);
  if (owner !== undefined) {
    const status = owner.status === "asked" ? "running" : owner.status;
    const changed = moved(requests, { ...owner, status, responseId: response.id });
    const next = withTurn(state, { ...begun, requests: changed });
    return status === "running" ? next : interruptResponse(next, response.id);
  }
  if (response.outOfBand) return state;
  const rivals = replaced(requests, (request) =>
    request.sent === undefined || request.responseId !== undefined || request.outOfBand
      ? request
      : { ...request, sent: { ...request.sent, rivalId: response.id } },
  );
  if (unwanted || requests.some((request) => isWaiting(request) && request.policy === "replace")) {
    return interruptResponse(withTurn(state, { ...begun, requests: rivals }), response.id);
  }
  // An item that the server did not have when it began cannot be answered by it.
  const knowsAll = state.turn.unconfirmed.every((id) => findItem(state, id) !== undefined);
  const satisfied = knowsAll ? rivals.filter(isSatisfiedByAny) : [];
  const served = satisfied.reduce<readonly ResponseRequest[]>(
    (list, request) => moved(list, { ...request, status: "running", responseId: response.id }),
    rivals,
  );
  return withTurn(state, { ...begun, requests: served });
}

/** Whether a request asks for nothing in particular, and has not met a response that came before it. */
function isSatisfiedByAny(request: ResponseRequest): boolean {
  const { policy, response, outOfBand, attempts } = request;
  const asksForAny = policy === "coalesce" && response === undefined && !outOfBand;
  return isWaiting(request) && asksForAny && attempts === 0;
}

/**
 * The request that a response answers. Where the service echoes metadata they say so; where it does not, it is the
 * one that is at the server, until an `error` says otherwise.
 */
function ownerOf(
  requests: readonly ResponseRequest[],
  { outOfBand }: ResponseState,
  metadata: RealtimeResponse["metadata"],
): ResponseRequest | undefined {
  const marker = metadata?.[responseMarker];
  const open = requests.filter(({ sent, responseId }) => sent !== undefined && responseId === undefined);
  if (marker !== undefined) return open.find(({ sent }) => sent?.commandId === marker);
  return open.find(
    (request) => request.outOfBand === outOfBand && (!request.sent?.marked || metadata === undefined),
  );
}

/**
 * Takes in that a response has ended, and with it what was asked for; `hadBegun` says whether its beginning was seen.
 * A request that a service has neither refused nor marked was answered by the response that began after it.
 */
export function answerEnded(
  state: ConversationState,
  wire: RealtimeResponse,
  hadBegun: boolean,
): ConversationState {
  const response = findResponse(state, wire.id);
  if (response === undefined) return state;
  const { requests } = state.turn;
  const owner = hadBegun ? undefined : ownerOf(requests, response, wire.metadata);
  const ended = requests.filter(
    (request) =>
      request === owner || request.responseId === response.id || request.sent?.rivalId === response.id,
  );
  const settled = ended
    .filter(({ sharedWith }) => sharedWith === undefined)
    .reduce<readonly ResponseRequest[]>((list, { sent: _, ...request }) => {
      const status = isOpen(request) ? "done" : request.status;
      return moved(list, { ...request, status, responseId: response.id });
    }, requests);
  const over = response.outOfBand ? {} : { serverAnswers: false, unwanted: false };
  return withTurn(state, { ...over, requests: pruned(settled) });
}

/**
 * Takes in a refusal. A request that lost to a response which the server made by itself waits again. A server that
 * names no command can still mean only the request that is on its way.
 */
export function requestRefused(
  state: ConversationState,
  { error }: ServerEventOf<"error">,
): ConversationState {
  const { requests } = state.turn;
  const isBusy = error.code === "conversation_already_has_active_response";
  const refused = requests.find(({ sent, outOfBand }) =>
    error.event_id == null
      ? isBusy && sent !== undefined && !outOfBand
      : sent !== undefined && sent.commandId === error.event_id,
  );
  if (refused === undefined) return state;
  const { sent, responseId, ...request } = refused;
  const answer = responseId === undefined ? undefined : findResponse(state, responseId);
  // Its answer runs, as its mark says: what was refused is a copy.
  if (isBusy && answer?.metadata?.[responseMarker] === sent?.commandId && answer !== undefined) return state;
  if (!isOpen(request)) return withTurn(state, { requests: moved(requests, request) });
  if (!isBusy) {
    const reason = error.code ?? error.message;
    const settled = pruned(moved(requests, { ...request, status: "refused", reason }));
    return withTurn(state, { requests: settled });
  }
  // A response may run of which we were not told; its end is going to be.
  const serverAnswers = state.turn.serverAnswers || activeResponse(state) === undefined;
  const waiting: ResponseRequest = { ...request, status: "waiting", attempts: request.attempts + 1 };
  return withTurn(state, { requests: moved(requests, waiting), serverAnswers });
}

/** How many items that the server has not confirmed are remembered; more than any program sends at once. */
const maxUnconfirmed = 32;

/** Takes in that an item was sent, which the server is going to confirm. */
export function itemSent(state: ConversationState, id: string | undefined): ConversationState {
  const { unconfirmed } = state.turn;
  if (typeof id !== "string" || unconfirmed.includes(id) || findItem(state, id) !== undefined) return state;
  return withTurn(state, { unconfirmed: [...unconfirmed, id].slice(-maxUnconfirmed) });
}
