import type { McpCallItem } from "@duologue/protocol";
import type { BrainRequest, Plan, PlannedCall } from "./plan.ts";

/** How many characters are repeated at the most. */
const longestEcho = 1000;

/**
 * The brain that is always there: repeats what the user said last, reads out what a function gave back, and calls a
 * function with empty arguments where the tool choice demands a call.
 */
export function echo(request: BrainRequest): Plan {
  const demanded = demandedTool(request);
  if (demanded !== undefined) return { tools: [{ ...demanded, arguments: {} }] };
  for (const item of request.items.toReversed()) {
    if (item.type === "function_call_output") return { say: `The function says: ${brief(item.output)}` };
    if (item.type === "mcp_call") return { say: `The tool says: ${brief(resultOf(item))}` };
    if (item.type !== "message" || item.role !== "user") continue;
    const words = item.content
      .map((part) => ("text" in part ? part.text : "transcript" in part ? (part.transcript ?? "") : ""))
      .filter((text) => text !== "");
    if (words.length === 0) return { say: "I heard you, but no words." };
    return { say: `You said: ${brief(words.join(" "))}` };
  }
  return { say: "Hello. Say something, and I will repeat it." };
}

/** The tool that has to be called: none right after one has answered, or the two would never end. */
function demandedTool({ tools, mcpTools, toolChoice, items }: BrainRequest): PlannedCall | undefined {
  const last = items.at(-1)?.type;
  if (last === "function_call_output" || last === "mcp_call") return undefined;
  if (toolChoice === "required") return [...tools, ...mcpTools].map(named)[0];
  if (typeof toolChoice !== "object") return undefined;
  if (toolChoice.type === "function") return { name: toolChoice.name };
  const { server_label: label, name } = toolChoice;
  return mcpTools.filter((tool) => tool.server === label && (name ?? tool.name) === tool.name).map(named)[0];
}

function named(tool: { readonly name: string; readonly server?: string }): PlannedCall {
  return tool.server === undefined ? { name: tool.name } : { name: tool.name, server: tool.server };
}

function resultOf({ output, error }: McpCallItem): string {
  return output ?? error?.message ?? "nothing";
}

/** An echo of much is short all the same, for to speak takes time and room. */
function brief(text: string): string {
  const characters = Array.from(text.slice(0, 2 * longestEcho));
  if (characters.length <= longestEcho) return text;
  return `${characters.slice(0, longestEcho).join("")} …`;
}
