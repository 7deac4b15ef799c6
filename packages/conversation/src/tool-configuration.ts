import type { ClientEvent, FunctionTool, Tool as WireTool } from "@duologue/protocol";
import { canonicalJson } from "./canonical-json.ts";
import { mergedTools } from "./merged-tools.ts";
import type { ConversationState } from "./state.ts";

/** What the keeping of tools needs of its conversation. */
export interface ToolConfigurationOptions {
  readonly tools: readonly FunctionTool[];
  readonly state: () => ConversationState;
  readonly send: (command: ClientEvent) => void;
}

/** Keeps the tools of a conversation in the configuration of its session. */
export interface ToolConfiguration {
  /** The session is ready: puts our tools in, unless they are, then sends what was held. Later calls do nothing. */
  ready(): void;
  /** A command was sent: puts our tools back right behind one that sets others. */
  sent(command: ClientEvent): void;
  /** Whether a `response.create` is held until the session is ready, since the answer would lack our tools. */
  holds(command: ClientEvent): boolean;
}

export function toolConfiguration({ tools, state, send }: ToolConfigurationOptions): ToolConfiguration {
  let isReady = tools.length === 0;
  const held: ClientEvent[] = [];
  /** As they were sent last; with the credentials of MCP servers, which a state never has. */
  let latest: readonly WireTool[] | undefined;

  function sendBeside(theirs: readonly WireTool[]): void {
    const session = { type: "realtime", tools: mergedTools(theirs, tools) } as const;
    send({ type: "session.update", session });
  }

  return {
    ready() {
      if (isReady) return;
      isReady = true;
      const { session } = state();
      const present = latest ?? reportedTools(state());
      const texts = present.map((tool) => canonicalJson(tool));
      const isComplete = tools.every((tool) => texts.includes(canonicalJson(tool)));
      if (!isComplete && session?.type !== "transcription") sendBeside(present);
      for (const command of held.splice(0)) send(command);
    },
    sent(command) {
      if (command.type !== "session.update" || command.session.type !== "realtime") return;
      const { tools: others } = command.session;
      if (others === undefined) return;
      latest = others;
      if (isReady && tools.some((tool) => !others.includes(tool))) sendBeside(others);
    },
    holds(command) {
      if (!isReady) held.push(command);
      return !isReady;
    },
  };
}

/**
 * The tools that the server reports, for sending them again. It reports no credentials of MCP servers, and takes those
 * that it knows by their label alone.
 */
function reportedTools({ session }: ConversationState): readonly WireTool[] {
  const reported = session?.type === "realtime" ? (session.tools ?? []) : [];
  return reported.map((tool) =>
    tool.type === "mcp" ? { type: "mcp", server_label: tool.server_label } : tool,
  );
}
