import type { RealtimeResponse, Usage } from "@duologue/protocol";
import type { ConversationItem, ItemStatus } from "../item.ts";
import type { ConversationState, ResponseState } from "../state.ts";
import { isLongOver, piecesOver, withLongOver } from "./echoes.ts";
import { updateItem, upsertItem } from "./items.ts";
import { isAlike, objectOr, textOr } from "./readable.ts";
import { advanced, itemLike, mergeWireItem } from "./wire-item.ts";

const running: ResponseState["status"] = "in_progress";

const statuses: readonly unknown[] = [running, "completed", "cancelled", "failed", "incomplete"];

/** How many responses are remembered. What comes late of one comes within a turn or two. */
const maxResponses = 256;

/** How many are remembered where the server ends none: more than it ever makes at once. */
const maxRunning = 1024;

/** Finds a response by id. */
export function findResponse(state: ConversationState, id: string): ResponseState | undefined {
  return state.responses.findLast((response) => response.id === id);
}

/** The response that is being generated into the conversation, if there is one. */
export function activeResponse(state: ConversationState): ResponseState | undefined {
  return state.responses.findLast(({ status, outOfBand }) => status === running && !outOfBand);
}

/** Changes a response, which is added first when nothing was heard of it yet. */
function upsertResponse(
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
  const surplus = state.responses.length - maxResponses;
  if (surplus <= 0) return state;
  const over = state.responses.filter(({ status }) => status !== running);
  const lost = over.length > 0 ? surplus : Math.max(0, state.responses.length - maxRunning);
  if (lost === 0) return state;
  const gone = new Set((over.length > 0 ? over : state.responses).slice(0, lost).map(({ id }) => id));
  const detached = state.detached.filter(
    ({ responseId }) => responseId === undefined || !gone.has(responseId),
  );
  const rest = {
    ...state,
    responses: state.responses.filter(({ id }) => !gone.has(id)),
    detached: detached.length === state.detached.length ? state.detached : detached,
  };
  return withLongOver(rest, [...gone]);
}

/** Marks every response that is being generated into the conversation: no more of it is to be played. */
export function interruptResponses(state: ConversationState): ConversationState {
  const isMeant = ({ status, outOfBand, interrupted }: ResponseState) =>
    status === running && !outOfBand && !interrupted;
  if (!state.responses.some(isMeant)) return state;
  const responses = state.responses.map((response) =>
    isMeant(response) ? { ...response, interrupted: true } : response,
  );
  return { ...state, responses };
}

/** Marks one response, if it is being generated: no more of it is to be played. */
export function interruptResponse(state: ConversationState, id: string): ConversationState {
  if (findResponse(state, id) === undefined) return state;
  return upsertResponse(state, id, (response) =>
    response.status === running && !response.interrupted ? { ...response, interrupted: true } : response,
  );
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
  const ended = response.status !== running;
  const details = wire.status_details;
  const reason = textOr(details?.error?.code, textOr(details?.reason, undefined));
  const message = textOr(details?.error?.message, undefined);
  const format = objectOr(wire.audio?.output?.format, undefined);
  const ids = (wire.output ?? []).flatMap(({ id }) => (typeof id === "string" ? [id] : []));
  const metadata = objectOr(wire.metadata, undefined);
  const bill = objectOr(usage, undefined);
  const status = statuses.includes(wire.status) ? (wire.status ?? running) : running;
  const next: ResponseState = {
    ...response,
    status: ended ? response.status : status,
    outOfBand: wire.conversation_id === undefined ? response.outOfBand : wire.conversation_id === null,
    itemIds: ids.length > 0 ? ids : response.itemIds,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    ...(format === undefined ? {} : { audioFormat: format }),
    ...(bill?.total_tokens === undefined ? {} : { usage: bill }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  return isAlike(next, response) ? response : next;
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
    const make = () => ({ ...itemLike(id, item), responseId: response.id });
    return upsertItem(next, id, make, (known) => mergeWireItem(known, item, true));
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
  const owned = (item: ConversationItem) => (item.responseId === responseId ? item : { ...item, responseId });
  return upsertItem(
    named,
    id,
    () => owned(make()),
    (item) => change(owned(item)),
  );
}
