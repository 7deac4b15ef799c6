import type { ConversationState, ItemStatus, OtherItem } from "../state.ts";
import type { Handlers } from "./handler.ts";
import { updateItem, upsertItem } from "./items.ts";
import { addOutput } from "./responses.ts";
import { advanced, pendingOther } from "./wire-item.ts";

/** Tools that run at the server: their listing and their calls. */
export const mcpEvents: Handlers<
  | "mcp_list_tools.in_progress"
  | "mcp_list_tools.completed"
  | "mcp_list_tools.failed"
  | "response.mcp_call_arguments.delta"
  | "response.mcp_call_arguments.done"
  | "response.mcp_call.in_progress"
  | "response.mcp_call.completed"
  | "response.mcp_call.failed"
> = {
  "mcp_list_tools.in_progress": (state, { item_id }) =>
    moved(state, item_id, "mcp_list_tools", "in_progress"),
  "mcp_list_tools.completed": (state, { item_id }) => moved(state, item_id, "mcp_list_tools", "completed"),
  "mcp_list_tools.failed": (state, { item_id }) => moved(state, item_id, "mcp_list_tools", "incomplete"),
  "response.mcp_call_arguments.delta": (state, event) =>
    calling(state, event, (item) => ({
      ...item,
      fields: { ...item.fields, arguments: `${item.fields.arguments ?? ""}${event.delta}` },
    })),
  "response.mcp_call_arguments.done": (state, event) =>
    calling(state, event, (item) =>
      item.fields.arguments === event.arguments
        ? item
        : { ...item, fields: { ...item.fields, arguments: event.arguments } },
    ),
  "response.mcp_call.in_progress": (state, { item_id }) => moved(state, item_id, "mcp_call", "in_progress"),
  "response.mcp_call.completed": (state, { item_id }) => moved(state, item_id, "mcp_call", "completed"),
  "response.mcp_call.failed": (state, { item_id }) => moved(state, item_id, "mcp_call", "incomplete"),
};

function moved(state: ConversationState, id: string, type: string, status: ItemStatus): ConversationState {
  return upsertItem(
    state,
    id,
    () => advanced(pendingOther(id, type), status),
    (item) => advanced(item, status),
  );
}

function calling(
  state: ConversationState,
  event: { readonly item_id: string; readonly response_id: string; readonly output_index: number },
  change: (item: OtherItem) => OtherItem,
): ConversationState {
  const { item_id: id, response_id: responseId } = event;
  const make = () => ({ ...pendingOther(id, "mcp_call"), responseId });
  const known = upsertItem(addOutput(state, responseId, event.output_index, id), id, make);
  return updateItem(known, id, (item) => ("fields" in item ? change(item) : item));
}
