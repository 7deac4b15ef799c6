import type { ClientEvent, McpCallItem, McpTool, ServerEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import type { ScriptedMcpServer } from "../../src/brain/mcp.ts";
import type { GivenSettings } from "../../src/engine/engine-settings.ts";
import { conversation, one, only, shapeOf, typesOf } from "../support/conversation.ts";

const docs: ScriptedMcpServer = {
  tools: [
    { name: "search", description: "Finds pages.", annotations: { readOnlyHint: true } },
    { name: "delete", input_schema: { type: "object", properties: { id: { type: "string" } } } },
  ],
  calls: { search: ["Three pages.", { output: "One page.", delayMs: 50 }] },
};
const definition = {
  type: "mcp",
  server_label: "docs",
  server_url: "https://mcp.example/sse",
  require_approval: "never",
} as const satisfies McpTool;
const call = { server: "docs", name: "search", arguments: { q: "vad" } };

function withTools(tools: McpTool[]): ClientEvent {
  return { type: "session.update", session: { type: "realtime", output_modalities: ["text"], tools } };
}

/** A session whose one MCP server is listed. */
function listed(settings: GivenSettings = {}, tool: McpTool = definition) {
  const { scenario, ...others } = settings;
  const talk = conversation({ ...others, scenario: { turns: [], mcp: { docs }, ...scenario } });
  talk.open();
  talk.send(withTools([tool]));
  const listing = talk.advance(1000);
  const respond = () => [...talk.send({ type: "response.create" }), ...talk.advance(5000)];
  const answer = (approval_request_id: string, approve: boolean, reason?: string) =>
    talk.send({
      type: "conversation.item.create",
      item: { type: "mcp_approval_response", approval_request_id, approve, ...(reason && { reason }) },
    });
  return { talk, listing, respond, answer };
}

function callIn(events: readonly ServerEvent[]): McpCallItem {
  const items = only(events, "conversation.item.done").map(({ item }) => item);
  const found = items.filter((item) => item.type === "mcp_call");
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe("the tools of an MCP server", () => {
  it("are listed: in progress, an item without and then with them, completed", () => {
    const talk = conversation({ scenario: { turns: [], mcp: { docs } }, mcpListingMs: 250 });
    talk.open();
    const begun = talk.send(withTools([definition]));
    expect(typesOf(begun)).toEqual([
      "session.updated",
      "mcp_list_tools.in_progress",
      "conversation.item.added",
    ]);
    const { item } = one(begun, "conversation.item.added");
    expect(item).toMatchObject({ type: "mcp_list_tools", server_label: "docs", tools: [] });
    expect(one(begun, "mcp_list_tools.in_progress").item_id).toBe(item.id);
    expect(typesOf(talk.send({ type: "conversation.item.retrieve", item_id: item.id }))).toEqual([
      "conversation.item.retrieved",
    ]);
    expect(talk.advance(249)).toEqual([]);
    const ended = talk.advance(1);
    expect(typesOf(ended)).toEqual(["conversation.item.done", "mcp_list_tools.completed"]);
    expect(one(ended, "conversation.item.done").item).toEqual({
      id: item.id,
      type: "mcp_list_tools",
      server_label: "docs",
      tools: [
        {
          name: "search",
          description: "Finds pages.",
          input_schema: { type: "object" },
          annotations: { readOnlyHint: true },
        },
        {
          name: "delete",
          description: "",
          input_schema: { type: "object", properties: { id: { type: "string" } } },
          annotations: null,
        },
      ],
    });
  });

  it("are those that the definition allows", () => {
    const namesUnder = (allowed_tools: McpTool["allowed_tools"]) => {
      const { listing } = listed({}, { ...definition, allowed_tools: allowed_tools ?? null });
      const { item } = one(listing, "conversation.item.done");
      return "tools" in item ? item.tools.map(({ name }) => name) : [];
    };
    expect(namesUnder(null)).toEqual(["search", "delete"]);
    expect(namesUnder(["delete", "unknown"])).toEqual(["delete"]);
    expect(namesUnder({ read_only: true })).toEqual(["search"]);
    expect(namesUnder({ read_only: false })).toEqual(["delete"]);
    expect(namesUnder({ tool_names: ["search"], read_only: false })).toEqual([]);
  });

  it("cannot be listed where the server says so, or where there is none", () => {
    const broken = { ...docs, failsToList: true, listingMs: 10 };
    const talk = conversation({ scenario: { turns: [], mcp: { broken } } });
    talk.open();
    talk.send(withTools(["broken", "nowhere"].map((server_label) => ({ ...definition, server_label }))));
    expect(typesOf(talk.advance(10))).toEqual(["conversation.item.done", "mcp_list_tools.failed"]);
    expect(typesOf(talk.advance(5000))).toEqual(["conversation.item.done", "mcp_list_tools.failed"]);
    // Another try after a failure, none while all is well.
    expect(typesOf(talk.send(withTools([{ ...definition, server_label: "broken" }])))).toContain(
      "mcp_list_tools.in_progress",
    );
  });

  it("are not listed again for a server that is known, and are for another server of that name", () => {
    const { talk } = listed();
    const again = talk.send(withTools([{ type: "mcp", server_label: "docs" }]));
    expect(typesOf(again)).toEqual(["session.updated"]);
    expect(one(again, "session.updated").session).toMatchObject({ tools: [definition] });
    const elsewhere = talk.send(withTools([{ ...definition, server_url: "https://other.example" }]));
    expect(typesOf(elsewhere)).toContain("mcp_list_tools.in_progress");
  });

  it("are asked for with credentials that never come back", () => {
    const talk = conversation();
    talk.open();
    talk.send(withTools([{ ...definition, authorization: "tok-1" }]));
    talk.send(withTools([{ ...definition, headers: { Authorization: "tok-2", "x-key": "tok-3" } }]));
    talk.send({
      type: "response.create",
      response: { tools: [{ ...definition, server_label: "other", authorization: "tok-4" }] },
    });
    talk.advance(2000);
    expect(JSON.stringify(talk.outputs)).not.toContain("tok-");
    expect(JSON.stringify(talk.state)).not.toContain("tok-");
  });

  it("are refused with all of the update where their definition makes no sense", () => {
    const { talk } = listed();
    const plain = { type: "mcp", server_label: "x" } as const;
    const cases: [McpTool[], string, string][] = [
      [[definition, definition], "invalid_value", "session.tools[1].server_label"],
      [[plain], "missing_required_parameter", "session.tools[0].server_url"],
      [
        [{ ...definition, connector_id: "connector_gmail" }],
        "mutually_exclusive_parameters",
        "session.tools[0]",
      ],
      [
        [{ ...definition, authorization: "a", headers: { authorization: "b" } }],
        "mutually_exclusive_parameters",
        "session.tools[0].authorization",
      ],
      [[{ ...plain, connector_id: "connector_fax" }], "invalid_value", "session.tools[0].connector_id"],
      [
        [{ ...definition, require_approval: "sometimes" } as unknown as McpTool],
        "invalid_value",
        "session.tools[0].require_approval",
      ],
      [
        [{ ...definition, allowed_tools: { name: "x" } } as unknown as McpTool],
        "unknown_parameter",
        "session.tools[0].allowed_tools.name",
      ],
    ];
    const before = talk.state;
    for (const [tools, code, param] of cases) {
      const events = talk.send(withTools(tools));
      expect(typesOf(events)).toEqual(["error"]);
      expect(one(events, "error").error).toMatchObject({ code, param });
      expect({ ...talk.state, random: before.random }).toEqual(before);
    }
    const session = {
      type: "realtime",
      tool_choice: { type: "mcp", server_label: "elsewhere" },
    } as const;
    expect(one(talk.send({ type: "session.update", session }), "error").error).toMatchObject({
      code: "invalid_value",
      param: "session.tool_choice",
    });
  });
});

describe("a call of an MCP tool", () => {
  const turns = [{ tools: [call] }, { say: "There are three." }];

  it("runs beside its response, and the next one is for the client to ask for", () => {
    const { talk, respond } = listed({ scenario: { turns } });
    const events = respond();
    expect(shapeOf(events)).toEqual([
      "response.created",
      "response.output_item.added",
      "conversation.item.added",
      "response.mcp_call_arguments.delta*",
      "response.mcp_call_arguments.done",
      "response.output_item.done",
      "response.done",
      "response.mcp_call.in_progress",
      "rate_limits.updated",
      "response.mcp_call.completed",
      "conversation.item.done",
    ]);
    const item = callIn(events);
    expect(item).toEqual({
      id: one(events, "response.output_item.added").item.id,
      type: "mcp_call",
      server_label: "docs",
      name: "search",
      arguments: '{"q":"vad"}',
      approval_request_id: null,
      output: "Three pages.",
      error: null,
    });
    expect(one(events, "response.done").response.output).toEqual([{ ...item, output: null }]);
    for (const type of ["response.mcp_call.in_progress", "response.mcp_call.completed"] as const) {
      expect(one(events, type)).toMatchObject({ item_id: item.id, output_index: 0 });
    }
    expect(one(respond(), "response.output_text.done").text).toBe("There are three.");
    expect(talk.send({ type: "conversation.item.retrieve", item_id: item.id })).toMatchObject([{ item }]);
  });

  it("runs within its response where that is asked for, which takes the next turn", () => {
    const { respond } = listed({ scenario: { turns }, unsettled: { goesOnAfterMcp: true } });
    const events = respond();
    expect(shapeOf(events)).toEqual([
      "response.created",
      "response.output_item.added",
      "conversation.item.added",
      "response.mcp_call_arguments.delta*",
      "response.mcp_call_arguments.done",
      "response.mcp_call.in_progress",
      "response.mcp_call.completed",
      "conversation.item.done",
      "response.output_item.done",
      "response.output_item.added",
      "conversation.item.added",
      "response.content_part.added",
      "response.output_text.delta*",
      "response.output_text.done",
      "response.content_part.done",
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
      "rate_limits.updated",
    ]);
    expect(one(events, "response.done").response).toMatchObject({
      status: "completed",
      output: [{ type: "mcp_call", output: "Three pages." }, { type: "message" }],
    });
  });

  it("takes its outcomes from the script, one after the other, the last one for ever", () => {
    const { respond } = listed({ scenario: { turns: [turns[0]!, turns[0]!, turns[0]!] } });
    expect([respond(), respond(), respond()].map((events) => callIn(events).output)).toEqual([
      "Three pages.",
      "One page.",
      "One page.",
    ]);
  });

  it("takes its outcome from a function, and fails with what that throws", () => {
    const asked: unknown[] = [];
    const script: ScriptedMcpServer = {
      tools: docs.tools,
      calls(request) {
        asked.push(request);
        if (request.index === 1) throw new Error("Out of paper.");
        return { error: { type: "http_error", code: 502, message: "Bad gateway" } };
      },
    };
    const scenario = { turns: [turns[0]!, turns[0]!], mcp: { docs: script } };
    const { respond } = listed({ scenario });
    const [first, second] = [respond(), respond()];
    expect(asked).toEqual([
      { server: "docs", name: "search", arguments: '{"q":"vad"}', index: 0 },
      { server: "docs", name: "search", arguments: '{"q":"vad"}', index: 1 },
    ]);
    expect(typesOf(first)).toContain("response.mcp_call.failed");
    expect(typesOf(first)).not.toContain("response.mcp_call.completed");
    expect(callIn(first)).toMatchObject({
      output: null,
      error: { type: "http_error", code: 502, message: "Bad gateway" },
    });
    expect(callIn(second).error).toEqual({ type: "tool_execution_error", message: "Out of paper." });
  });

  it("says what was called where the script does not know the tool", () => {
    const { respond } = listed({ scenario: { turns: [{ tools: [{ ...call, name: "delete" }] }] } });
    expect(callIn(respond()).output).toBe('Called delete with {"q":"vad"}.');
  });

  it("of a tool that the response does not have fails the response with a sentence", () => {
    for (const server of ["docs", "other"]) {
      const { respond } = listed({ scenario: { turns: [{ tools: [{ server, name: "shred" }] }] } });
      const { response } = one(respond(), "response.done");
      expect(response).toMatchObject({ status: "failed", output: [] });
      expect(response.status_details?.error?.message).toContain(`'shred' of the MCP server '${server}'`);
    }
  });

  it("is not possible before the tools are listed, unless the response itself names the server", () => {
    const scenario = { turns: [{ tools: [call] }, { tools: [call] }], mcp: { docs } };
    const early = conversation({ scenario, mcpListingMs: 2000 });
    early.open();
    early.send(withTools([definition]));
    early.send({ type: "response.create" });
    expect(one(early.advance(1000), "response.done").response.status).toBe("failed");

    const named = conversation({ scenario, mcpListingMs: 2000 });
    named.open();
    const begun = named.send({ type: "response.create", response: { tools: [definition] } });
    expect(typesOf(begun)).toEqual([
      "response.created",
      "mcp_list_tools.in_progress",
      "conversation.item.added",
    ]);
    const events = named.advance(5000);
    expect(typesOf(events).slice(0, 3)).toEqual([
      "conversation.item.done",
      "mcp_list_tools.completed",
      "response.output_item.added",
    ]);
    expect(one(events, "response.done").response.status).toBe("completed");
  });

  it("of a response that is cancelled never runs", () => {
    for (const goesOnAfterMcp of [false, true]) {
      const { talk } = listed({ scenario: { turns }, unsettled: { goesOnAfterMcp }, textPieceMs: 50 });
      talk.send({ type: "response.create" });
      talk.advance(320);
      const events = talk.send({ type: "response.cancel" });
      expect(typesOf(events)).toEqual([
        "response.mcp_call_arguments.done",
        "conversation.item.done",
        "response.output_item.done",
        "response.done",
      ]);
      const item = callIn(events);
      expect(item).toMatchObject({ output: null, error: null });
      expect(item.arguments.length).toBeGreaterThan(0);
      expect(talk.send({ type: "conversation.item.retrieve", item_id: item.id })).toMatchObject([{ item }]);
      expect(typesOf(talk.advance(5000))).toEqual(["rate_limits.updated"]);
    }
  });

  it("stops with the response that waits for it", () => {
    const { talk } = listed({ scenario: { turns }, unsettled: { goesOnAfterMcp: true }, mcpCallMs: 10_000 });
    talk.send({ type: "response.create" });
    expect(typesOf(talk.advance(1000)).at(-1)).toBe("response.mcp_call.in_progress");
    expect(typesOf(talk.send({ type: "response.cancel" }))).toEqual([
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
    ]);
    expect(typesOf(talk.advance(20_000))).toEqual(["rate_limits.updated"]);
  });

  it("is asked of the brain with the tools that can be called", () => {
    const talk = conversation({ answers: "ask", scenario: { turns: [], mcp: { docs } } });
    talk.open();
    talk.send(withTools([{ ...definition, allowed_tools: ["search"] }]));
    talk.send({ type: "response.create" });
    const requests = () => talk.outputs.flatMap((output) => (output.type === "ask" ? [output.request] : []));
    expect(requests()[0]?.mcpTools).toEqual([]);
    talk.advance(1000);
    talk.answer(requests()[0]!.responseId, {});
    talk.advance(1000);
    talk.send({ type: "response.create" });
    expect(requests()[1]?.mcpTools).toMatchObject([{ server: "docs", name: "search" }]);
  });

  it("is made by the echo where the tool choice demands it, which then reads out what came of it", () => {
    const { talk, respond } = listed();
    const tool_choice = { type: "mcp", server_label: "docs", name: "search" } as const;
    talk.send({ type: "session.update", session: { type: "realtime", tool_choice } });
    expect(callIn(respond())).toMatchObject({ name: "search", arguments: "{}" });
    expect(one(respond(), "response.output_text.done").text).toBe("The tool says: Three pages.");
  });
});

describe("the approval of an MCP call", () => {
  const turns = [{ tools: [call] }, { say: "Done." }];
  const always = { ...definition, require_approval: "always" } as const;

  function requestIn(events: readonly ServerEvent[]) {
    const items = only(events, "conversation.item.done").map(({ item }) => item);
    const found = items.filter((item) => item.type === "mcp_approval_request");
    expect(found).toHaveLength(1);
    return found[0]!;
  }

  it("is asked for by an item, and the call runs when the client has given it", () => {
    const { talk, respond, answer } = listed({ scenario: { turns } }, always);
    const events = respond();
    expect(shapeOf(events).slice(4)).toEqual([
      "response.mcp_call_arguments.done",
      "conversation.item.added",
      "conversation.item.done",
      "response.output_item.done",
      "response.done",
      "rate_limits.updated",
    ]);
    const request = requestIn(events);
    expect(request).toMatchObject({ server_label: "docs", name: "search", arguments: '{"q":"vad"}' });
    expect(talk.advance(60_000)).toEqual([]);
    const answered = [...answer(request.id, true), ...talk.advance(1000)];
    expect(typesOf(answered)).toEqual([
      "conversation.item.added",
      "conversation.item.done",
      "response.mcp_call.in_progress",
      "response.mcp_call.completed",
      "conversation.item.done",
    ]);
    expect(one(answered, "conversation.item.added").item).toMatchObject({
      type: "mcp_approval_response",
      approval_request_id: request.id,
      approve: true,
      reason: null,
    });
    expect(callIn(answered)).toMatchObject({ output: "Three pages.", approval_request_id: request.id });
  });

  it("may be given before the response has ended, and the call runs after it", () => {
    const { talk, answer } = listed({ scenario: { turns: [{ tools: [call, call] }] } }, always);
    talk.send({ type: "response.create" });
    const first: ServerEvent[] = [];
    while (only(first, "conversation.item.done").length === 0) first.push(...talk.advance(1));
    expect(typesOf(answer(requestIn(first).id, true))).toEqual([
      "conversation.item.added",
      "conversation.item.done",
    ]);
    const rest = talk.advance(5000);
    expect(typesOf(rest).indexOf("response.mcp_call.in_progress")).toBe(
      typesOf(rest).indexOf("response.done") + 1,
    );
  });

  it("denied ends the call, with the reason", () => {
    const { talk, respond, answer } = listed({ scenario: { turns } }, always);
    const answered = answer(requestIn(respond()).id, false, "Not on a Sunday.");
    expect(typesOf(answered)).toEqual([
      "conversation.item.added",
      "conversation.item.done",
      "conversation.item.done",
    ]);
    expect(callIn(answered)).toMatchObject({
      output: null,
      error: { type: "tool_execution_error", message: "Not on a Sunday." },
    });
    expect(talk.advance(5000)).toEqual([]);
  });

  it("holds up the response that waits for its call", () => {
    const settings = { scenario: { turns }, unsettled: { goesOnAfterMcp: true } } as const;
    for (const approve of [true, false]) {
      const { talk, respond, answer } = listed(settings, always);
      const request = requestIn(respond());
      expect(talk.advance(60_000)).toEqual([]);
      expect(one(talk.send({ type: "response.create" }), "error").error.code).toBe(
        "conversation_already_has_active_response",
      );
      const answered = [...answer(request.id, approve), ...talk.advance(5000)];
      expect(one(answered, "response.output_text.done").text).toBe("Done.");
      expect(one(answered, "response.done").response.output).toMatchObject([
        { type: "mcp_call", approval_request_id: request.id, output: approve ? "Three pages." : null },
        { type: "message" },
      ]);
    }
  });

  it("can be given once, for a request that was made", () => {
    const { respond, answer } = listed({ scenario: { turns } }, always);
    const { id } = requestIn(respond());
    expect(one(answer("item_unknown", true), "error").error.code).toBe(
      "item_create_invalid_approval_request_id",
    );
    answer(id, true);
    expect(typesOf(answer(id, true))).toEqual(["error"]);
  });

  it("can no longer be given when the request has been deleted", () => {
    const { talk, respond, answer } = listed({ scenario: { turns } }, always);
    const { id } = requestIn(respond());
    talk.send({ type: "conversation.item.delete", item_id: id });
    expect(talk.state.mcp.calls).toEqual([]);
    expect(typesOf(answer(id, true))).toEqual(["error"]);
  });

  it("is needed as the definition says", () => {
    const asks = (require_approval: McpTool["require_approval"], name = "search") => {
      const tool = { ...definition, require_approval: require_approval ?? null };
      const { respond } = listed({ scenario: { turns: [{ tools: [{ ...call, name }] }] } }, tool);
      const added = only(respond(), "conversation.item.added");
      return added.some(({ item }) => item.type === "mcp_approval_request");
    };
    expect(asks(null)).toBe(true);
    expect(asks("always")).toBe(true);
    expect(asks("never")).toBe(false);
    expect(asks({ never: { tool_names: ["search"] } })).toBe(false);
    expect(asks({ never: { tool_names: ["search"] } }, "delete")).toBe(true);
    expect(asks({ always: { tool_names: ["delete"] } })).toBe(false);
    expect(asks({ always: { tool_names: ["delete"] } }, "delete")).toBe(true);
    expect(asks({ never: { read_only: true } })).toBe(false);
    expect(asks({ never: { read_only: true } }, "delete")).toBe(true);
    expect(asks({ always: { tool_names: [] }, never: { tool_names: [] } })).toBe(true);
    expect(asks({})).toBe(true);
  });
});
