import type { FunctionCallItem, McpCallItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { readText } from "./readable.ts";
import { upsertOutput } from "./responses.ts";
import { isEnded } from "./wire-item.ts";
import { withFields } from "./with-fields.ts";

type Call = FunctionCallItem | McpCallItem;

/** Where a call stands that a response makes. */
interface Place {
  readonly response_id: string;
  readonly output_index: number;
}

/** Takes in more of the arguments of a call, here or at an MCP server; `pending` is the call should it be new. */
export function argumentsCame(
  state: ConversationState,
  event: Place & { readonly delta: string },
  pending: Call,
): ConversationState {
  const more = readText(event.delta);
  return changed(state, event, pending, (call) =>
    isEnded(call) || !more ? call : { ...call, arguments: call.arguments + more },
  );
}

/** Takes in all of the arguments of a call. */
export function argumentsDone(
  state: ConversationState,
  event: Place & { readonly arguments: string; readonly name?: string },
  pending: Call,
): ConversationState {
  const { name, arguments: json } = event;
  return changed(state, event, pending, (call) =>
    withFields<Call>(call, { name: readText(name), arguments: readText(json) }),
  );
}

function changed(
  state: ConversationState,
  place: Place,
  pending: Call,
  change: (call: Call) => Call,
): ConversationState {
  return upsertOutput(
    state,
    place,
    pending.id,
    () => pending,
    (item) => {
      const isCall = item.type === "function_call" || item.type === "mcp_call";
      return isCall && item.type === pending.type ? change(item) : item;
    },
  );
}
