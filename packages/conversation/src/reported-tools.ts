import type { Tool } from "@duologue/protocol";
import { readObject } from "./reduce/readable.ts";
import type { ConversationState } from "./state.ts";

/** The tools that the server says its session has. What is no tool in its list, whatever it is, is left out. */
export function reportedTools({ session }: Pick<ConversationState, "session">): readonly Tool[] {
  return session?.type === "realtime" ? readableTools(session.tools) : [];
}

/** The tools of a list that came as JSON, and may be anything. */
export function readableTools(list: unknown): readonly Tool[] {
  if (!Array.isArray(list)) return [];
  // Whatever else is wrong with an object: it goes back to where it came from.
  return list.filter((tool): tool is Tool => readObject<object>(tool) !== undefined);
}
