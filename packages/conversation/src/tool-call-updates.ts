import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Step } from "./conversation-options.ts";
import type { FunctionCallItem } from "./item.ts";
import { callsOf, openCall } from "./reduce/calls.ts";
import { findItem } from "./reduce/items.ts";
import { endedBy } from "./reduce/responses.ts";
import type { ConversationState } from "./state.ts";

/**
 * A step in the life of a function call. `requested`: its response has completed and it is to be run.
 * `answered`: its output was sent. `abandoned`: its response ended otherwise, and it is never run.
 */
export interface ToolCallUpdate {
  readonly phase: "requested" | "answered" | "abandoned";
  readonly call: FunctionCallItem;
  /** What the model was told; with `answered`. */
  readonly output?: string;
}

/** What a step means for function calls. */
export function toolCallUpdates({ before, entry, after }: Step): readonly ToolCallUpdate[] {
  if (entry.from === "client") return answeredCalls(before, after, entry);
  const response = entry.from === "server" ? endedBy(before, entry.event as ServerEvent, after) : undefined;
  if (response === undefined || response.outOfBand) return [];
  const phase = response.status === "completed" ? "requested" : "abandoned";
  return callsOf(after, response)
    .filter(({ answered }) => !answered)
    .map((call) => ({ phase, call }));
}

function answeredCalls(
  before: ConversationState,
  after: ConversationState,
  { event }: Entry<ClientEvent, ServerEvent>,
): readonly ToolCallUpdate[] {
  if (event.type !== "conversation.item.create") return [];
  const { item } = event as Extract<ClientEvent, { type: "conversation.item.create" }>;
  if (item?.type !== "function_call_output") return [];
  const then = openCall(before, item.call_id);
  const call = then === undefined ? undefined : findItem(after, then.id);
  return call?.type === "function_call" && call.answered
    ? [{ phase: "answered", call, output: item.output }]
    : [];
}
