import { inner, isServer, type Moment, type Place, text } from "./moment.ts";

/** A function that the model wanted, or a tool of an MCP server. */
export interface ToolCall {
  readonly itemId: string;
  readonly kind: "function" | "mcp";
  readonly name: string;
  /** JSON. */
  readonly arguments: string;
  /** When the model began to ask for it. */
  readonly from: Place;
  /** When its arguments were complete. */
  readonly calledAt?: Place;
  /**
   * When the answer was sent to the model, or the MCP server was done, for which a response does not wait, and which may
   * have to be allowed before.
   */
  readonly answeredAt?: Place;
  readonly output?: string;
  readonly failed: boolean;
}

interface Draft {
  itemId: string;
  callId: string;
  kind: "function" | "mcp";
  name: string;
  arguments: string;
  from: Place;
  calledAt?: Place;
  answeredAt?: Place;
  output?: string;
  failed: boolean;
}

/** What the model had done for it, and what came of that. */
export function toolCalls(moments: readonly Moment[]): readonly ToolCall[] {
  const drafts: Draft[] = [];
  const byItem = (id: string) => drafts.findLast(({ itemId }) => itemId === id);
  const byCall = (id: string) => drafts.findLast(({ callId }) => callId !== "" && callId === id);

  for (const moment of moments) {
    const { at, from, type, event } = moment;
    const item = inner(event, "item");
    const itemType = text(item, "type");
    if (isServer(moment, "response.output_item.added") || isServer(moment, "conversation.item.added")) {
      if (itemType !== "function_call" && itemType !== "mcp_call") continue;
      if (byItem(text(item, "id")) !== undefined) continue;
      drafts.push({
        itemId: text(item, "id"),
        callId: text(item, "call_id"),
        kind: itemType === "mcp_call" ? "mcp" : "function",
        name: text(item, "name"),
        arguments: text(item, "arguments"),
        from: at,
        failed: false,
      });
    } else if (
      isServer(moment, "response.function_call_arguments.done") ||
      isServer(moment, "response.mcp_call_arguments.done")
    ) {
      const call = byItem(text(event, "item_id"));
      if (call === undefined) continue;
      call.calledAt = at;
      call.arguments = text(event, "arguments");
      call.name ||= text(event, "name");
    } else if (
      (isServer(moment, "response.output_item.done") || isServer(moment, "conversation.item.done")) &&
      itemType === "mcp_call"
    ) {
      const call = byItem(text(item, "id"));
      const failed = inner(item, "error") !== undefined;
      const isOver = failed || (item !== undefined && typeof Reflect.get(item, "output") === "string");
      if (call !== undefined && isOver) answer(call, at, text(item, "output"), failed);
    } else if (
      isServer(moment, "response.mcp_call.completed") ||
      isServer(moment, "response.mcp_call.failed")
    ) {
      const call = byItem(text(event, "item_id"));
      if (call !== undefined) answer(call, at, "", type === "response.mcp_call.failed");
    } else if (
      from === "client" &&
      type === "conversation.item.create" &&
      itemType === "function_call_output"
    ) {
      const call = byCall(text(item, "call_id"));
      if (call !== undefined) answer(call, at, text(item, "output"), false);
    }
  }
  return drafts.map(({ callId: _, ...call }) => call);
}

function answer(call: Draft, at: Place, output: string, failed: boolean): void {
  call.answeredAt ??= at;
  if (output !== "") call.output = output;
  call.failed ||= failed;
}
