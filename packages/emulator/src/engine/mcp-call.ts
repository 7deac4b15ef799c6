import type {
  McpApprovalResponseItem,
  McpCallItem,
  McpToolDescription,
  ServerItem,
} from "@duologue/protocol";
import { mcpOutcome } from "../brain/mcp.ts";
import { appendItem, findItem, replaceItem } from "./conversation.ts";
import { change, type Draft, freshId, send } from "./draft.ts";
import { allowedTools, needsApproval } from "./mcp-definition.ts";
import { mcpScript } from "./mcp-listing.ts";
import { type McpCall, type McpResult, mcpServer, withCall, withServer } from "./mcp-state.ts";
import { openItem, outputDone, placeOf } from "./response-output.ts";
import { type ItemEnd, type OpenItem, type RunningResponse, withResponse } from "./running-response.ts";

/** The tools of MCP servers that a response can call, each with the label of its server. */
export function callableTools(
  { state }: Draft,
  { mcpTools, startsAfterMs }: Pick<RunningResponse, "mcpTools" | "startsAfterMs">,
): readonly (McpToolDescription & { readonly server: string })[] {
  return mcpTools.flatMap((definition) => {
    const server = mcpServer(state.mcp, definition.server_label);
    // A response waits for the servers that it has defined itself.
    const isPromised = server?.status === "listing" && server.dueMs <= (startsAfterMs ?? 0);
    if (server === undefined || !(server.status === "ready" || isPromised)) return [];
    const label = definition.server_label;
    return allowedTools(definition, server.tools).map((tool) => ({ ...tool, server: label }));
  });
}

/** Begins a call of an MCP tool. */
export function openMcpCall(draft: Draft, response: RunningResponse, server: string, name: string): void {
  const item: McpCallItem = {
    id: freshId(draft, "item"),
    type: "mcp_call",
    server_label: server,
    name,
    arguments: "",
    approval_request_id: null,
    output: null,
    error: null,
  };
  openItem(draft, response, item);
}

/**
 * The arguments of the open call are complete, or it is cut short there. A complete call asks for approval where its
 * server's definition wants it. It then runs beside its response, once that has ended, or within it: the item stays
 * open and the response waits.
 */
export function endMcpCall(
  draft: Draft,
  response: RunningResponse,
  open: OpenItem & { readonly item: McpCallItem },
  end: ItemEnd,
): void {
  const { previousItemId, written } = open;
  const pending = draft.state.mcp.calls.find((call) => call.item.id === open.item.id);
  if (pending !== undefined) {
    change(draft, { mcp: withCall(draft.state.mcp, pending.item.id, undefined) });
    itemDone(draft, pending.item, previousItemId);
    outputDone(draft, response, pending.item);
    return;
  }
  const item = { ...open.item, arguments: written };
  const place = placeOf(response, open);
  send(draft, { type: "response.mcp_call_arguments.done", ...place, arguments: written });
  if (end === "incomplete") {
    storeItem(draft, item);
    itemDone(draft, item, previousItemId);
    outputDone(draft, response, item);
    return;
  }
  const runsWithin = draft.settings.unsettled.goesOnAfterMcp;
  const asks = mustAsk(draft, response, item);
  const called = asks ? { ...item, approval_request_id: askForApproval(draft, item) } : item;
  const call: McpCall = {
    item: called,
    previousItemId,
    responseId: response.id,
    outputIndex: place.output_index,
    isApproved: !asks,
    isDetached: false,
    run: undefined,
  };
  storeItem(draft, called);
  change(draft, { mcp: { ...draft.state.mcp, calls: [...draft.state.mcp.calls, call] } });
  if (!runsWithin) {
    outputDone(draft, response, called);
    return;
  }
  const waiting = { ...response, open: { ...open, item: called }, pausedMs: draft.atMs };
  draft.state = withResponse(draft.state, response.id, waiting);
  runIfReady(draft, call);
}

/** Whether a call waits for the answer to this request for approval. */
export function isAwaited(draft: Draft, requestId: string): boolean {
  return awaitingCall(draft, requestId) !== undefined;
}

/** The client answers a request for approval; without effect where no call waits for it. */
export function answerApproval(draft: Draft, answer: McpApprovalResponseItem): void {
  const call = awaitingCall(draft, answer.approval_request_id);
  if (call === undefined) return;
  if (answer.approve) {
    const approved = { ...call, isApproved: true };
    change(draft, { mcp: withCall(draft.state.mcp, call.item.id, approved) });
    runIfReady(draft, approved);
  } else {
    const message = answer.reason ?? "The call was not approved.";
    endCall(draft, call, { output: null, error: { type: "tool_execution_error", message } });
  }
}

/** A response has ended: its calls run now, or never where it did not complete. */
export function detachCalls(draft: Draft, responseId: string, completed: boolean): void {
  for (const call of draft.state.mcp.calls) {
    if (call.responseId !== responseId || call.isDetached) continue;
    const detached = { ...call, isDetached: true };
    change(draft, { mcp: withCall(draft.state.mcp, call.item.id, completed ? detached : undefined) });
    if (completed) runIfReady(draft, detached);
    else itemDone(draft, call.item, call.previousItemId);
  }
}

/** The MCP server has answered. */
export function finishCall(draft: Draft, call: McpCall): void {
  if (call.run === undefined) return;
  const { result } = call.run;
  const type = result.error === null ? "response.mcp_call.completed" : "response.mcp_call.failed";
  send(draft, { type, item_id: call.item.id, output_index: call.outputIndex });
  endCall(draft, call, result);
}

function runIfReady(draft: Draft, call: McpCall): void {
  const runsWithin = draft.settings.unsettled.goesOnAfterMcp;
  if (!call.isApproved || call.run !== undefined || !(call.isDetached || runsWithin)) return;
  const { id, server_label: server, name, arguments: text } = call.item;
  send(draft, { type: "response.mcp_call.in_progress", item_id: id, output_index: call.outputIndex });
  const known = mcpServer(draft.state.mcp, server);
  const { called = {} } = known ?? {};
  const index = (Object.hasOwn(called, name) ? called[name] : undefined) ?? 0;
  const request = { server, name, arguments: text, index };
  const { output, error = null, delayMs } = mcpOutcome(mcpScript(draft, server), request);
  const result: McpResult = error === null ? { output: output ?? "", error } : { output: null, error };
  const run = { dueMs: draft.atMs + (delayMs ?? draft.settings.mcpCallMs), result };
  let { mcp } = draft.state;
  if (known !== undefined) {
    mcp = withServer(mcp, { ...known, called: { ...called, [name]: index + 1 } });
  }
  change(draft, { mcp: withCall(mcp, id, { ...call, run }) });
}

/** The item is done with what came of the call; a response that waited for it goes on. */
function endCall(draft: Draft, call: McpCall, result: McpResult): void {
  const item = { ...call.item, ...result };
  change(draft, { mcp: withCall(draft.state.mcp, item.id, undefined) });
  storeItem(draft, item);
  itemDone(draft, item, call.previousItemId);
  const response = draft.state.responses.find(({ id }) => id === call.responseId);
  if (response?.pausedMs === undefined || response.open?.item.id !== item.id) return;
  outputDone(draft, resumed(response, draft.atMs), item);
}

/** The response with what it still has to do put off by the time for which it has waited. */
function resumed(response: RunningResponse, atMs: number): RunningResponse {
  const { pausedMs = atMs, beats, nextBeat } = response;
  const later = beats?.map((beat, index) =>
    index < nextBeat ? beat : { ...beat, atMs: beat.atMs + (atMs - pausedMs) },
  );
  return { ...response, beats: later, pausedMs: undefined };
}

function mustAsk(draft: Draft, { mcpTools }: RunningResponse, { server_label, name }: McpCallItem): boolean {
  const definition = mcpTools.find((tool) => tool.server_label === server_label);
  const tool = mcpServer(draft.state.mcp, server_label)?.tools.find((known) => known.name === name);
  return definition !== undefined && tool !== undefined && needsApproval(definition, tool);
}

function awaitingCall(draft: Draft, requestId: string): McpCall | undefined {
  return draft.state.mcp.calls.find(
    ({ item, isApproved }) => !isApproved && item.approval_request_id === requestId,
  );
}

/** Puts the request into the conversation; gives its id. */
function askForApproval(draft: Draft, { server_label, name, arguments: text }: McpCallItem): string {
  const id = freshId(draft, "item");
  const item = { id, type: "mcp_approval_request", server_label, name, arguments: text } as const;
  appendItem(draft, { item });
  return id;
}

/** Tells of an item of the conversation; one out of band, or deleted, is not one. */
function itemDone(draft: Draft, item: ServerItem, previousItemId: string | null): void {
  if (findItem(draft.state, item.id) === undefined) return;
  send(draft, { type: "conversation.item.done", previous_item_id: previousItemId, item });
}

function storeItem(draft: Draft, item: ServerItem): void {
  const stored = findItem(draft.state, item.id);
  if (stored !== undefined) replaceItem(draft, { ...stored, item });
}
