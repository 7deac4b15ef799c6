import type { Item, McpError, McpToolDescription } from "@duologue/protocol";
import type { ConversationItem, McpCallItem, McpToolsItem } from "../item.ts";
import { isAlike, textOr } from "./readable.ts";

/** What an MCP server has to do with, in items. */
type McpItem = Extract<ConversationItem, { type: `mcp_${string}` }>;

/** An item of an MCP exchange of which only the id and the kind are known. */
export function mcpItemLike(id: string, type: McpItem["type"]): McpItem {
  const status = "pending";
  switch (type) {
    case "mcp_list_tools":
      return pendingTools(id);
    case "mcp_call":
      return pendingMcpCall(id);
    case "mcp_approval_request":
      return { id, type, status, serverLabel: "", name: "", arguments: "" };
    case "mcp_approval_response":
      return { id, type, status, approvalRequestId: "", approve: false };
  }
}

/** A list of tools of which only the id is known. */
export function pendingTools(id: string): McpToolsItem {
  return { id, type: "mcp_list_tools", status: "pending", serverLabel: "", tools: [] };
}

/** A call of which only the id is known. */
export function pendingMcpCall(id: string): McpCallItem {
  return { id, type: "mcp_call", status: "pending", serverLabel: "", name: "", arguments: "" };
}

/** Brings an item up to what the server says of it; the same one where that is nothing new, or of another kind. */
export function mergeMcpItem(item: ConversationItem, wire: Item): ConversationItem {
  const merged = merge(item, wire);
  return isAlike(merged, item) ? item : merged;
}

function merge(item: ConversationItem, wire: Item): ConversationItem {
  if (item.type === "mcp_list_tools" && wire.type === "mcp_list_tools") {
    const tools = Array.isArray(wire.tools) ? wire.tools.filter(isTool) : [];
    const serverLabel = labelOf(item, wire);
    return { ...item, serverLabel, tools: tools.length > 0 ? tools : item.tools };
  }
  if (item.type === "mcp_call" && wire.type === "mcp_call") {
    const output = textOr(wire.output, item.output);
    const error = isError(wire.error) ? wire.error : item.error;
    const approvalRequestId = textOr(wire.approval_request_id, item.approvalRequestId);
    return {
      ...named(item, wire),
      ...(output === undefined ? {} : { output }),
      ...(error === undefined ? {} : { error }),
      ...(approvalRequestId === undefined ? {} : { approvalRequestId }),
    };
  }
  if (item.type === "mcp_approval_request" && wire.type === "mcp_approval_request") return named(item, wire);
  if (item.type === "mcp_approval_response" && wire.type === "mcp_approval_response") {
    const approvalRequestId = textOr(wire.approval_request_id, item.approvalRequestId);
    const reason = textOr(wire.reason, item.reason);
    const approve = wire.approve === true;
    return { ...item, approvalRequestId, approve, ...(reason === undefined ? {} : { reason }) };
  }
  return item;
}

interface Named {
  readonly serverLabel: string;
  readonly name: string;
  readonly arguments: string;
}

interface WireNamed {
  readonly server_label: string;
  readonly name: string;
  readonly arguments: string;
}

function named<T extends Named>(item: T, wire: WireNamed): T {
  // While arguments stream, the item itself still carries the empty string.
  const json = textOr(wire.arguments || undefined, item.arguments);
  return { ...item, serverLabel: labelOf(item, wire), name: textOr(wire.name, item.name), arguments: json };
}

function labelOf(item: { readonly serverLabel: string }, wire: { readonly server_label: string }): string {
  return textOr(wire.server_label, item.serverLabel);
}

function isTool(value: unknown): value is McpToolDescription {
  return typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
}

function isError(value: unknown): value is McpError {
  return (
    typeof value === "object" && value !== null && "message" in value && typeof value.message === "string"
  );
}
