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

/** How many requests may be open at once; more than any program means to have. */
export const maxOpen = 256;

/**
 * The list without the oldest of those of which nothing more comes. Where the server never says what became of many, the
 * oldest of them go as well: first those that nobody waits for.
 */
export function pruned(requests: Requests): Requests {
  const isSettled = ({ status }: ResponseRequest) => settled.has(status);
  const over = without(requests, maxSettled, (request) => isSettled(request) && !isAtServer(request));
  const most = maxOpen + maxSettled;
  if (over.length <= most) return over;
  const known = without(over, maxSettled, isSettled);
  return without(known, maxOpen, ({ status }) => status === "asked");
}

/** The list without the oldest of those that are `meant`, so that `most` of these are left. */
function without(requests: Requests, most: number, isMeant: (request: ResponseRequest) => boolean): Requests {
  let surplus = requests.filter(isMeant).length - most;
  if (surplus <= 0) return requests;
  return requests.filter((request) => {
    if (surplus <= 0 || !isMeant(request)) return true;
    surplus -= 1;
    return false;
  });
}
