import { type Clock, optionsOf, RealtimeError } from "@duologue/core";
import type { FunctionTool } from "@duologue/protocol";
import type { ArgumentsOf } from "./arguments-of.ts";
import { ignorable } from "./ignorable.ts";
import { failure, outputText } from "./tool-output.ts";
import { type ReadArguments, type ToolParameters, toolParameters } from "./tool-parameters.ts";
import { type TimeLimits, unlessAborted, withinTime } from "./within-time.ts";

/** What a running tool is given beside its arguments. */
export interface ToolContext {
  readonly callId: string;
  /**
   * Fires when the result is no longer wanted: the time is up, the call was taken out of the conversation, the policy
   * says so at an interruption, or the session or the conversation has ended; not while a lost link is replaced. Its
   * `reason` is a `RealtimeError` that says which.
   */
  readonly signal: AbortSignal;
}

/** A person's answer to whether a call may run. `reason` is told to the model when it may not. */
export type Approval = boolean | { readonly approved: boolean; readonly reason?: string | undefined };

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
   * JSON Schema of the arguments, which are an object; a TypeBox schema is one. It types them too, where it is written
   * here or, in a variable, `as const`. A `pattern` is run on what the model wrote, in this program: one that backtracks
   * without end, such as `^(a+)+$`, holds the program up.
   *
   * Or the schema of a library that follows Standard Schema and Standard JSON Schema, as zod from 4.2 on, arktype and
   * valibot do: the model is told its input, the schema judges what the model writes, within the time that the tool has,
   * and `run` gets its output.
   */
  readonly parameters: Schema;
  /**
   * Milliseconds that `run` may take until the model is told that it took too long; 30,000 unless told. There is no
   * limit where they are `Infinity` or more than timers can count, 2^31 − 1.
   */
  readonly timeoutMs?: number | undefined;
  /** `wait` unless told. */
  readonly mode?: ToolMode | undefined;
  /**
   * Whether the model is to say something once the result is in; `true` unless told. `false` is for what the user need
   * not hear of: the result is sent, and nothing is asked for by it, nor, in the background, by the beginning. What went
   * wrong is answered all the same, since nobody else would hear of it.
   */
  readonly respond?: boolean | undefined;
  /**
   * Asks a person whether this call may run; it runs unasked without. May take as long as it likes. Nothing but `true`,
   * or `approved` that is `true`, lets it run.
   */
  readonly approve?:
    | ((args: ArgumentsOf<Schema>, context: ToolContext) => Approval | Promise<Approval>)
    | undefined;
  /**
   * Does the work. What it returns or resolves with is the output: a text as it is, anything else as JSON, nothing as
   * the empty text. What it throws is told to the model in one sentence, and is a problem of the conversation, whole.
   */
  run(args: ArgumentsOf<Schema>, context: ToolContext): unknown;
}

/** A function that the model may call. */
export interface Tool {
  /** Goes into the session's `tools`; the conversation sees to that. */
  readonly definition: FunctionTool;
  readonly mode: ToolMode;
  /** Whether an answer is wanted when the result of a call is in; it is unless told. See `ToolOptions.respond`. */
  readonly respond?: boolean;
  /** Carries out one call and resolves with its output; never rejects. See `runTool`. */
  call(json: string, options: CallOptions): Promise<string>;
}

/** What a call needs of its surroundings. */
export interface CallOptions extends ToolContext {
  readonly clock: Clock;
  /** Called when the arguments are in order, before anybody is asked and anything runs. */
  readonly begun?: () => void;
  /** Called when `run` has given a result and that can be written down; not where the output tells of a failure. */
  readonly succeeded?: () => void;
  /**
   * Called with what the tool, its schema or its approver threw, with a `timeout`, or with why a result cannot be written
   * down; not for what the model did wrong, nor once the signal has fired.
   */
  readonly failed?: (error: unknown) => void;
}

/**
 * A function that the model may call. Whatever `run` does, the model gets an output: arguments that do not conform to
 * `parameters` are told with their place and never reach `run`, and so are refusals, exceptions and time-outs.
 *
 * Throws `invalid_argument` for what services refuse and for what can never work: a name that they do not take,
 * `parameters` that describe no object, that have a type, a pattern or a keyword's value that is none, or that require
 * what they do not describe, the schema of a library that brings no JSON Schema along, a `timeoutMs` that is negative or
 * no number, a `respond` that is neither true nor false, and a `run` that is no function.
 */
export function tool<const Schema extends object>(given: ToolOptions<Schema>): Tool {
  const options = optionsOf(given);
  const { name, description, mode = "wait", respond = true, timeoutMs = 30_000, run } = options;
  const complaint = complaintOf({ ...options });
  if (complaint !== undefined) throw new RealtimeError("invalid_argument", complaint);
  const parameters = toolParameters(name, options.parameters);
  return {
    definition: { type: "function", name, description, parameters: parameters.described },
    mode,
    respond,
    async call(json, { callId, signal, clock, begun, succeeded, failed }) {
      const limits: TimeLimits = { name, timeoutMs, signal, clock };
      try {
        const reading = readArguments(json, parameters, limits);
        const read = reading instanceof Promise ? await reading : reading;
        if ("problem" in read) return failure(read.problem);
        begun?.();
        // The value has just been found to be what the schema describes.
        const args = read.args as ArgumentsOf<Schema>;
        const approval = await approvalOf(options, args, { callId, signal });
        if (approval !== true) return failure(approval);
        const result = await withinTime(limits, (stopping) => run(args, { callId, signal: stopping }));
        const output = outputText(name, result);
        if (!(result instanceof Error)) succeeded?.();
        return output;
      } catch (error) {
        if (!signal.aborted) failed?.(error);
        return failure(error);
      }
    },
  };
}

/** What is wrong with anything but the parameters; programs without types may have whatever there. */
function complaintOf(options: Readonly<Record<string, unknown>>): string | undefined {
  const { name, description, timeoutMs = 0, mode = "wait", respond = true, approve, run } = options;
  if (typeof name !== "string" || !/^[a-zA-Z0-9_-]{1,64}$/.test(name)) {
    return `A tool cannot be named ${JSON.stringify(name)}: at most 64 letters, digits, _ and - make a name.`;
  }
  if (typeof description !== "string") return `The description of ${name} is no text: the model goes by it.`;
  if (typeof run !== "function") return `${name} has no function run.`;
  if (approve !== undefined && typeof approve !== "function") return `The approve of ${name} is no function.`;
  if (mode !== "wait" && mode !== "background")
    return `The mode of ${name} is ${JSON.stringify(mode)}: there are "wait" and "background".`;
  if (typeof respond !== "boolean") return `The respond of ${name} is neither true nor false.`;
  if (!(typeof timeoutMs === "number" && timeoutMs >= 0))
    return `The timeoutMs of ${name} is ${timeoutMs}, which is no time.`;
  return undefined;
}

/** Reads what the model wrote. A schema that takes its time has as much as the tool itself. */
function readArguments(
  json: string,
  { read }: ToolParameters,
  limits: TimeLimits,
): ReadArguments | Promise<ReadArguments> {
  let args: unknown;
  try {
    args = JSON.parse(json === "" ? "{}" : json);
  } catch {
    return { problem: `The arguments are no valid JSON: ${json}` };
  }
  const reading = read(args);
  if (!(reading instanceof Promise)) return reading;
  // Where nobody waits any more its rejection is nobody's.
  return withinTime(limits, () => ignorable(reading));
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
