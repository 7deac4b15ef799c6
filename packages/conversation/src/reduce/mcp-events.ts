import type { ItemStatus } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { argumentsCame, argumentsDone } from "./call-arguments.ts";
import type { Handlers } from "./handler.ts";
import { upsertItem } from "./items.ts";
import { mcpItemLike } from "./mcp-items.ts";
import { whileMade } from "./while-made.ts";
import { advanced } from "./wire-item.ts";

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
  "mcp_list_tools.in_progress": (state, event) => moved(state, event, "mcp_list_tools", "in_progress"),
  "mcp_list_tools.completed": (state, event) => moved(state, event, "mcp_list_tools", "completed"),
  "mcp_list_tools.failed": (state, event) => moved(state, event, "mcp_list_tools", "incomplete"),
  "response.mcp_call_arguments.delta": whileMade((state, event) =>
    argumentsCame(state, event, mcpItemLike(event.item_id, "mcp_call")),
  ),
  "response.mcp_call_arguments.done": (state, event) =>
    argumentsDone(state, event, mcpItemLike(event.item_id, "mcp_call")),
  "response.mcp_call.in_progress": (state, event) => moved(state, event, "mcp_call", "in_progress"),
  "response.mcp_call.completed": (state, event) => moved(state, event, "mcp_call", "completed"),
  "response.mcp_call.failed": (state, event) => moved(state, event, "mcp_call", "incomplete"),
};

function moved(
  state: ConversationState,
  { item_id: id }: { readonly item_id: string },
  type: "mcp_list_tools" | "mcp_call",
  status: ItemStatus,
): ConversationState {
  return upsertItem(
    state,
    id,
    () => mcpItemLike(id, type),
    (item) => (item.type === type ? advanced(item, status) : item),
  );
}
