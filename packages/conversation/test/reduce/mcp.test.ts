import { describe, expect, it } from "vitest";
import { type ConversationState, isQuiet } from "../../src/index.ts";
import { client, fold, type LogEntry, local, opened, server } from "../wire.ts";

const added = (item: object, previous: string | null = null) =>
  server("conversation.item.added", { previous_item_id: previous, item });
const done = (item: object) => server("conversation.item.done", { previous_item_id: null, item });
const tools = [{ name: "search", input_schema: { type: "object" } }];
const list = { id: "m1", type: "mcp_list_tools", server_label: "library", tools };
const call = (more: object = {}) => ({
  id: "m2",
  type: "mcp_call",
  server_label: "library",
  name: "search",
  arguments: "",
  ...more,
});
const result = { arguments: '{"q":1}', output: "found" };
const error = { type: "tool_execution_error", message: "nothing found" };
const place = { response_id: "r1", item_id: "m2", output_index: 0 };
const run = (end: string) => server(`response.mcp_call.${end}`, { item_id: "m2", output_index: 0 });
const response = (status: string, output: object[] = []) => ({
  response: { id: "r1", status, output, conversation_id: "c", usage: null },
});

const begun: LogEntry[] = [
  opened,
  server("response.created", response("in_progress")),
  server("response.output_item.added", { response_id: "r1", output_index: 0, item: call() }),
  added(call()),
  server("response.mcp_call_arguments.delta", { ...place, delta: '{"q"' }),
  server("response.mcp_call_arguments.delta", { ...place, delta: ":1}" }),
  server("response.mcp_call_arguments.done", { ...place, arguments: '{"q":1}' }),
];
const item = (state: ConversationState, id: string) => state.items.find((each) => each.id === id);

describe("tools at a server", () => {
  it("are listed, whichever comes first: the item or the end of the listing", () => {
    const completed = server("mcp_list_tools.completed", { item_id: "m1" });
    const progress = server("mcp_list_tools.in_progress", { item_id: "m1" });
    const wanted = { type: "mcp_list_tools", status: "completed", serverLabel: "library", tools };
    const empty = { ...list, tools: [] };
    expect(item(fold([progress, added(empty), done(list), completed]), "m1")).toMatchObject(wanted);
    expect(item(fold([progress, completed, added(empty), done(list)]), "m1")).toMatchObject(wanted);
  });

  it("that cannot be listed have failed, also when the item is done", () => {
    const failed = server("mcp_list_tools.failed", { item_id: "m1" });
    const empty = { ...list, tools: [] };
    expect(item(fold([added(empty), failed, done(empty)]), "m1")).toMatchObject({ status: "incomplete" });
    expect(item(fold([added(empty), done(empty), failed]), "m1")).toMatchObject({ status: "incomplete" });
  });

  it("are called with arguments that stream, and may run on after their response", () => {
    const half = fold(begun.slice(0, 5));
    expect(item(half, "m2")).toMatchObject({ arguments: '{"q"', status: "in_progress", responseId: "r1" });
    const over = fold([...begun, server("response.done", response("completed", [call({ arguments: "" })]))]);
    expect(item(over, "m2")).toMatchObject({ arguments: '{"q":1}', status: "in_progress" });
    expect(isQuiet(over)).toBe(false);
    const ended = fold([run("in_progress"), run("completed"), done(call(result))], over);
    expect(item(ended, "m2")).toMatchObject({ status: "completed", ...result });
    const whole = fold([...begun, run("in_progress"), run("completed"), done(call(result))]);
    expect(item(whole, "m2")).toEqual(item(ended, "m2"));
  });

  it("fail with the reason, whatever else is said of their end", () => {
    for (const order of [
      [run("failed"), done(call({ error }))],
      [done(call({ error })), run("failed")],
      [run("failed"), done(call({ error })), server("response.done", response("completed", [call()]))],
    ]) {
      expect(item(fold([...begun, ...order]), "m2")).toMatchObject({ status: "incomplete", error });
    }
  });

  it("are cancelled with their response, unless their end is told", () => {
    const cancelled = server("response.done", response("cancelled", [call()]));
    expect(item(fold([...begun, cancelled]), "m2")).toMatchObject({ status: "cancelled" });
    const told = done(call(result));
    expect(item(fold([...begun, cancelled, told]), "m2")).toMatchObject({ status: "completed" });
    expect(item(fold([...begun, told, cancelled]), "m2")).toMatchObject({ status: "completed" });
  });

  it("end with a lost link", () => {
    const lost = local({ type: "link.closed", code: 1006, reason: "" });
    const over = [...begun, server("response.done", response("completed", [call()])), lost];
    expect(item(fold(over), "m2")).toMatchObject({ status: "cancelled" });
  });
});

describe("a request for approval", () => {
  const request = {
    id: "q1",
    type: "mcp_approval_request",
    server_label: "library",
    name: "search",
    arguments: "{}",
  };
  const answer = (approve: boolean, reason?: string) => ({
    id: "q2",
    type: "mcp_approval_response" as const,
    approval_request_id: "q1",
    approve,
    ...(reason === undefined ? {} : { reason }),
  });
  const asked = [opened, added(request), done(request)];

  it("is complete at once, and open until it is answered", () => {
    const state = fold(asked);
    expect(item(state, "q1")).toEqual({
      id: "q1",
      type: "mcp_approval_request",
      status: "completed",
      serverLabel: "library",
      name: "search",
      arguments: "{}",
    });
  });

  it("is answered by what we send, and by what another client of the session sends", () => {
    const ours = fold([...asked, client({ type: "conversation.item.create", item: answer(true) })]);
    expect(item(ours, "q1")).toMatchObject({ approved: true });
    const theirs = fold([...asked, added(answer(false, "too dear"), "q1")]);
    expect(item(theirs, "q1")).toMatchObject({ approved: false });
    expect(item(theirs, "q2")).toMatchObject({
      approvalRequestId: "q1",
      approve: false,
      reason: "too dear",
      status: "completed",
    });
  });
});
