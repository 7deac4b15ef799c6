import { type LocalEvent, redacted } from "@duologue/core";
import type { ResponseConfig } from "@duologue/protocol";
import type { ConversationState, ResponseState } from "../state.ts";
import type { ResponseRequest } from "../turn.ts";
import { isAlike } from "./readable.ts";
import { isOpen, isWaiting, maxOpen, moved, withRequest, withRequests } from "./request-list.ts";
import { interruptResponse, interruptResponses } from "./responses.ts";
import { withTurn } from "./turn.ts";
import { withFields } from "./with-fields.ts";

/** Finds a request by id. */
export function findRequest(state: ConversationState, id: string): ResponseRequest | undefined {
  return state.turn.requests.findLast((request) => request.id === id);
}

type Requested = Pick<Extract<LocalEvent, { type: "response.requested" }>, "id" | "policy" | "response">;

/** Takes in that an answer is wanted. A request whose id is known changes nothing. */
export function requestMade(
  state: ConversationState,
  event: Requested,
  by: ResponseRequest["by"] = "program",
): ConversationState {
  const requested = state.turn.requested + 1;
  const id = event.id ?? `ask_${requested}`;
  if (findRequest(state, id) !== undefined) return state;
  // What it holds is for the server to judge.
  const response = event.response === undefined ? undefined : (redacted(event.response) as ResponseConfig);
  const { policy = "coalesce" } = event;
  const outOfBand = response?.conversation === "none";
  const base = { id, by, policy, status: "waiting", outOfBand, attempts: 0 } as const;
  const fresh: ResponseRequest = response === undefined ? base : { ...base, response };
  const cleared = policy === "replace" && !outOfBand ? silenced(state, "turn", "It was replaced.") : state;
  const others = cleared.turn.requests;
  const isFull = others.filter(isOpen).length >= maxOpen;
  const tooMany = { status: "refused", reason: "Too many requests are open." } as const;
  const requests = isFull ? [...others, { ...fresh, ...tooMany }] : added(others, fresh);
  return withRequests(cleared, requests, { requested });
}

/** Adds a request, which shares the answer of one that waits where both can be satisfied by the same. */
function added(requests: readonly ResponseRequest[], fresh: ResponseRequest): readonly ResponseRequest[] {
  const host = fresh.outOfBand || fresh.policy !== "coalesce" ? undefined : hostOf(requests, fresh);
  if (host === undefined) return [...requests, fresh];
  const changed = withFields(host, {
    // A program that wants an answer gets it, also where tools alone would not.
    by: fresh.by === "program" ? "program" : undefined,
    response: host.response ?? fresh.response,
  });
  return [...moved(requests, changed), { ...fresh, sharedWith: host.id }];
}

function hostOf(requests: readonly ResponseRequest[], fresh: ResponseRequest): ResponseRequest | undefined {
  const host = requests.findLast((request) => isWaiting(request) && !request.outOfBand);
  if (host === undefined || fresh.response === undefined) return host;
  if (host.response === undefined) return host.policy === "coalesce" ? host : undefined;
  return isAlike(host.response, fresh.response) ? host : undefined;
}

/**
 * Takes a request back. What shares its answer goes on without it; an answer that nobody else wants is interrupted,
 * or cancelled when it begins.
 */
export function requestWithdrawn(state: ConversationState, id: string): ConversationState {
  const { requests } = state.turn;
  const request = findRequest(state, id);
  if (request === undefined) return state;
  if (!isOpen(request)) {
    const isShared = requests.some(({ sharedWith }) => sharedWith === id);
    return isShared ? state : withRequest(state, unwantedIfPresumed(request));
  }
  const gone = dropped(request, "It was withdrawn.");
  const heir = requests.find((other) => other.sharedWith === id && isOpen(other));
  if (request.sharedWith !== undefined || heir !== undefined) {
    const { sent: _, responseId: __, ...alone } = gone;
    const rest = requests.map((other): ResponseRequest => {
      if (other === request) return alone;
      if (other === heir) return { ...request, id: heir.id, by: heir.by, policy: heir.policy };
      return heir !== undefined && other.sharedWith === id ? { ...other, sharedWith: heir.id } : other;
    });
    return withRequests(state, rest);
  }
  const next = withRequest(state, gone);
  if (request.responseId === undefined) return next;
  const cut = interruptResponse(next, request.responseId);
  return cut === next || request.outOfBand ? cut : withTurn(cut, { interruptedBy: "program" });
}

/** Takes in that the program wants silence: whatever was asked for in the conversation is dropped. */
export function interruptAsked(state: ConversationState): ConversationState {
  return silenced(state, "program", "The assistant was interrupted.");
}

function silenced(
  state: ConversationState,
  interruptedBy: "program" | "turn",
  reason: string,
): ConversationState {
  const { requests, serverAnswers, unwanted } = state.turn;
  const rest = requests.map((request) =>
    isOpen(request) && !request.outOfBand ? dropped(request, reason) : unwantedIfPresumed(request),
  );
  const silence = { interruptedBy, unwanted: unwanted || serverAnswers };
  return interruptResponses(withRequests(state, rest, silence));
}

/** A request whose answer is only presumed: should another one begin that bears its mark, nobody wants that. */
function unwantedIfPresumed(request: ResponseRequest): ResponseRequest {
  const { sent } = request;
  return sent?.presumed === true ? { ...request, sent: { ...sent, unwanted: true } } : request;
}

function dropped({ sharedWith: _, ...request }: ResponseRequest, reason: string): ResponseRequest {
  return { ...request, status: "dropped", reason };
}

/**
 * Takes in that a link is lost, on which `ended` were being generated. What nobody had heard anything of is wanted again.
 */
export function requestsLost(
  state: ConversationState,
  ended: readonly ResponseState[],
  unheard: readonly ResponseState[],
): ConversationState {
  const isDue = (response: ResponseState) => unheard.includes(response) && !response.interrupted;
  const { requests, serverAnswers, unwanted } = state.turn;
  const rest = requests.map((request): ResponseRequest => {
    const response = ended.find(({ id }) => id === request.responseId);
    if (response === undefined) return request;
    const { sent: _, responseId, ...alone } = request;
    if (isOpen(request) && isDue(response))
      return { ...alone, status: "waiting", attempts: request.attempts + 1 };
    return { ...alone, status: isOpen(request) ? "done" : request.status, responseId: response.id };
  });
  const isOwned = ({ id }: ResponseState) => requests.some(({ responseId }) => responseId === id);
  const owed =
    (serverAnswers && !unwanted) ||
    ended.some((response) => !response.outOfBand && isDue(response) && !isOwned(response));
  const quiet = { userSpeaking: false, serverAnswers: false, unwanted: false, unconfirmed: [] };
  const next = withRequests(state, rest, quiet);
  return owed ? requestMade(next, {}, "server") : next;
}
