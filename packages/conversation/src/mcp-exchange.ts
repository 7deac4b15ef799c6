import type { ConversationItem } from "./item.ts";
import { callsOf } from "./reduce/calls.ts";
import { activeResponse, findResponse } from "./reduce/responses.ts";
import { isEnded } from "./reduce/wire-item.ts";
import type { ConversationState } from "./state.ts";

type McpStep = Extract<
  ConversationItem,
  { type: "mcp_call" | "mcp_approval_request" | "mcp_approval_response" }
>;

/**
 * The last call or refusal of the MCP exchange that a conversation ends with, once nothing of that is open and nothing
 * is being made. It leads to an answer that somebody has to ask for: services run the calls beside the response that
 * wanted them, and have been seen to stop there. Where a service goes on by itself, something follows.
 */
export function endOfExchange(state: ConversationState): string | undefined {
  const last = state.items.at(-1);
  if (last === undefined || !isStep(last) || activeResponse(state) !== undefined) return undefined;
  const steps = state.items.slice(state.items.findLastIndex((item) => !isStep(item)) + 1).filter(isStep);
  const end = steps.findLast(isEnd);
  if (end === undefined || end.standing !== undefined || steps.some(isOpen)) return undefined;
  // A call that was allowed may be an item that has not come yet.
  const allowed = steps.filter((step) => step.type === "mcp_approval_request" && step.approved === true);
  const calls = steps.filter(({ type }) => type === "mcp_call");
  if (calls.length < allowed.length) return undefined;
  const response = findResponse(state, end.responseId);
  if (response === undefined) return end.id;
  const isAnswered = callsOf(state, response).every(({ answered }) => answered);
  return response.status === "completed" && isAnswered ? end.id : undefined;
}

/** The name of the request for the answer that the exchange with this end leads to. */
export function followUpId(end: string): string {
  return `mcp_${end}`;
}

/** Whether a request of this name is for the answer that the exchange leads to with which the conversation ends. */
export function isFollowUp(state: ConversationState, requestId: string | undefined): boolean {
  const end = requestId === undefined ? undefined : endOfExchange(state);
  return end !== undefined && requestId === followUpId(end);
}

function isStep(item: ConversationItem): item is McpStep {
  return item.type.startsWith("mcp_") && item.type !== "mcp_list_tools";
}

function isOpen(step: McpStep): boolean {
  return step.type === "mcp_approval_request"
    ? step.approved === undefined
    : step.type === "mcp_call" && !isEnded(step);
}

function isEnd(step: McpStep): boolean {
  return step.type === "mcp_call" || (step.type === "mcp_approval_response" && !step.approve);
}
