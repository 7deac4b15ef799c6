import type { ServerItem } from "@duologue/protocol";
import { type Answer, answerEnds, itemBegins, itemEnds } from "./answer.ts";
import type { SessionScript } from "./session-script.ts";
import { someWords } from "./words.ts";

const server_label = "library";

/** The tools of an MCP server, listed or not to be had. */
export function toolsListed(script: SessionScript): void {
  const id = script.id("item");
  const isFailed = script.perhaps(4);
  const tools = ["search", "fetch"].map((name) => ({ name, input_schema: { type: "object" } }));
  const item: ServerItem = { id, type: "mcp_list_tools", server_label, tools: isFailed ? [] : tools };
  script.server({ type: "mcp_list_tools.in_progress", item_id: id });
  script.put(item);
  script.server({ type: `mcp_list_tools.${isFailed ? "failed" : "completed"}`, item_id: id });
  script.items.set(id, {
    id,
    type: "mcp_list_tools",
    status: isFailed ? "incomplete" : "completed",
    text: item.tools.map(({ name }) => name).join(","),
  });
}

type McpCall = Extract<ServerItem, { type: "mcp_call" }>;

/**
 * A call of an MCP tool, and the end of its response: the service runs it at once, or after the response, or when
 * the program has allowed it.
 */
export function calledElsewhere(script: SessionScript, answer: Answer): void {
  const id = script.id("item");
  const index = answer.output.length;
  const json = JSON.stringify({ query: someWords(script.choose).join("") });
  const empty: McpCall = { id, type: "mcp_call", server_label, name: "search", arguments: "" };
  const previous = itemBegins(script, answer, empty);
  const place = { response_id: answer.id, item_id: id, output_index: index };
  const half = Math.floor(json.length / 2);
  for (const delta of [json.slice(0, half), json.slice(half)]) {
    script.server({ type: "response.mcp_call_arguments.delta", ...place, delta });
  }
  script.server({ type: "response.mcp_call_arguments.done", ...place, arguments: json });
  const call: McpCall = { ...empty, arguments: json };
  if (script.perhaps(3)) {
    itemEnds(script, answer, { index, previous }, run(script, answer, call, index));
    answerEnds(script, answer, "completed");
    return;
  }
  answer.output.push(call);
  const approval_request_id = script.perhaps() ? asked(script, call) : null;
  answerEnds(script, answer, "completed");
  const isRefused = approval_request_id !== null && !allowed(script, approval_request_id);
  const item = isRefused
    ? ended(script, answer, call, "It was not allowed.", false)
    : run(script, answer, { ...call, approval_request_id }, index);
  script.server({ type: "conversation.item.done", previous_item_id: null, item });
}

/** What the service says while the tool runs. Returns the call with its result. */
function run(script: SessionScript, answer: Answer, call: McpCall, index: number): McpCall {
  const works = !script.perhaps(4);
  const place = { item_id: call.id, output_index: index };
  script.server({ type: "response.mcp_call.in_progress", ...place });
  script.server({ type: works ? "response.mcp_call.completed" : "response.mcp_call.failed", ...place });
  return ended(script, answer, call, someWords(script.choose).join(""), works);
}

function ended(
  script: SessionScript,
  { id: response }: Answer,
  call: McpCall,
  text: string,
  works: boolean,
): McpCall {
  const { id, type } = call;
  script.items.set(id, { id, type, status: works ? "completed" : "incomplete", text, response });
  return works
    ? { ...call, output: text }
    : { ...call, error: { type: "tool_execution_error", message: text } };
}

/** The request for approval. Returns its id. */
function asked(script: SessionScript, call: McpCall): string {
  const id = script.id("item");
  const { name, arguments: json } = call;
  script.put({ id, type: "mcp_approval_request", server_label, name, arguments: json });
  script.items.set(id, { id, type: "mcp_approval_request", status: "completed", text: json });
  return id;
}

function allowed(script: SessionScript, approval_request_id: string): boolean {
  const id = script.id("item");
  const approve = !script.perhaps(3);
  const item: ServerItem = { id, type: "mcp_approval_response", approval_request_id, approve };
  script.client({ type: "conversation.item.create", event_id: script.id("cmd"), item });
  script.put(item);
  const text = approve ? "yes" : "no";
  script.items.set(id, { id, type: "mcp_approval_response", status: "completed", text });
  return approve;
}
