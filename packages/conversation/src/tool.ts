import { type Clock, RealtimeError } from "@duologue/core";
import type { FunctionTool } from "@duologue/protocol";
import type { ArgumentsOf } from "./arguments-of.ts";
import { type JsonSchema, schemaIssues } from "./json-schema.ts";
import { badKeyword } from "./patterns.ts";
import { failure, outputText } from "./tool-output.ts";

/** What a running tool is given beside its arguments. */
export interface ToolContext {
  readonly callId: string;
  /**
   * Fires when the result is no longer wanted: the time is up, the call was taken out of the conversation, the policy
   * says so at an interruption, or the conversation was closed. Its `reason` is a `RealtimeError` that says which.
   */
  readonly signal: AbortSignal;
}

/** A person's answer to whether a call may run. `reason` is told to the model when it may not. */
export type Approval = boolean | { readonly approved: boolean; readonly reason?: string };

/**
 * When the model gets the result. `wait`: the model is silent until the call has run. `background`: it is told at once
 * that the call has begun, and goes on; the result follows as a message of the system, and an answer is asked for then.
 */
export type ToolMode = "wait" | "background";

/** What a tool is made of. */
export interface ToolOptions<Schema extends object> {
  /** At most 64 of the letters a to z, digits, `_` and `-`, as services want it. */
  readonly name: string;
  /** Tells the model when to call it. */
  readonly description: string;
  /**
   * JSON Schema of the arguments, which are an object; a TypeBox schema is one. It types them too. A `pattern` is run on
   * what the model wrote, in this program: one that backtracks without end, such as `^(a+)+$`, holds the program up.
   */
  readonly parameters: Schema;
  /**
   * Milliseconds that `run` may take until the model is told that it took too long; 30,000 unless told. There is no
   * limit where they are `Infinity` or more than timers can count, 2^31 − 1.
   */
  readonly timeoutMs?: number;
  /** `wait` unless told. */
  readonly mode?: ToolMode;
  /**
   * Asks a person whether this call may run; it runs unasked without. May take as long as it likes. Nothing but `true`,
   * or `approved` that is `true`, lets it run.
   */
  approve?(args: ArgumentsOf<Schema>, context: ToolContext): Approval | Promise<Approval>;
  /**
   * Does the work. What it returns or resolves with is the output: a text as it is, anything else as JSON, nothing as
   * the empty text. What it throws is told to the model.
   */
  run(args: ArgumentsOf<Schema>, context: ToolContext): unknown;
}

/** A function that the model may call. */
export interface Tool {
  /** Goes into the session's `tools`; the conversation sees to that. */
  readonly definition: FunctionTool;
  readonly mode: ToolMode;
  /** Carries out one call and resolves with its output; never rejects. See `runTool`. */
  call(json: string, options: CallOptions): Promise<string>;
}

/** What a call needs of its surroundings. */
export interface CallOptions extends ToolContext {
  readonly clock: Clock;
  /** Called when the arguments are in order, before anybody is asked and anything runs. */
  readonly begun?: () => void;
}

/**
 * A function that the model may call. Whatever `run` does, the model gets an output: arguments that do not conform to
 * `parameters` are told with their place and never reach `run`, and so are refusals, exceptions and time-outs.
 *
 * Throws `invalid_argument` for a name that services do not take, a `timeoutMs` that is negative or no number, a `pattern`
 * that is no regular expression, and a `required` that is no list.
 */
export function tool<const Schema extends object>(options: ToolOptions<Schema>): Tool {
  const { name, description, parameters, mode = "wait" } = options;
  const complaint = complaintOf(options);
  if (complaint !== undefined) throw new RealtimeError("invalid_argument", complaint);
  return {
    definition: { type: "function", name, description, parameters: { ...parameters } },
    mode,
    async call(json, { callId, signal, clock, begun }) {
      try {
        const read = readArguments(json, parameters as unknown as JsonSchema);
        if ("problem" in read) return failure(read.problem);
        begun?.();
        // The value has just been found to be what the schema describes.
        const args = read.args as ArgumentsOf<Schema>;
        const approval = await approvalOf(options, args, { callId, signal });
        if (approval !== true) return failure(approval);
        return outputText(name, await withinTime(options, args, callId, signal, clock));
      } catch (error) {
        return failure(error);
      }
    },
  };
}

/** The longest that timers count; source: HTML, timer initialisation: delays are signed integers of 32 bits. */
const maxTimerMs = 2 ** 31 - 1;

function complaintOf({
  name,
  parameters,
  timeoutMs = 0,
}: Pick<ToolOptions<object>, "name" | "parameters" | "timeoutMs">): string | undefined {
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
    return `A tool cannot be named ${JSON.stringify(name)}: at most 64 letters, digits, _ and - make a name.`;
  }
  if (!(timeoutMs >= 0)) return `The timeoutMs of ${name} is ${timeoutMs}, which is no time.`;
  const bad = badKeyword(parameters);
  return bad === undefined ? undefined : `The parameters of ${name} have ${bad}`;
}

function readArguments(
  json: string,
  schema: JsonSchema,
): { readonly args: unknown } | { readonly problem: string } {
  let args: unknown;
  try {
    args = JSON.parse(json === "" ? "{}" : json);
  } catch {
    return { problem: `The arguments are no valid JSON: ${json}` };
  }
  const issues = schemaIssues({ type: "object", ...schema }, args);
  if (issues.length === 0) return { args };
  const list = issues.map(({ path, message }) => `${path === "" ? "the arguments" : path}: ${message}`);
  return { problem: `The arguments do not conform to the function's parameters. ${list.join("; ")}` };
}

/** `true`, or why the call may not run. */
async function approvalOf<Schema extends object>(
  { name, approve }: ToolOptions<Schema>,
  args: ArgumentsOf<Schema>,
  context: ToolContext,
): Promise<true | string> {
  if (approve === undefined) return true;
  const answer = await unlessAborted(context.signal, () => approve(args, context));
  const { approved, reason } = decided(answer);
  if (approved) return true;
  return `The user did not allow ${name} to run${reason === undefined ? "." : `: ${reason}`}`;
}

/** What an approver has said, whatever it was: only `true` is a yes. */
export function decided(answer: unknown): { readonly approved: boolean; readonly reason?: string } {
  if (typeof answer !== "object" || answer === null) return { approved: answer === true };
  const approved = "approved" in answer && answer.approved === true;
  return "reason" in answer && typeof answer.reason === "string"
    ? { approved, reason: answer.reason }
    : { approved };
}

async function withinTime<Schema extends object>(
  { name, timeoutMs = 30_000, run }: ToolOptions<Schema>,
  args: ArgumentsOf<Schema>,
  callId: string,
  signal: AbortSignal,
  clock: Clock,
): Promise<unknown> {
  const stopping = new AbortController();
  const follow = () => stopping.abort(signal.reason);
  const expire = () =>
    stopping.abort(new RealtimeError("timeout", `${name} gave no answer within ${timeoutMs} ms.`));
  const cancelTimer = timeoutMs > maxTimerMs ? () => {} : clock.after(timeoutMs, expire);
  signal.addEventListener("abort", follow);
  if (signal.aborted) follow();
  try {
    return await unlessAborted(stopping.signal, () => run(args, { callId, signal: stopping.signal }));
  } finally {
    cancelTimer();
    signal.removeEventListener("abort", follow);
  }
}

/** What `act` gives, or, as soon as `signal` fires, its reason as a rejection. */
function unlessAborted<T>(signal: AbortSignal, act: () => T | Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) {
      stop();
      return;
    }
    signal.addEventListener("abort", stop);
    Promise.resolve()
      .then(act)
      .finally(() => signal.removeEventListener("abort", stop))
      .then(resolve, reject);
  });
}
