import type { McpError, McpToolDescription } from "@duologue/protocol";
import { messageOf } from "../wire/message-of.ts";

/** A tool of a scripted MCP server; what is left out is empty. */
export type ScriptedMcpTool = Pick<McpToolDescription, "name"> & Partial<McpToolDescription>;

/** What becomes of one call of an MCP tool. */
export interface McpOutcome {
  /** What the tool gives back, as text. Default: a sentence that repeats the call. */
  readonly output?: string;
  /** Why it fails instead. */
  readonly error?: McpError;
  /** Milliseconds from `response.mcp_call.in_progress` to the end of the call. Default: the engine's `mcpCallMs`. */
  readonly delayMs?: number;
}

/** A call that reaches a scripted MCP server. */
export interface McpRequest {
  /** The `server_label` of the session's tool. */
  readonly server: string;
  readonly name: string;
  /** JSON text, as the model wrote it. */
  readonly arguments: string;
  /** How many calls of this tool the session has made before. */
  readonly index: number;
}

/**
 * The calls of a scripted MCP server, by the name of the tool: an outcome, its output alone, or a list of them for one
 * call after the other, whose last one is for all that follow. Or a function, which must give the same outcome for the
 * same request; what it throws fails the call as a `tool_execution_error`.
 */
export type ScriptedMcpCalls =
  | Readonly<Record<string, string | McpOutcome | readonly (string | McpOutcome)[]>>
  | ((request: McpRequest) => string | McpOutcome);

/** An MCP server, as far as a session sees of it. */
export interface ScriptedMcpServer {
  readonly tools: readonly ScriptedMcpTool[];
  readonly calls?: ScriptedMcpCalls;
  /** Milliseconds from `mcp_list_tools.in_progress` to the end of the listing. Default: the engine's `mcpListingMs`. */
  readonly listingMs?: number;
  /** Whether it fails to list its tools. Default: false. */
  readonly failsToList?: boolean;
}

/** What becomes of a call. Never throws. */
export function mcpOutcome(server: ScriptedMcpServer | undefined, request: McpRequest): McpOutcome {
  try {
    const found = scriptedOutcome(server?.calls, request);
    return typeof found === "string" ? { output: found } : found;
  } catch (error) {
    return { error: { type: "tool_execution_error", message: messageOf(error) } };
  }
}

function scriptedOutcome(calls: ScriptedMcpCalls = {}, request: McpRequest): string | McpOutcome {
  if (typeof calls === "function") return calls(request);
  const { name, index } = request;
  const scripted = Object.hasOwn(calls, name) ? calls[name] : undefined;
  if (scripted === undefined) return `Called ${name} with ${request.arguments}.`;
  if (typeof scripted === "string" || !isList(scripted)) return scripted;
  return scripted[Math.min(index, scripted.length - 1)] ?? {};
}

/** `Array.isArray` does not tell a list that is readonly from what is none. */
function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}
