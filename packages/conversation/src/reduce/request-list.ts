import type { ConversationState } from "../state.ts";
import type { ResponseRequest, Turn } from "../turn.ts";
import { withTurn } from "./turn.ts";
import { withFields } from "./with-fields.ts";

type Requests = readonly ResponseRequest[];

/** The state with these requests, and what else changes of the turn; the same state when nothing does. */
export function withRequests(
  state: ConversationState,
  requests: Requests,
  change: Partial<Turn> = {},
): ConversationState {
  return withTurn(state, { ...change, requests: pruned(requests) });
}

/** The same with one request changed, and what becomes of it told to those that share its answer. */
export function withRequest(
  state: ConversationState,
  changed: ResponseRequest,
  change: Partial<Turn> = {},
): ConversationState {
  return withRequests(state, moved(state.turn.requests, changed), change);
}

/** The list with one request changed, and what becomes of it told to those that share its answer. */
export function moved(requests: Requests, changed: ResponseRequest): Requests {
  const { id, status, responseId, reason } = changed;
  return requests.map((request): ResponseRequest => {
    if (request.id === id) return changed;
    if (request.sharedWith !== id) return request;
    const { responseId: _, ...rest } = request;
    return withFields<ResponseRequest>(rest, { status, responseId, reason });
  });
}

/** Whether the `response.create` of a request is at the server, and no response is taken for its answer. */
export function isAtServer({ sent }: ResponseRequest): boolean {
  return sent !== undefined && sent.presumed !== true;
}

/** Whether something is still to come of a request. */
export function isOpen({ status }: ResponseRequest): boolean {
  return status === "waiting" || status === "asked" || status === "running";
}

/** Whether a request waits to be asked, for itself and those that share its answer. */
export function isWaiting({ status, sharedWith }: ResponseRequest): boolean {
  return status === "waiting" && sharedWith === undefined;
}

/** How many settled requests are remembered, so that their fate can be read. */
const maxSettled = 32;

/** How many requests may be open at once; more than any program means to have. */
export const maxOpen = 256;

/**
 * The list without the oldest of those of which nothing more comes. Where the server never says what became of many, the
 * oldest of them go as well: first those that nobody waits for.
 */
function pruned(requests: Requests): Requests {
  const isSettled = (request: ResponseRequest) => !isOpen(request);
  const over = without(requests, maxSettled, (request) => isSettled(request) && !isAtServer(request));
  if (over.length <= maxOpen + maxSettled) return over;
  return without(without(over, maxSettled, isSettled), maxOpen, ({ status }) => status === "asked");
}

/** The list without the oldest of those that are `meant`, so that `most` of these are left. */
function without(requests: Requests, most: number, isMeant: (request: ResponseRequest) => boolean): Requests {
  let surplus = requests.filter(isMeant).length - most;
  return requests.filter((request) => !isMeant(request) || surplus-- <= 0);
}
