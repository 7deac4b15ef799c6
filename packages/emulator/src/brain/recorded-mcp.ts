import type { McpCallItem } from "@duologue/protocol";
import type { McpOutcome, ScriptedMcpServer } from "./mcp.ts";
import type { RecordedEvent } from "./recorded-event.ts";

/** Gathers what MCP servers offered and did in a recording. */
export interface RecordedMcp {
  /** Takes the next server event. */
  take(recorded: RecordedEvent): void;
  /** The servers, by their labels. */
  servers(): Readonly<Record<string, ScriptedMcpServer>>;
}

/** A server in the making. */
interface Making {
  tools: ScriptedMcpServer["tools"];
  failsToList: boolean;
  readonly calls: Map<string, McpOutcome[]>;
}

/** An empty gathering. */
export function recordedMcp(): RecordedMcp {
  const servers = new Map<string, Making>();
  /** The labels of the servers whose listing an item is. */
  const labels = new Map<string, string>();
  /** When the calls began and ended, by their items. */
  const began = new Map<string, number | null>();
  const ended = new Map<string, number | null>();

  const serverOf = (label: string): Making => {
    const known = servers.get(label) ?? { tools: [], failsToList: false, calls: new Map() };
    servers.set(label, known);
    return known;
  };

  const addCall = (item: McpCallItem) => {
    const { calls } = serverOf(item.server_label);
    const [fromMs, toMs] = [began.get(item.id) ?? null, ended.get(item.id) ?? null];
    const outcome: McpOutcome = {
      ...(item.error ? { error: item.error } : { output: item.output ?? "" }),
      ...(fromMs !== null && toMs !== null && { delayMs: Math.max(0, toMs - fromMs) }),
    };
    calls.set(item.name, [...(calls.get(item.name) ?? []), outcome]);
  };

  return {
    take({ event, atMs }) {
      switch (event.type) {
        case "conversation.item.added":
        case "conversation.item.done": {
          const { item } = event;
          if (item.type === "mcp_list_tools") {
            labels.set(item.id, item.server_label);
            const server = serverOf(item.server_label);
            if (item.tools.length > 0) server.tools = item.tools;
          }
          if (item.type === "mcp_call" && event.type === "conversation.item.done" && ended.has(item.id)) {
            addCall(item);
          }
          break;
        }
        case "mcp_list_tools.failed": {
          const label = labels.get(event.item_id);
          if (label !== undefined) serverOf(label).failsToList = true;
          break;
        }
        case "response.mcp_call.in_progress":
          began.set(event.item_id, atMs);
          break;
        case "response.mcp_call.completed":
        case "response.mcp_call.failed":
          ended.set(event.item_id, atMs);
          break;
      }
    },
    servers: () =>
      Object.fromEntries(
        [...servers].map(([label, { tools, failsToList, calls }]) => [
          label,
          { tools, calls: Object.fromEntries(calls), ...(failsToList && { failsToList }) },
        ]),
      ),
  };
}
