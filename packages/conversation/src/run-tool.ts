import type { CallOptions, Tool } from "./tool.ts";
import { failure } from "./tool-output.ts";

/** One wish of the model, as its `function_call` item has it. */
export interface ToolCall {
  readonly callId: string;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

/**
 * Runs a call and resolves with the output to send; never rejects. An unknown name, arguments that are no JSON or do
 * not conform to the schema, a refusal, an exception and a time-out come out as `{"error":"…"}`, which the model can
 * talk about; of the last two `failed` is told, too.
 */
export async function runTool(
  tools: readonly Tool[],
  call: ToolCall,
  options: Omit<CallOptions, "callId">,
): Promise<string> {
  const found = tools.find(({ definition }) => definition.name === call.name);
  if (found === undefined) return failure(`There is no tool named ${call.name}.`);
  try {
    return await found.call(call.arguments, { ...options, callId: call.callId });
  } catch (error) {
    if (!options.signal.aborted) options.failed?.(error);
    return failure(error);
  }
}
