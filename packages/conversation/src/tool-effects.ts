import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Effect, Policy } from "./effects.ts";
import type { McpApprovalRequestItem } from "./item.ts";
import { endOfExchange, followUpId } from "./mcp-exchange.ts";
import { callsOf, isDue } from "./reduce/calls.ts";
import { interrupts, isOldSpeech } from "./reduce/input-events.ts";
import { findItem } from "./reduce/items.ts";
import { endedBy, findResponse } from "./reduce/responses.ts";
import { isEnded } from "./reduce/wire-item.ts";
import type { ConversationState, ResponseState } from "./state.ts";

/** What an entry asks for of functions, and of whoever approves MCP calls. */
export function toolEffects(
  before: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
  policy: Policy,
): readonly Effect[] {
  if (entry.from === "client") return [];
  if (entry.from === "local") return entry.event.type === "interrupt.requested" ? aborts(after, policy) : [];
  return [
    ...afterServer(before, entry.event as ServerEvent, after, policy),
    ...followUp(before, after, policy),
  ];
}

/** Asks for the answer that an MCP exchange leads to. */
function followUp(
  before: ConversationState,
  after: ConversationState,
  { respondToTools }: Policy,
): readonly Effect[] {
  const end = respondToTools ? endOfExchange(after) : undefined;
  return end === undefined || end === endOfExchange(before)
    ? []
    : [{ type: "request-answer", id: followUpId(end) }];
}

function afterServer(
  before: ConversationState,
  event: ServerEvent,
  after: ConversationState,
  policy: Policy,
): readonly Effect[] {
  switch (event.type) {
    case "response.done":
      return [
        ...runs(after, endedBy(before, event, after)),
        ...asked(before, after, findResponse(after, event.response.id)?.itemIds ?? []),
      ];
    case "conversation.item.added":
    case "conversation.item.created":
    case "conversation.item.done":
    case "response.output_item.done":
      return asked(before, after, [event.item.id ?? ""]);
    case "input_audio_buffer.speech_started":
      return interrupts(after) && !isOldSpeech(before, event.item_id) ? aborts(after, policy) : [];
    case "conversation.item.deleted": {
      const item = findItem(before, event.item_id);
      const isRunning =
        item?.type === "function_call" && !item.answered && findItem(after, item.id) === undefined;
      return isRunning ? [{ type: "abort-tools", itemIds: [item.id], why: "deleted" }] : [];
    }
    default:
      return [];
  }
}

/** The functions to run when a response has completed: only then is it certain that no part of it is taken back. */
function runs(after: ConversationState, response: ResponseState | undefined): readonly Effect[] {
  return callsOf(after, response)
    .filter((call) => isDue(after, call))
    .map(({ id: itemId, callId, name, arguments: json }) => ({
      type: "run-tool",
      itemId,
      callId,
      name,
      arguments: json,
    }));
}

/** Stops the functions that run, where the policy says so. */
function aborts(state: ConversationState, { toolsAtInterruption }: Policy): readonly Effect[] {
  if (toolsAtInterruption !== "abort") return [];
  const running = state.items.filter((item) => item.type === "function_call" && isDue(state, item));
  const itemIds = running.map(({ id }) => id);
  return itemIds.length === 0 ? [] : [{ type: "abort-tools", itemIds, why: "interrupted" }];
}

/** The requests for approval, among these items, that are whole from now on. */
function asked(
  before: ConversationState,
  after: ConversationState,
  ids: readonly string[],
): readonly Effect[] {
  return ids.flatMap((id): Effect[] => {
    const request = openRequest(after, id);
    if (request === undefined || openRequest(before, id) !== undefined) return [];
    const { serverLabel, name, arguments: json } = request;
    return [{ type: "ask-approval", requestId: id, serverLabel, name, arguments: json }];
  });
}

function openRequest(state: ConversationState, id: string): McpApprovalRequestItem | undefined {
  const item = state.items.findLast((other) => other.id === id);
  const isOpen = item?.type === "mcp_approval_request" && isEnded(item) && item.approved === undefined;
  return isOpen ? item : undefined;
}
