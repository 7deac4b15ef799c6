import { type Clock, RealtimeError } from "@duologue/core";
import type { ClientEvent } from "@duologue/protocol";
import { runTool, type ToolCall } from "./run-tool.ts";
import type { FunctionCallItem } from "./state.ts";
import type { Tool } from "./tool.ts";

/** What the running of functions needs of its conversation. */
export interface ToolCallsOptions {
  readonly tools: readonly Tool[];
  readonly clock: Clock;
  /** How a call stands in the conversation; `undefined` when it was deleted. */
  readonly find: (callId: string) => FunctionCallItem | undefined;
  /** Sends what answers a call. */
  readonly send: (command: ClientEvent) => void;
  /** Called when the result of a function in the background was sent. */
  readonly delivered: () => void;
}

/** The functions that run. Each call is run once, however often it is asked for. */
export interface ToolCalls {
  run(call: ToolCall): void;
  /**
   * Tells these calls that nobody waits for them. Those that were interrupted are answered all the same; the server
   * takes no output for one that was deleted.
   */
  abort(callIds: readonly string[], why: "interrupted" | "deleted"): void;
  /** Tells all of them; nothing of them is sent any more. */
  close(): void;
}

/** How many calls are remembered, so that a repeated one is not run twice. */
const maxRemembered = 1000;

/** What the model is told at once of a function that runs in the background. */
const startedOutput = JSON.stringify({
  status: "started",
  note: "This runs in the background. The result will follow in a message; do not call the function again for it.",
});

export function toolCalls({ tools, clock, find, send, delivered }: ToolCallsOptions): ToolCalls {
  const known = new Set<string>();
  const running = new Map<string, AbortController>();
  let isClosed = false;

  function run(call: ToolCall): void {
    const { callId, name } = call;
    if (known.has(callId)) return;
    known.add(callId);
    const [oldest] = known;
    if (known.size > maxRemembered && oldest !== undefined) known.delete(oldest);
    const stopping = new AbortController();
    running.set(callId, stopping);
    const isBackground = tools.some(
      ({ definition, mode }) => definition.name === name && mode === "background",
    );
    let isAnswered = false;
    const begun = () => {
      isAnswered = isBackground;
      if (isAnswered) send(output(callId, startedOutput));
    };
    runTool(tools, call, { clock, signal: stopping.signal, begun }).then((text) => {
      running.delete(callId);
      const item = find(callId);
      if (isClosed || item === undefined) return;
      if (isAnswered) {
        send(report(call, text));
        delivered();
      } else if (!item.answered) {
        // A program may have answered the call itself: services take one output for each.
        send(output(callId, text));
      }
    });
  }

  function stop(callId: string, error: RealtimeError): void {
    running.get(callId)?.abort(error);
  }

  return {
    run,
    abort(callIds, why) {
      for (const callId of callIds) stop(callId, new RealtimeError("aborted", reasons[why]));
    },
    close() {
      isClosed = true;
      for (const callId of running.keys()) {
        stop(callId, new RealtimeError("closed", "The conversation was closed."));
      }
    },
  };
}

const reasons = {
  interrupted: "The assistant was interrupted, and nobody waits for the result any more.",
  deleted: "The call was taken out of the conversation.",
} as const;

function output(callId: string, text: string): ClientEvent {
  return {
    type: "conversation.item.create",
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
