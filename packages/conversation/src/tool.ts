import { type Clock, RealtimeError } from "@duologue/core";
import type { FunctionTool } from "@duologue/protocol";

/** What a running tool is given beside its arguments. */
export interface ToolContext {
  readonly callId: string;
  /** Fires when the output is no longer wanted: the time is up, or the conversation was closed. */
  readonly signal: AbortSignal;
}

/** A function that the model may call. */
export interface Tool {
  /** Goes into the session's `tools`. */
  readonly definition: FunctionTool;
  readonly timeoutMs: number;
  /** Resolves with the output; a value that is no string is sent as JSON, `undefined` as the empty string. */
  run(args: unknown, context: ToolContext): unknown;
}

/** What a tool is made of. `Args` is what `parameters` describes. */
export interface ToolOptions<Args> {
  readonly name: string;
  /** Tells the model when to call it. */
  readonly description: string;
  /** JSON Schema of the arguments; a TypeBox schema is one. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Milliseconds until the model is told that the tool took too long; 30,000 unless told. */
  readonly timeoutMs?: number;
  readonly run: (args: Args, context: ToolContext) => unknown;
}

/** A function that the model may call. Whatever `run` does, the model gets an output. */
export function tool<Args = Readonly<Record<string, unknown>>>(options: ToolOptions<Args>): Tool {
  const { name, description, parameters, timeoutMs = 30_000, run } = options;
  return {
    definition: { type: "function", name, description, parameters: { ...parameters } },
    timeoutMs,
    // The model was given `parameters`, which describes Args.
    run: (args, context) => run(args as Args, context),
  };
}

/** One wish of the model, as its `function_call` item has it. */
export interface ToolCall {
  readonly callId: string;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

/**
 * Runs a call and resolves with the output to send; never rejects. An unknown name, arguments that are no JSON, an
 * exception and a time-out come out as `{"error":"…"}`, which the model can talk about.
 */
export async function runTool(
  tools: readonly Tool[],
  call: ToolCall,
  clock: Clock,
  closed: AbortSignal,
): Promise<string> {
  const found = tools.find(({ definition }) => definition.name === call.name);
  if (found === undefined) return failure(`There is no tool named ${call.name}.`);
  let args: unknown;
  try {
    args = JSON.parse(call.arguments === "" ? "{}" : call.arguments);
  } catch {
    return failure(`The arguments are no valid JSON: ${call.arguments}`);
  }
  const abort = new AbortController();
  const { promise: expired, reject } = Promise.withResolvers<never>();
  expired.catch(() => {});
  const stop = (error: RealtimeError) => {
    abort.abort(error);
    reject(error);
  };
  const onClosed = () => stop(new RealtimeError("closed", "The conversation was closed."));
  const cancelTimer = clock.after(found.timeoutMs, () =>
    stop(new RealtimeError("timeout", `${call.name} gave no answer within ${found.timeoutMs} ms.`)),
  );
  if (closed.aborted) onClosed();
  else closed.addEventListener("abort", onClosed);
  try {
    const running = Promise.resolve().then(() =>
      found.run(args, { callId: call.callId, signal: abort.signal }),
    );
    return outputText(await Promise.race([running, expired]));
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  } finally {
    cancelTimer();
    closed.removeEventListener("abort", onClosed);
  }
}

function outputText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function failure(error: string): string {
  return JSON.stringify({ error });
}
