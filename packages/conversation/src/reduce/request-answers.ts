import { redacted } from "@duologue/core";
import {
  type ClientEventOf,
  type RealtimeResponse,
  type ResponseConfig,
  responseMarker,
  type ServerEventOf,
} from "@duologue/protocol";
import type { ConversationState, ResponseState } from "../state.ts";
import type { ResponseRequest, Turn } from "../turn.ts";
import { commandIdOf } from "./arbiter.ts";
import { findItem } from "./items.ts";
import { isAtServer, isOpen, isWaiting, moved, withRequest, withRequests } from "./request-list.ts";
import { activeResponse, findResponse, interruptResponse, upsertResponse } from "./responses.ts";
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
    return withRequest(state, { ...known, status, sent });
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
  return withRequests(state, [...requests, fresh], { requested });
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
  // What silenced the answer before has no say in one that is wanted.
  const heard: Partial<Turn> = response.outOfBand ? {} : { ...begun, interruptedBy: null };
  const owner = ownerOf(requests, response, wire.metadata);
  if (owner?.outOfBand === true && !response.outOfBand) {
    // Services that do not say which conversation a response belongs to echo the mark of the request that does.
    const beside = upsertResponse(state, response.id, (known) => ({ ...known, outOfBand: true }));
    return answerBegun(beside, wire);
  }
  if (owner !== undefined) {
    const answered = withAnswer(owner, response.id);
    return answered.status === "running"
      ? withRequest(state, answered, heard)
      : interruptResponse(withRequest(state, answered, begun), response.id);
  }
  if (response.outOfBand) return state;
  const rivals = withRival(requests, response);
  if (unwanted || requests.some((request) => isWaiting(request) && request.policy === "replace")) {
    return interruptResponse(withRequests(state, rivals, begun), response.id);
  }
  // An item that the server did not have when it began cannot be answered by it.
  const knowsAll = state.turn.unconfirmed.every((id) => findItem(state, id) !== undefined);
  const satisfied = knowsAll ? rivals.filter(isSatisfiedByAny) : [];
  const served = satisfied.reduce<readonly ResponseRequest[]>(
    (list, request) => moved(list, { ...request, status: "running", responseId: response.id }),
    rivals,
  );
  return withRequests(state, served, heard);
}

/** A request whose answer has begun. One that nobody wants any more stays dropped. */
function withAnswer(request: ResponseRequest, responseId: string): ResponseRequest {
  const { sent, status } = request;
  if (sent?.presumed !== true) {
    return { ...request, status: status === "asked" ? "running" : status, responseId };
  }
  const { commandId, marked, unwanted } = sent;
  const isWanted = status === "done" && unwanted !== true;
  return { ...request, status: isWanted ? "running" : "dropped", responseId, sent: { commandId, marked } };
}

/** The requests, of which those that are at the server beside a response that is none of theirs remember that one. */
function withRival(requests: readonly ResponseRequest[], rival: ResponseState): readonly ResponseRequest[] {
  return requests.map((request) => {
    const { sent, outOfBand, responseId } = request;
    const isBeside = sent !== undefined && responseId === undefined && !outOfBand && !rival.outOfBand;
    return isBeside ? { ...request, sent: { ...sent, rivalId: rival.id } } : request;
  });
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
      request.sharedWith === undefined &&
      (request === owner ||
        request.responseId === response.id ||
        (!isMarking && isAtServer(request) && request.sent?.rivalId === response.id)),
  );
  const settled = ended.reduce<readonly ResponseRequest[]>((list, { sent, ...request }) => {
    const status = isOpen(request) ? "done" : request.status;
    const isProven = response.metadata?.[responseMarker] === sent?.commandId;
    const rest = sent === undefined || isProven ? {} : { sent: { ...sent, presumed: true as const } };
    return moved(list, { ...request, ...rest, status, responseId: response.id });
  }, requests);
  const over = response.outOfBand ? {} : { serverAnswers: false, unwanted: false };
  return withRequests(state, withRival(settled, response), over);
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
  const answer = findResponse(state, responseId);
  // Its answer runs, as its mark says: what was refused is a copy.
  if (isBusy && answer?.metadata?.[responseMarker] === sent?.commandId) return state;
  const isPresumed = request.status === "done" && sent?.presumed === true && sent.unwanted !== true;
  if (!isOpen(request) && !isPresumed) return withRequest(state, request);
  if (!isBusy) {
    return withRequest(state, { ...request, status: "refused", reason: error.code ?? error.message });
  }
  // A response may run of which we were not told; its end is going to be, unless it is the one that has ended since.
  const rival = findResponse(state, sent?.rivalId);
  const isOver = isPresumed || (sent?.rivalId !== undefined && rival?.status !== "in_progress");
  const serverAnswers = state.turn.serverAnswers || (!isOver && activeResponse(state) === undefined);
  const waiting: ResponseRequest = { ...request, status: "waiting", attempts: request.attempts + 1 };
  return withRequest(state, waiting, { serverAnswers });
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
