import { redacted } from "@duologue/core";
import {
  type ClientEventOf,
  type RealtimeResponse,
  type ResponseConfig,
  responseMarker,
  type ServerEventOf,
} from "@duologue/protocol";
import type { ConversationState, ResponseState } from "../state.ts";
import type { ResponseRequest } from "../turn.ts";
import { commandIdOf } from "./arbiter.ts";
import { findItem } from "./items.ts";
import { isAtServer, moved, pruned, replaced } from "./request-list.ts";
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
  if (owner?.outOfBand === true && !response.outOfBand) return answerBegun(outOfBand(state, response), wire);
  if (owner !== undefined) {
    const begunRequest = withAnswer(owner, response.id);
    const { status } = begunRequest;
    const changed = moved(requests, begunRequest);
    const next = withTurn(state, { ...begun, requests: changed });
    return status === "running" ? unsilenced(next, response) : interruptResponse(next, response.id);
  }
  if (response.outOfBand) return state;
  const rivals = replaced(requests, (request) =>
    request.responseId === undefined ? withRival(request, response.id) : request,
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
  return unsilenced(withTurn(state, { ...begun, requests: served }), response);
}

/** Takes in that an answer begins that is wanted: what silenced the one before has no say in it. */
function unsilenced(state: ConversationState, { outOfBand }: ResponseState): ConversationState {
  return outOfBand ? state : withTurn(state, { interruptedBy: null });
}

/** A request whose answer has begun. One that nobody wants any more stays dropped. */
function withAnswer(request: ResponseRequest, responseId: string): ResponseRequest {
  const { sent } = request;
  if (sent?.presumed !== true) {
    return { ...request, status: request.status === "asked" ? "running" : request.status, responseId };
  }
  const { commandId, marked, unwanted } = sent;
  const status = request.status === "done" && unwanted !== true ? "running" : "dropped";
  return { ...request, status, responseId, sent: { commandId, marked } };
}

/** A request that is at the server beside a response that is none of ours. */
function withRival(request: ResponseRequest, rivalId: string): ResponseRequest {
  const { sent, outOfBand } = request;
  return sent === undefined || outOfBand ? request : { ...request, sent: { ...sent, rivalId } };
}

/** Services that do not say which conversation a response belongs to echo the mark of the request that does. */
function outOfBand(state: ConversationState, { id }: ResponseState): ConversationState {
  const responses = state.responses.map((response) =>
    response.id === id ? { ...response, outOfBand: true } : response,
  );
  return { ...state, responses };
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
  if (marker !== undefined) {
    const presumed = requests.filter(({ sent }) => sent?.presumed === true);
    return [...open, ...presumed].find(({ sent }) => sent?.commandId === marker);
  }
  return open.find(
    (request) => request.outOfBand === outOfBand && (!request.sent?.marked || metadata === undefined),
  );
}

/**
 * Takes in that a response has ended, and with it what was asked for; `hadBegun` says whether its beginning was seen.
 * Where no response ever bore a mark of ours, a request was answered by the one that began after it: it would be open
 * for ever otherwise. Of an answer without the mark that is presumed only.
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
  const isMarking = state.responses.some((known) => known.metadata?.[responseMarker] !== undefined);
  const ended = requests.filter(
    (request) =>
      request === owner ||
      request.responseId === response.id ||
      (!isMarking && isAtServer(request) && request.sent?.rivalId === response.id),
  );
  const settled = ended
    .filter(({ sharedWith }) => sharedWith === undefined)
    .reduce<readonly ResponseRequest[]>((list, { sent, ...request }) => {
      const status = isOpen(request) ? "done" : request.status;
      const isProven = response.metadata?.[responseMarker] === sent?.commandId;
      const rest = sent === undefined || isProven ? {} : { sent: { ...sent, presumed: true as const } };
      return moved(list, { ...request, ...rest, status, responseId: response.id });
    }, requests);
  const met = replaced(settled, (request) =>
    isAtServer(request) && request.responseId === undefined && !response.outOfBand
      ? withRival(request, response.id)
      : request,
  );
  const over = response.outOfBand ? {} : { serverAnswers: false, unwanted: false };
  return withTurn(state, { ...over, requests: pruned(met) });
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
  const isNamed = ({ sent }: ResponseRequest) => sent !== undefined && sent.commandId === error.event_id;
  const isMeant = ({ sent, outOfBand }: ResponseRequest) => isBusy && sent !== undefined && !outOfBand;
  const refused =
    error.event_id == null
      ? (requests.find((request) => isAtServer(request) && isMeant(request)) ?? requests.findLast(isMeant))
      : requests.find(isNamed);
  if (refused === undefined) return state;
  const { sent, responseId, ...request } = refused;
  const answer = responseId === undefined ? undefined : findResponse(state, responseId);
  // Its answer runs, as its mark says: what was refused is a copy.
  if (isBusy && answer?.metadata?.[responseMarker] === sent?.commandId && answer !== undefined) return state;
  const isPresumed = request.status === "done" && sent?.presumed === true && sent.unwanted !== true;
  if (!isOpen(request) && !isPresumed) return withTurn(state, { requests: moved(requests, request) });
  if (!isBusy) {
    const reason = error.code ?? error.message;
    const settled = pruned(moved(requests, { ...request, status: "refused", reason }));
    return withTurn(state, { requests: settled });
  }
  // A response may run of which we were not told; its end is going to be, unless it is the one that has ended since.
  const rival = sent?.rivalId === undefined ? undefined : findResponse(state, sent.rivalId);
  const isOver = isPresumed || (sent?.rivalId !== undefined && rival?.status !== "in_progress");
  const serverAnswers = state.turn.serverAnswers || (!isOver && activeResponse(state) === undefined);
  const waiting: ResponseRequest = { ...request, status: "waiting", attempts: request.attempts + 1 };
  return withTurn(state, { requests: moved(requests, waiting), serverAnswers });
}

/** How many items that the server has not confirmed are remembered; more than any program sends at once. */
const maxUnconfirmed = 32;

/** Whether an item was sent, or is there. */
export function isSent(state: ConversationState, id: string | undefined): boolean {
  return id !== undefined && (state.turn.unconfirmed.includes(id) || findItem(state, id) !== undefined);
}

/** Takes in that an item was sent, which the server is going to confirm. */
export function itemSent(state: ConversationState, id: string | undefined): ConversationState {
  if (typeof id !== "string" || isSent(state, id)) return state;
  return withTurn(state, { unconfirmed: [...state.turn.unconfirmed, id].slice(-maxUnconfirmed) });
}
