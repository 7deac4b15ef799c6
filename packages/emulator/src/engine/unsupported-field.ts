import type { SessionConfig, Tool } from "@duologue/protocol";
import { notEmulated, type Refusal } from "../wire/refusal.ts";

/** Refuses what is legal in a session and in a response alike, and not emulated here. `path` is where they stand. */
export function unsupportedField(
  { tools = [], tool_choice: choice, prompt }: Pick<SessionConfig, "tools" | "tool_choice" | "prompt">,
  path: string,
): Refusal | undefined {
  const mcp = tools.findIndex((tool: Tool) => tool.type === "mcp");
  if (mcp !== -1) return notEmulated(`${path}.tools[${mcp}]`, "A tool of type 'mcp'");
  if (typeof choice === "object" && choice.type === "mcp") {
    return notEmulated(`${path}.tool_choice`, "A tool choice of type 'mcp'");
  }
  if (prompt !== undefined && prompt !== null) return notEmulated(`${path}.prompt`, "A stored prompt");
  return undefined;
}
