import type { McpTool, McpToolDescription, McpToolFilter, Tool } from "@duologue/protocol";
import { fieldRefusal, type Refusal } from "../wire/refusal.ts";
import { type McpState, mcpServer } from "./mcp-state.ts";

const addresses = ["server_url", "connector_id", "tunnel_id"] as const;

/**
 * The tools as the session keeps and shows them: those of MCP without credentials, and completed where the client names
 * a server that it has defined before. Refuses definitions that contradict themselves or each other. `path` is the
 * place of the list.
 */
export function keptTools(
  state: McpState,
  tools: readonly Tool[],
  path: string,
): { readonly tools: Tool[] } | { readonly refused: Refusal } {
  const kept: Tool[] = [];
  const labels = new Set<string>();
  for (const [index, tool] of tools.entries()) {
    if (tool.type !== "mcp") {
      kept.push(tool);
      continue;
    }
    const at = `${path}[${index}]`;
    const label = tool.server_label;
    if (labels.has(label)) {
      const message = `Duplicate MCP server label: '${label}'. Each server needs a label of its own.`;
      return { refused: fieldRefusal("invalid_value", `${at}.server_label`, message) };
    }
    labels.add(label);
    const known = mcpServer(state, label)?.definition;
    const refused = definitionFault(tool, known !== undefined, at);
    if (refused !== undefined) return { refused };
    const { authorization: _token, headers: _headers, ...open } = tool;
    kept.push(isAddressed(tool) || known === undefined ? open : { ...known, ...open });
  }
  return { tools: kept };
}

/** The tools that a definition allows, of those that a server offers. */
export function allowedTools(
  { allowed_tools: allowed }: McpTool,
  tools: readonly McpToolDescription[],
): readonly McpToolDescription[] {
  if (allowed === undefined || allowed === null) return tools;
  const filter = Array.isArray(allowed) ? { tool_names: allowed } : allowed;
  return tools.filter((tool) => isMeant(filter, tool));
}

/**
 * Whether the client has to approve a call of this tool. Without a rule it has to. A tool that neither list names has
 * to be approved, unless there is only a list of those that always have to.
 */
export function needsApproval({ require_approval: rule }: McpTool, tool: McpToolDescription): boolean {
  if (rule === undefined || rule === null) return true;
  if (typeof rule === "string") return rule === "always";
  if (rule.always !== undefined && isMeant(rule.always, tool)) return true;
  if (rule.never !== undefined) return !isMeant(rule.never, tool);
  return rule.always === undefined;
}

/** Whether two definitions of one label are of different servers, so that the tools have to be listed anew. */
export function isElsewhere(before: McpTool, after: McpTool): boolean {
  return addresses.some((name) => before[name] !== after[name]);
}

function definitionFault(tool: McpTool, isKnown: boolean, path: string): Refusal | undefined {
  const given = addresses.filter((name) => tool[name] !== undefined);
  if (given.length > 1) {
    const message = `Mutually exclusive parameters: '${path}' takes only one of ${quoted(given)}.`;
    return fieldRefusal("mutually_exclusive_parameters", path, message);
  }
  if (given.length === 0 && !isKnown) {
    const message = `Missing required parameter: '${path}.server_url'. The first definition of an MCP server needs one of ${quoted(addresses)}.`;
    return fieldRefusal("missing_required_parameter", `${path}.server_url`, message);
  }
  const hasHeader = Object.keys(tool.headers ?? {}).some((name) => name.toLowerCase() === "authorization");
  if (tool.authorization !== undefined && hasHeader) {
    const message = `Mutually exclusive parameters: '${path}' takes 'authorization' or an 'Authorization' header, not both.`;
    return fieldRefusal("mutually_exclusive_parameters", `${path}.authorization`, message);
  }
  return undefined;
}

/** Whether a filter means a tool: by name and, where it says so, by whether it only reads. */
function isMeant(
  { read_only: readOnly, tool_names: names }: McpToolFilter,
  tool: McpToolDescription,
): boolean {
  if (names !== undefined && !names.includes(tool.name)) return false;
  return readOnly === undefined || readOnly === onlyReads(tool);
}

/** MCP calls the hint `readOnlyHint`. */
function onlyReads({ annotations }: McpToolDescription): boolean {
  return annotations?.readOnlyHint === true || annotations?.read_only === true;
}

function isAddressed(tool: McpTool): boolean {
  return addresses.some((name) => tool[name] !== undefined);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}
