import type { FunctionTool, Tool } from "@duologue/protocol";

/** The tools of a session with ours among them: theirs as they are, but for functions that have a name of ours. */
export function mergedTools(theirs: readonly Tool[], ours: readonly FunctionTool[]): Tool[] {
  const names = new Set(ours.map(({ name }) => name));
  const others = theirs.filter((tool) => tool.type !== "function" || !names.has(tool.name));
  return [...others, ...ours];
}
