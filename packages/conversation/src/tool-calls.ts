import { type Clock, RealtimeError } from "@duologue/core";
import type { ClientEvent } from "@duologue/protocol";
import { ignorable } from "./ignorable.ts";
import { messageOf } from "./message-of.ts";
import { silentOutputId, waitingCall } from "./reduce/calls.ts";
import { findItem } from "./reduce/items.ts";
import { readableTools, reportedTools } from "./reported-tools.ts";
import { runTool, type ToolCall } from "./run-tool.ts";
import type { ConversationState } from "./state.ts";
import type { Tool } from "./tool.ts";
import { failure } from "./tool-output.ts";

/** What the running of functions needs of its conversation. */
export interface ToolCallsOptions {
  /** The tools that are there now. */
  readonly tools: () => readonly Tool[];
  /** Whether there was a tool of this name that is not there any more. */
  readonly isGone: (name: string) => boolean;
  readonly clock: Clock;
  readonly state: () => ConversationState;
  /**
   * Sends what answers a call, at once or when the link is back. Resolves when the server has it; rejects with what came
   * in the way.
   */
  readonly send: (command: ClientEvent) => Promise<void>;
  /** Bytes that the connection takes as one frame; `undefined` while there is none. */
  readonly maxFrameBytes: () => number | undefined;
  /** Called when the server has the result of a function in the background. */
  readonly delivered: () => void;
  /** Called with the failure of a function that ran, or could not. The model is told, too, in its words. */
  readonly failed: (call: ItemCall, error: RealtimeError) => void;
}

/** A call as an item of the conversation. */
interface ItemCall extends ToolCall {
  readonly itemId: string;
}

/** The functions that run. Each item is run once, however often it is asked for. */
export interface ToolCalls {
  /** Runs a function of ours. One that others gave to the model is theirs to run; one that nobody gave is answered. */
  run(call: ItemCall): void;
  /**
   * Tells these calls that nobody waits for them. Those that were interrupted are answered all the same; the server
   * takes no output for one that was deleted.
   */
  abort(itemIds: readonly string[], why: "interrupted" | "deleted"): void;
  /** Tells all that run that the conversation has come to its end, and why. */
  abortAll(why: string): void;
  /** The same where the conversation was closed; nothing of them is sent any more. */
  close(): void;
}

/** How many calls are remembered, so that a repeated one is not run twice. */
const maxRemembered = 1000;

/** What the model is told at once of a function that runs in the background. */
const startedOutput = JSON.stringify({
  status: "started",
  note: "This runs in the background. The result will follow in a message; do not call the function again for it.",
});

export function toolCalls({
  tools,
  isGone,
  clock,
  state,
  send,
  maxFrameBytes,
  delivered,
  failed,
}: ToolCallsOptions): ToolCalls {
  const known = new Set<string>();
  const running = new Map<string, AbortController>();
  let isClosed = false;

  function run(call: ItemCall): void {
    const { itemId, callId, name } = call;
    const ours = tools().find(({ definition }) => definition.name === name);
    const wasOurs = ours === undefined && isGone(name);
    if (known.has(itemId) || (ours === undefined && isOfOthers(state(), call, wasOurs))) return;
    known.add(itemId);
    const [oldest] = known;
    if (known.size > maxRemembered && oldest !== undefined) known.delete(oldest);
    const stopping = new AbortController();
    running.set(itemId, stopping);
    let isAnswered = false;
    let isSilent = ours?.respond === false;
    let hasSucceeded = false;
    const begun = () => {
      isAnswered = ours?.mode === "background";
      if (isAnswered) void ignorable(send(output(call, startedOutput, isSilent)));
    };
    const finish = (text: string) => {
      running.delete(itemId);
      const item = findItem(state(), itemId);
      if (isClosed || item?.type !== "function_call") return;
      const commandOf = (told: string) => {
        // Whatever the model is told in place of a result is to be answered.
        isSilent &&= hasSucceeded && told === text;
        return isAnswered ? report(call, told) : output(call, told, isSilent);
      };
      // A program may have answered the call itself: services take one output for each. Of calls that share an id, an
      // output answers the oldest.
      if (isAnswered) void ignorable(deliver(text, commandOf).then(() => isSilent || delivered()));
      else if (!item.answered || waitingCall(state(), callId) !== undefined)
        void ignorable(deliver(text, commandOf));
    };
    if (wasOurs) {
      finish(failure(`${name} is not there any more: it was taken away.`));
      return;
    }
    const { signal } = stopping;
    const options = {
      clock,
      signal,
      begun,
      succeeded() {
        hasSucceeded = true;
      },
      failed: (cause: unknown) => failed(call, failureOf(call, cause)),
    };
    void ignorable(runTool(ours === undefined ? [] : [ours], call, options).then(finish));
  }

  /**
   * Sends a result; where it is too large, that. While the link is away nobody knows how much the next one carries: it
   * turns out when that is there.
   */
  async function deliver(text: string, commandOf: (text: string) => ClientEvent): Promise<void> {
    const command = commandOf(text);
    try {
      await send(command);
    } catch (error) {
      const code = RealtimeError.is(error) ? error.code : undefined;
      if (code !== "frame_too_large" && code !== "overflow") throw error;
      if (isClosed) return;
      const bytes = new TextEncoder().encode(JSON.stringify(command)).length;
      const most =
        code === "overflow"
          ? "it is more than can wait to be sent"
          : `the connection carries ${maxFrameBytes() ?? "fewer"} at once`;
      await send(commandOf(failure(`The result is ${bytes} bytes; ${most}.`)));
    }
  }

  function stop(itemId: string, error: RealtimeError): void {
    running.get(itemId)?.abort(error);
  }

  function abortAll(why: string): void {
    for (const itemId of running.keys()) stop(itemId, new RealtimeError("closed", why));
  }

  return {
    run,
    abort(itemIds, why) {
      for (const itemId of itemIds) stop(itemId, new RealtimeError("aborted", reasons[why]));
    },
    abortAll,
    close() {
      isClosed = true;
      abortAll("The conversation was closed.");
    },
  };
}

/**
 * Whether a call is of a function that the session has, or that its answer was asked for with. Where we had one of that
 * name, the session may not have heard that it is gone.
 */
function isOfOthers(state: ConversationState, { itemId, name }: ItemCall, wasOurs: boolean): boolean {
  const by = findItem(state, itemId)?.responseId;
  const request = state.turn.requests.find(({ responseId }) => by !== undefined && responseId === by);
  const given = [...(wasOurs ? [] : reportedTools(state)), ...readableTools(request?.response?.tools)];
  return given.some((tool) => tool.type === "function" && tool.name === name);
}

function failureOf({ name, callId }: ToolCall, cause: unknown): RealtimeError {
  const message = `The function ${name} failed when it was called as ${callId}: ${messageOf(cause)}`;
  return new RealtimeError("tool_failed", message, { cause });
}

const reasons = {
  interrupted: "The assistant was interrupted, and nobody waits for the result any more.",
  deleted: "The call was taken out of the conversation.",
} as const;

/** An output of a call. That no answer is asked for by it is in the log with it: see `answerCall`. */
function output({ itemId, callId }: ItemCall, text: string, isSilent: boolean): ClientEvent {
  return {
    type: "conversation.item.create",
    ...(isSilent ? { event_id: silentOutputId(itemId) } : {}),
    item: { type: "function_call_output", call_id: callId, output: text },
  };
}

/** Tells the model what became of a call that it has an output for already: services take one for each. */
function report({ callId, name }: ToolCall, text: string): ClientEvent {
  const told = `The function ${name}, called before as ${callId}, has finished in the background. Its result: ${text}`;
  return {
    type: "conversation.item.create",
    item: { type: "message", role: "system", content: [{ type: "input_text", text: told }] },
  };
}
