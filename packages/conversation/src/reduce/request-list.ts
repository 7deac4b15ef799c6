import type { ResponseRequest } from "../turn.ts";

type Requests = readonly ResponseRequest[];

/** The list with what `change` makes of each; the same list when that is the same everywhere. */
export function replaced(
  requests: Requests,
  change: (request: ResponseRequest) => ResponseRequest,
): Requests {
  const next = requests.map(change);
  return next.every((request, index) => request === requests[index]) ? requests : next;
}

/** The list with one request changed, and what becomes of it told to those that share its answer. */
export function moved(requests: Requests, changed: ResponseRequest): Requests {
  const { id, status, responseId, reason } = changed;
  return requests.map((request): ResponseRequest => {
    if (request.id === id) return changed;
    if (request.sharedWith !== id) return request;
    const { responseId: _, ...rest } = request;
    return {
      ...rest,
      status,
      ...(responseId === undefined ? {} : { responseId }),
      ...(reason === undefined ? {} : { reason }),
    };
  });
}

/** Whether the `response.create` of a request is at the server, and no response is taken for its answer. */
export function isAtServer({ sent }: ResponseRequest): boolean {
  return sent !== undefined && sent.presumed !== true;
}

/** How many settled requests are remembered, so that their fate can be read. */
const maxSettled = 32;

const settled: ReadonlySet<ResponseRequest["status"]> = new Set(["done", "refused", "dropped"]);

/** The list without the oldest of those of which nothing more comes. */
export function pruned(requests: Requests): Requests {
  const isSettled = (request: ResponseRequest) => settled.has(request.status) && !isAtServer(request);
  let surplus = requests.filter(isSettled).length - maxSettled;
  if (surplus <= 0) return requests;
  return requests.filter((request) => {
    if (surplus <= 0 || !isSettled(request)) return true;
    surplus -= 1;
    return false;
  });
}
