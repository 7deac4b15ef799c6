import type { RealtimeResponse, ServerEvent, Usage } from "@duologue/protocol";
import type { ConversationItem, ItemStatus } from "../item.ts";
import type { ConversationState, ResponseState } from "../state.ts";
import { isLongOver, piecesOver, withLongOver } from "./echoes.ts";
import { updateItem, upsertItem } from "./items.ts";
import { filtered, mapped } from "./lists.ts";
import { readObject, readText } from "./readable.ts";
import { advanced, itemLike, mergeWireItem } from "./wire-item.ts";
import { withFields } from "./with-fields.ts";

const running: ResponseState["status"] = "in_progress";

const statuses: readonly unknown[] = [running, "completed", "cancelled", "failed", "incomplete"];

/** How many responses are remembered. What comes late of one comes within a turn or two. */
const maxResponses = 256;

/** How many are remembered where the server ends none: more than it ever makes at once. */
const maxRunning = 1024;

/** Finds a response by id; none without one. */
export function findResponse(state: ConversationState, id: string | undefined): ResponseState | undefined {
  return state.responses.findLast((response) => response.id === id);
}

/** The response that is being generated into the conversation, if there is one. */
export function activeResponse(state: ConversationState): ResponseState | undefined {
  return state.responses.findLast(({ status, outOfBand }) => status === running && !outOfBand);
}

/** The response that an event has ended, where that is news; the states are those before the event and after it. */
export function endedBy(
  before: ConversationState,
  event: ServerEvent,
  after: ConversationState,
): ResponseState | undefined {
  const response = event.type === "response.done" ? findResponse(after, event.response?.id) : undefined;
  const then = findResponse(before, response?.id)?.status;
  return response?.status === running || response?.status === then ? undefined : response;
}

/** Changes a response, which is added first when nothing was heard of it yet. */
export function upsertResponse(
  state: ConversationState,
  id: string,
  change: (response: ResponseState) => ResponseState,
): ConversationState {
  if (typeof id !== "string" || isLongOver(state, id)) return state;
  const index = state.responses.findLastIndex((response) => response.id === id);
  const known = state.responses[index];
  if (known === undefined) {
    const fresh: ResponseState = { id, status: running, outOfBand: false, itemIds: [], interrupted: false };
    return pruned({ ...state, responses: [...state.responses, change(fresh)] });
  }
  const next = change(known);
  return next === known ? state : { ...state, responses: state.responses.with(index, next) };
}

/**
 * Forgets the oldest responses that are over, but for their ids, with what they made beside the conversation; of so many
 * that none is over, the oldest.
 */
function pruned(state: ConversationState): ConversationState {
  const { responses } = state;
  if (responses.length <= maxResponses) return state;
  const over = responses.filter(({ status }) => status !== running);
  const lost =
    over.length > 0 ? over.slice(0, responses.length - maxResponses) : responses.slice(0, -maxRunning);
  const gone = new Set<string | undefined>(lost.map(({ id }) => id));
  if (gone.size === 0) return state;
  const rest = {
    ...state,
    responses: responses.filter(({ id }) => !gone.has(id)),
    detached: filtered(state.detached, ({ responseId }) => !gone.has(responseId)),
  };
  return withLongOver(
    rest,
    lost.map(({ id }) => id),
  );
}

/** Marks every response that is being generated into the conversation: no more of it is to be played. */
export function interruptResponses(state: ConversationState): ConversationState {
  return interrupted(state, ({ outOfBand }) => !outOfBand);
}

/** Marks one response, if it is being generated: no more of it is to be played. */
export function interruptResponse(state: ConversationState, id: string): ConversationState {
  return interrupted(state, (response) => response.id === id);
}

function interrupted(
  state: ConversationState,
  isMeant: (response: ResponseState) => boolean,
): ConversationState {
  const responses = mapped(state.responses, (response) =>
    response.status === running && isMeant(response) ? withFields(response, { interrupted: true }) : response,
  );
  return responses === state.responses ? state : { ...state, responses };
}

/** Brings a response up to what `response.created` or `response.done` say of it. */
export function mergeWireResponse(
  state: ConversationState,
  wire: RealtimeResponse,
  usage: Usage | null | undefined,
): ConversationState {
  const id = wire.id;
  if (typeof id !== "string") return state;
  const before = findResponse(state, id);
  const merged = upsertResponse(state, id, (response) => mergeFields(response, wire, usage));
  const after = findResponse(merged, id);
  if (after === undefined || after.status === running || before === after) return merged;
  return piecesOver(pruned(endItems(merged, after, wire)));
}

function mergeFields(
  response: ResponseState,
  wire: RealtimeResponse,
  usage: Usage | null | undefined,
): ResponseState {
  const details = wire.status_details;
  const ids = (wire.output ?? []).flatMap(({ id }) => (typeof id === "string" ? [id] : []));
  const bill = readObject(usage);
  return withFields(response, {
    status:
      response.status === running && statuses.includes(wire.status) ? (wire.status ?? running) : undefined,
    outOfBand: wire.conversation_id === undefined ? undefined : wire.conversation_id === null,
    itemIds: ids.length > 0 ? ids : undefined,
    reason: readText(details?.error?.code) ?? readText(details?.reason),
    message: readText(details?.error?.message),
    audioFormat: readObject(wire.audio?.output?.format),
    usage: bill?.total_tokens === undefined ? undefined : bill,
    metadata: readObject(wire.metadata),
  });
}

/** Ends the items of a response that ended, with the final words that `response.done` has for them. */
function endItems(
  state: ConversationState,
  response: ResponseState,
  wire: RealtimeResponse,
): ConversationState {
  const described = (wire.output ?? []).reduce((next, item) => {
    const { id } = item;
    if (id === undefined) return next;
    return upsertMade(
      next,
      response.id,
      id,
      () => itemLike(id, item),
      (known) => mergeWireItem(known, item, true),
    );
  }, state);
  return response.itemIds.reduce(
    (next, id) => updateItem(next, id, (item) => endedWith(item, response.status)),
    described,
  );
}

/** An item whose response ended so. What runs at an MCP server goes on when the response is complete. */
export function endedWith(item: ConversationItem, status: ResponseState["status"]): ConversationItem {
  const isElsewhere = item.type === "mcp_call" || item.type === "mcp_list_tools";
  if (isElsewhere && status === "completed") return item;
  return advanced(item, isElsewhere ? "cancelled" : itemEnds[status]);
}

const itemEnds: Record<ResponseState["status"], ItemStatus> = {
  in_progress: "in_progress",
  completed: "completed",
  cancelled: "cancelled",
  failed: "incomplete",
  incomplete: "incomplete",
};

/** As `upsertItem`, for an output of a response, which knows it then. */
export function upsertOutput(
  state: ConversationState,
  place: { readonly response_id: string; readonly output_index: number },
  id: string,
  make: () => ConversationItem,
  change: (item: ConversationItem) => ConversationItem = (item) => item,
): ConversationState {
  const { response_id: responseId, output_index: index } = place;
  if (isLongOver(state, responseId)) return state;
  if (typeof responseId !== "string" || typeof id !== "string") return upsertItem(state, id, make, change);
  const named = upsertResponse(state, responseId, (response) =>
    response.itemIds.includes(id)
      ? response
      : { ...response, itemIds: response.itemIds.toSpliced(index, 0, id) },
  );
  return upsertMade(named, responseId, id, make, change);
}

/** As `upsertItem`, for what a response has made: the item knows that. */
function upsertMade(
  state: ConversationState,
  responseId: string,
  id: string,
  make: () => ConversationItem,
  change: (item: ConversationItem) => ConversationItem,
): ConversationState {
  return upsertItem(state, id, make, (item) =>
    change(item.responseId === responseId ? item : { ...item, responseId }),
  );
}
