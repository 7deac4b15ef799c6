import type { ConversationItem, ItemStatus, McpCallItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import type { Handlers } from "./handler.ts";
import { upsertItem } from "./items.ts";
import { pendingMcpCall, pendingTools } from "./mcp-items.ts";
import { textOr } from "./readable.ts";
import { upsertOutput } from "./responses.ts";
import { whileMade } from "./while-made.ts";
import { advanced, isEnded } from "./wire-item.ts";

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
  "mcp_list_tools.in_progress": (state, { item_id }) => moved(state, item_id, pendingTools, "in_progress"),
  "mcp_list_tools.completed": (state, { item_id }) => moved(state, item_id, pendingTools, "completed"),
  "mcp_list_tools.failed": (state, { item_id }) => moved(state, item_id, pendingTools, "incomplete"),
  "response.mcp_call_arguments.delta": whileMade((state, event) =>
    calling(state, event, (item) => {
      const more = textOr(event.delta, "");
      return isEnded(item) || more === "" ? item : { ...item, arguments: item.arguments + more };
    }),
  ),
  "response.mcp_call_arguments.done": (state, event) =>
    calling(state, event, (item) => {
      const json = textOr(event.arguments, item.arguments);
      return item.arguments === json ? item : { ...item, arguments: json };
    }),
  "response.mcp_call.in_progress": (state, { item_id }) =>
    moved(state, item_id, pendingMcpCall, "in_progress"),
  "response.mcp_call.completed": (state, { item_id }) => moved(state, item_id, pendingMcpCall, "completed"),
  "response.mcp_call.failed": (state, { item_id }) => moved(state, item_id, pendingMcpCall, "incomplete"),
};

function moved(
  state: ConversationState,
  id: string,
  pending: (id: string) => ConversationItem,
  status: ItemStatus,
): ConversationState {
  return upsertItem(
    state,
    id,
    () => advanced(pending(id), status),
    (item) => (item.type === pending(id).type ? advanced(item, status) : item),
  );
}

function calling(
  state: ConversationState,
  event: { readonly item_id: string; readonly response_id: string; readonly output_index: number },
  change: (item: McpCallItem) => McpCallItem,
): ConversationState {
  const { item_id: id } = event;
  return upsertOutput(
    state,
    event,
    id,
    () => pendingMcpCall(id),
    (item) => (item.type === "mcp_call" ? change(item) : item),
  );
}
