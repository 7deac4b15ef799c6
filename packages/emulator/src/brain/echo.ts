import type { BrainRequest, Plan } from "./plan.ts";

/**
 * The brain that is always there: repeats what the user said last, reads out what a function gave back, and calls a
 * function with empty arguments where the tool choice demands a call.
 */
export function echo(request: BrainRequest): Plan {
  const demanded = demandedTool(request);
  if (demanded !== undefined) return { tools: [{ name: demanded, arguments: {} }] };
  for (const item of request.items.toReversed()) {
    if (item.type === "function_call_output") return { say: `The function says: ${item.output}` };
    if (item.type !== "message" || item.role !== "user") continue;
    const words = item.content
      .map((part) => ("text" in part ? part.text : "transcript" in part ? (part.transcript ?? "") : ""))
      .filter((text) => text !== "");
    return { say: words.length === 0 ? "I heard you, but no words." : `You said: ${words.join(" ")}` };
  }
  return { say: "Hello. Say something, and I will repeat it." };
}

/** The function that has to be called: none right after a function has answered, or the two would never end. */
function demandedTool({ tools, toolChoice, items }: BrainRequest): string | undefined {
  if (items.at(-1)?.type === "function_call_output") return undefined;
  if (typeof toolChoice === "object") return toolChoice.type === "function" ? toolChoice.name : undefined;
  return toolChoice === "required" ? tools[0]?.name : undefined;
}
