import type { McpTool, McpToolDescription, Tool } from "@duologue/protocol";
import type { ScriptedMcpServer, ScriptedMcpTool } from "../brain/mcp.ts";
import { changeConversation, findItem, lastItemId, replaceItem } from "./conversation.ts";
import { change, type Draft, freshId, send } from "./draft.ts";
import { allowedTools, isElsewhere } from "./mcp-definition.ts";
import { type McpServer, mcpServer, withServer } from "./mcp-state.ts";

/**
 * Lists the tools of those MCP servers among `tools` that are new, or defined anew, or could not be listed before;
 * gives the moment at which the last of these listings ends, `undefined` where there is none.
 */
export function listTools(draft: Draft, tools: readonly Tool[]): number | undefined {
  let endMs: number | undefined;
  for (const tool of tools) {
    if (tool.type !== "mcp") continue;
    const known = mcpServer(draft.state.mcp, tool.server_label);
    if (known !== undefined && known.status !== "failed" && !isElsewhere(known.definition, tool)) {
      change(draft, { mcp: withServer(draft.state.mcp, { ...known, definition: tool }) });
    } else {
      endMs = Math.max(endMs ?? 0, beginListing(draft, tool, known));
    }
  }
  return endMs;
}

/** Ends a listing: its item is done, with the tools, and then the listing. */
export function endListing(draft: Draft, server: McpServer): void {
  const { itemId, previousItemId, definition } = server;
  // A server that the scenario does not know cannot be reached.
  const { failsToList: fails = false } = mcpScript(draft, definition.server_label) ?? { failsToList: true };
  const tools = fails ? [] : allowedTools(definition, server.tools);
  change(draft, { mcp: withServer(draft.state.mcp, { ...server, status: fails ? "failed" : "ready" }) });
  const stored = findItem(draft.state, itemId);
  if (stored !== undefined) {
    const item = listItem(itemId, definition.server_label, tools);
    replaceItem(draft, { ...stored, item });
    send(draft, { type: "conversation.item.done", previous_item_id: previousItemId, item });
  }
  send(draft, { type: fails ? "mcp_list_tools.failed" : "mcp_list_tools.completed", item_id: itemId });
}

/** Its item is there from the beginning, for a client may ask for it at once. */
function beginListing(draft: Draft, definition: McpTool, known: McpServer | undefined): number {
  const script = mcpScript(draft, definition.server_label);
  const itemId = freshId(draft, "item");
  const previousItemId = lastItemId(draft.state);
  const dueMs = draft.atMs + (script?.listingMs ?? draft.settings.mcpListingMs);
  const tools = (script?.tools ?? []).map(described);
  const called = known?.called ?? {};
  const server = { definition, itemId, previousItemId, status: "listing", dueMs, tools, called } as const;
  const item = listItem(itemId, definition.server_label, []);
  change(draft, { mcp: withServer(draft.state.mcp, server) });
  changeConversation(draft, draft.state.conversation.length, 0, { item });
  send(draft, { type: "mcp_list_tools.in_progress", item_id: itemId });
  send(draft, { type: "conversation.item.added", previous_item_id: previousItemId, item });
  return dueMs;
}

/** What the scenario says of the server of this label. */
export function mcpScript({ settings }: Draft, label: string): ScriptedMcpServer | undefined {
  const { mcp = {} } = settings.scenario;
  return Object.hasOwn(mcp, label) ? mcp[label] : undefined;
}

function listItem(id: string, server_label: string, tools: readonly McpToolDescription[]) {
  return { id, type: "mcp_list_tools" as const, server_label, tools: [...tools] };
}

function described({ name, description, input_schema, annotations }: ScriptedMcpTool): McpToolDescription {
  return {
    name,
    description: description ?? "",
    input_schema: input_schema ?? { type: "object" },
    annotations: annotations ?? null,
  };
}
