import type { Item } from "@duologue/protocol";
import type { ConversationItem } from "../item.ts";
import { readText } from "./readable.ts";
import { withFields } from "./with-fields.ts";

/** What an MCP server has to do with, in items. */
type McpItem = Extract<ConversationItem, { type: `mcp_${string}` }>;

/** An item of an MCP exchange of which only the id and the kind are known. */
export function mcpItemLike<T extends McpItem["type"]>(id: string, type: T): Extract<McpItem, { type: T }>;
export function mcpItemLike(id: string, type: McpItem["type"]): McpItem {
  const status = "pending";
  switch (type) {
    case "mcp_list_tools":
      return { id, type, status, serverLabel: "", tools: [] };
    case "mcp_call":
    case "mcp_approval_request":
      return { id, type, status, serverLabel: "", name: "", arguments: "" };
    case "mcp_approval_response":
      return { id, type, status, approvalRequestId: "", approve: false };
  }
}

/** Brings an item up to what the server says of it; the same one where that is nothing new, or of another kind. */
export function mergeMcpItem(item: ConversationItem, wire: Item): ConversationItem {
  if (item.type === "mcp_list_tools" && wire.type === "mcp_list_tools") {
    const tools = Array.isArray(wire.tools) ? wire.tools.filter((tool) => hasText(tool, "name")) : [];
    const serverLabel = readText(wire.server_label);
    return withFields(item, { serverLabel, tools: tools.length > 0 ? tools : undefined });
  }
  if (item.type === "mcp_call" && wire.type === "mcp_call") {
    return withFields(item, {
      ...named(wire),
      output: readText(wire.output),
      error: wire.error != null && hasText(wire.error, "message") ? wire.error : undefined,
      approvalRequestId: readText(wire.approval_request_id),
    });
  }
  if (item.type === "mcp_approval_request" && wire.type === "mcp_approval_request") {
    return withFields(item, named(wire));
  }
  if (item.type === "mcp_approval_response" && wire.type === "mcp_approval_response") {
    return withFields(item, {
      approvalRequestId: readText(wire.approval_request_id),
      approve: wire.approve === true,
      reason: readText(wire.reason),
    });
  }
  return item;
}

function named(wire: Extract<Item, { readonly name: string; readonly server_label: string }>) {
  return {
    serverLabel: readText(wire.server_label),
    name: readText(wire.name),
    // While arguments stream, the item itself still carries the empty string.
    arguments: readText(wire.arguments || undefined),
  };
}

function hasText(value: unknown, name: string): boolean {
  const fields: Readonly<Record<string, unknown>> = Object(value);
  return typeof fields[name] === "string";
}
