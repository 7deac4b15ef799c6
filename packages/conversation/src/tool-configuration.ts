import type {
  ClientEvent,
  ClientEventOf,
  FunctionTool,
  SessionConfig,
  Tool as WireTool,
} from "@duologue/protocol";
import { mergedTools } from "./merged-tools.ts";
import { isAlike } from "./reduce/readable.ts";
import { reportedTools } from "./reported-tools.ts";
import type { ConversationState } from "./state.ts";

/** What the keeping of tools needs of its conversation. */
export interface ToolConfigurationOptions {
  readonly tools: readonly FunctionTool[];
  readonly state: () => ConversationState;
  readonly send: (command: ClientEvent) => void;
}

/** Keeps the tools of a conversation in the configuration of its session. */
export interface ToolConfiguration {
  /**
   * The commands that configure a server session, with our tools among them: the first update of the session has all
   * the tools that hold in the end, and no other has any, so that the list of an MCP server is fetched once.
   */
  within(commands: readonly ClientEvent[]): readonly ClientEvent[];
  /** A command was sent: puts our tools back right behind one that sets others. */
  sent(command: ClientEvent): void;
}

type Update = ClientEventOf<"session.update"> & { readonly session: SessionConfig };

export function toolConfiguration({ tools, state, send }: ToolConfigurationOptions): ToolConfiguration {
  /** The tools to set beside these; `undefined` where there is nothing to set. */
  function toolsBeside(commands: readonly ClientEvent[]): readonly WireTool[] | undefined {
    if (tools.length === 0) return undefined;
    const set = commands.findLast((command) => isUpdate(command) && command.session.tools !== undefined);
    if (set !== undefined && isUpdate(set)) return mergedTools(set.session.tools ?? [], tools);
    const present = presentTools(state());
    const isComplete = tools.every((tool) => present.some((known) => isAlike(known, tool)));
    return isComplete ? undefined : mergedTools(present, tools);
  }

  return {
    within(commands) {
      const beside = toolsBeside(commands);
      if (beside === undefined) return commands;
      const first = commands.find(isUpdate);
      if (first === undefined) {
        return state().session?.type === "transcription" || commands.some(isTranscription)
          ? commands
          : [...commands, { type: "session.update", session: { type: "realtime", tools: [...beside] } }];
      }
      return commands.flatMap((command) => {
        if (!isUpdate(command)) return [command];
        if (command === first) return [{ ...first, session: { ...first.session, tools: [...beside] } }];
        return withoutTools(command);
      });
    },
    sent(command) {
      if (!isUpdate(command)) return;
      const { tools: others } = command.session;
      if (others === undefined || tools.every((tool) => others.includes(tool))) return;
      send({ type: "session.update", session: { type: "realtime", tools: mergedTools(others, tools) } });
    },
  };
}

function isUpdate(command: ClientEvent): command is Update {
  return command.type === "session.update" && command.session?.type === "realtime";
}

function isTranscription(command: ClientEvent): boolean {
  return command.type === "session.update" && command.session?.type === "transcription";
}

/** An update without its tools; none where it says nothing else. */
function withoutTools(update: Update): Update[] {
  const { tools, ...session } = update.session;
  if (tools === undefined) return [update];
  return Object.keys(session).length === 1 ? [] : [{ ...update, session }];
}

/**
 * The tools that the server reports, for sending them again. It reports no credentials of MCP servers, and takes those
 * that it knows by their label alone.
 */
function presentTools(state: ConversationState): readonly WireTool[] {
  return reportedTools(state).map((tool) =>
    tool.type === "mcp" ? { type: "mcp", server_label: tool.server_label } : tool,
  );
}
