import type { ResponseConfig, SessionConfig, Tool } from "@duologue/protocol";
import { storedPrompt, variablesIn, withVariables } from "../brain/stored-prompt.ts";
import { fieldRefusal, type Refusal } from "../wire/refusal.ts";
import type { Draft } from "./draft.ts";
import { itemLimit, serverLimit } from "./limits.ts";
import { keptTools } from "./mcp-definition.ts";

/**
 * What the client gives for a session or a response, with what it refers to in its place: the settings of a stored
 * prompt, where no others stand beside them, and MCP servers that the session knows. Without credentials. `inherited`
 * are the tools where it gives none; `path` is its place in the event.
 */
export function resolvedConfig<C extends SessionConfig | ResponseConfig>(
  draft: Draft,
  given: C,
  inherited: readonly Tool[],
  path: string,
): { readonly config: C } | { readonly refused: Refusal } {
  const prompted = withPrompt(draft, given, path);
  if ("refused" in prompted) return prompted;
  const { config } = prompted;
  const kept = keptTools(draft.state.mcp, config.tools ?? [], `${path}.tools`);
  if ("refused" in kept) return kept;
  const limited = mcpLimit(draft, kept.tools);
  if (limited !== undefined) return { refused: limited };
  const tools = config.tools === undefined ? inherited : kept.tools;
  const choice = config.tool_choice;
  if (typeof choice === "object" && choice.type === "mcp" && !hasServer(tools, choice.server_label)) {
    const message = `Tool choice 'mcp' names the server '${choice.server_label}', which is not among the tools.`;
    return { refused: fieldRefusal("invalid_value", `${path}.tool_choice`, message) };
  }
  return { config: config.tools === undefined ? config : { ...config, tools: kept.tools } };
}

/** Each MCP server is remembered, and each listing is an item. */
function mcpLimit(draft: Draft, tools: readonly Tool[]): Refusal | undefined {
  const labels = tools.flatMap((tool) => (tool.type === "mcp" ? [tool.server_label] : []));
  return labels.length === 0 ? undefined : (serverLimit(draft, labels) ?? itemLimit(draft));
}

function withPrompt<C extends SessionConfig | ResponseConfig>(
  draft: Draft,
  given: C,
  path: string,
): { readonly config: C } | { readonly refused: Refusal } {
  const { prompt } = given;
  if (prompt === undefined || prompt === null) return { config: given };
  const stored = storedPrompt(draft.settings.scenario.prompts ?? {}, prompt);
  if (stored === undefined) {
    const version = prompt.version ? ` and version '${prompt.version}'` : "";
    const message = `Prompt with id '${prompt.id}'${version} not found.`;
    return { refused: fieldRefusal("prompt_not_found", `${path}.prompt.id`, message) };
  }
  const { instructions = "", tools, tool_choice } = stored;
  const values = prompt.variables ?? {};
  const wanted = variablesIn(instructions);
  const missing = wanted.filter((name) => !Object.hasOwn(values, name));
  if (missing.length > 0) return { refused: variableFault("Missing", missing, path) };
  const unknown = Object.keys(values).filter((name) => !wanted.includes(name));
  if (unknown.length > 0) return { refused: variableFault("Unknown", unknown, path) };
  const settings = {
    ...(instructions !== "" && { instructions: withVariables(instructions, values) }),
    ...(tools && { tools }),
    ...(tool_choice && { tool_choice }),
  };
  return { config: { ...settings, ...given } };
}

function variableFault(what: "Missing" | "Unknown", names: readonly string[], path: string): Refusal {
  const quoted = names.map((name) => `'${name}'`).join(", ");
  return fieldRefusal("invalid_value", `${path}.prompt.variables`, `${what} prompt variables: ${quoted}.`);
}

function hasServer(tools: readonly Tool[], label: string): boolean {
  return tools.some((tool) => tool.type === "mcp" && tool.server_label === label);
}
