import type { RealtimeResponse, Usage } from "@duologue/protocol";
import type { ConversationState, ResponseState } from "../state.ts";
import { updateItem, upsertItem } from "./items.ts";
import { advanced, itemLike, mergeWireItem } from "./wire-item.ts";

const running: ResponseState["status"] = "in_progress";

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
  if (typeof id !== "string") return state;
  const index = state.responses.findLastIndex((response) => response.id === id);
  const known = state.responses[index];
  if (known === undefined) {
    const fresh: ResponseState = { id, status: running, outOfBand: false, itemIds: [], interrupted: false };
    return { ...state, responses: [...state.responses, change(fresh)] };
  }
  const next = change(known);
  return next === known ? state : { ...state, responses: state.responses.with(index, next) };
}

/** Marks every response that is being generated into the conversation: no more of it is to be played. */
export function interruptResponses(state: ConversationState): ConversationState {
  if (activeResponse(state) === undefined) return state;
  const responses = state.responses.map((response) =>
    response.status === running && !response.outOfBand ? { ...response, interrupted: true } : response,
  );
  return { ...state, responses };
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
  return endItems(merged, after, wire);
}

function mergeFields(
  response: ResponseState,
  wire: RealtimeResponse,
  usage: Usage | null | undefined,
): ResponseState {
  const ended = response.status !== running;
  const details = wire.status_details;
  const reason = details?.error?.code ?? details?.reason ?? undefined;
  const message = details?.error?.message ?? undefined;
  const format = wire.audio?.output?.format ?? undefined;
  const ids = (wire.output ?? []).flatMap(({ id }) => (typeof id === "string" ? [id] : []));
  const metadata = wire.metadata ?? undefined;
  const next: ResponseState = {
    ...response,
    status: ended ? response.status : (wire.status ?? running),
    outOfBand: wire.conversation_id === undefined ? response.outOfBand : wire.conversation_id === null,
    itemIds: ids.length > 0 ? ids : response.itemIds,
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
    ...(format === undefined ? {} : { audioFormat: format }),
    ...(usage == null || usage.total_tokens === undefined ? {} : { usage }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  return JSON.stringify(next) === JSON.stringify(response) ? response : next;
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
  const status = response.status === "completed" ? "completed" : "incomplete";
  return response.itemIds.reduce(
    (next, id) => updateItem(next, id, (item) => advanced(item, status)),
    described,
  );
}

/** Notes that the item `id` is the `index`-th output of a response. */
export function addOutput(
  state: ConversationState,
  responseId: string,
  index: number,
  id: string,
): ConversationState {
  if (typeof id !== "string") return state;
  return upsertResponse(state, responseId, (response) =>
    response.itemIds.includes(id)
      ? response
      : { ...response, itemIds: response.itemIds.toSpliced(index, 0, id) },
  );
}
