import type { McpCallItem, McpTool, McpToolDescription } from "@duologue/protocol";

/** An MCP server as a session knows it: by the label under which the client has defined it. */
export interface McpServer {
  /** As the client defined it, without what could be a secret. */
  readonly definition: McpTool;
  /** The item that lists its tools. */
  readonly itemId: string;
  readonly previousItemId: string | null;
  /** Its tools can be called when they are `ready`. */
  readonly status: "listing" | "ready" | "failed";
  /** When the listing ends. */
  readonly dueMs: number;
  /** All that it offers, allowed or not; known beforehand while they are listed. */
  readonly tools: readonly McpToolDescription[];
  /** How often each tool has been called. */
  readonly called: Readonly<Record<string, number>>;
}

/** A call that a response has made and that has not ended. */
export interface McpCall {
  readonly item: McpCallItem;
  readonly previousItemId: string | null;
  readonly responseId: string;
  readonly outputIndex: number;
  /** Whether the client has to be asked, and has not answered yet. */
  readonly isApproved: boolean;
  /** Whether its response has ended. */
  readonly isDetached: boolean;
  /** When it ends, and how; `undefined` until it is under way. */
  readonly run: { readonly dueMs: number; readonly result: McpResult } | undefined;
}

/** How a call ends: either is `null`. */
export type McpResult = Required<Pick<McpCallItem, "output" | "error">>;

/** All that a session knows of MCP. */
export interface McpState {
  readonly servers: readonly McpServer[];
  /** In the order in which they were made. */
  readonly calls: readonly McpCall[];
}

/** A session without MCP. */
export const noMcp: McpState = { servers: [], calls: [] };

/** The server of this label. */
export function mcpServer({ servers }: McpState, label: string): McpServer | undefined {
  return servers.find(({ definition }) => definition.server_label === label);
}

/** The state with a server added, or replaced where there is one of its label. */
export function withServer(state: McpState, server: McpServer): McpState {
  const label = server.definition.server_label;
  const index = state.servers.findIndex(({ definition }) => definition.server_label === label);
  const servers = index === -1 ? [...state.servers, server] : state.servers.with(index, server);
  return { ...state, servers };
}

/** The state with a call replaced, or taken away where `changed` is `undefined`. */
export function withCall(state: McpState, itemId: string, changed: McpCall | undefined): McpState {
  const calls = state.calls.flatMap((call) =>
    call.item.id !== itemId ? [call] : changed === undefined ? [] : [changed],
  );
  return { ...state, calls };
}

/** The state after an item has been deleted: whoever waits for an answer to it no longer does, unless a response waits. */
export function withoutRequest(state: McpState, itemId: string): McpState {
  const isLost = ({ item, isApproved, isDetached }: McpCall) =>
    isDetached && !isApproved && item.approval_request_id === itemId;
  return state.calls.some(isLost) ? { ...state, calls: state.calls.filter((call) => !isLost(call)) } : state;
}
