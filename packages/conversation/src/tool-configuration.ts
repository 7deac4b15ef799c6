import type { Entry } from "@duologue/core";
import type {
  ClientEvent,
  ClientEventOf,
  FunctionTool,
  ServerEvent,
  ServerEventOf,
  SessionConfig,
  Tool as WireTool,
} from "@duologue/protocol";
import { mergedTools } from "./merged-tools.ts";
import { isAlike } from "./reduce/readable.ts";
import { reportedTools } from "./reported-tools.ts";
import type { ConversationState } from "./state.ts";

/** What the keeping of tools needs of its conversation. */
export interface ToolConfigurationOptions {
  /** The tools that are to be there now. */
  readonly tools: () => readonly FunctionTool[];
  readonly state: () => ConversationState;
  /** Whether the session takes updates. */
  readonly isReady: () => boolean;
  readonly send: (command: ClientEvent) => void;
}

/** Keeps the tools of a conversation, which come and go, in the configuration of its session. */
export interface ToolConfiguration {
  /**
   * The commands that configure a server session, with our tools among them: the first update of the session has all
   * the tools that hold in the end, and no other has any, so that the list of an MCP server is fetched once.
   */
  within(commands: readonly ClientEvent[]): readonly ClientEvent[];
  /** Something was logged: puts our tools back right behind a command that sets others. */
  logged(entry: Entry<ClientEvent, ServerEvent>): void;
  /** A tool has come or gone: tells the session when the present task is over, once for all that changed in it. */
  changed(): void;
  /** The session is ready: it has what it was configured with, and is told what has changed since. */
  ready(): void;
  /** Whether the session was told of a function of this name that is not there any more. */
  isGone(name: string): boolean;
}

type Update = ClientEventOf<"session.update"> & { readonly session: SessionConfig };

export function toolConfiguration({
  tools,
  state,
  isReady,
  send,
}: ToolConfigurationOptions): ToolConfiguration {
  /** All definitions that were ours at any time. */
  const known = new WeakSet<object>();
  let isEverUsed = false;
  /** What the present session has of us, and what the one has that is being made ready. */
  let told: readonly FunctionTool[] = [];
  let prepared: readonly FunctionTool[] = [];
  /** The names of functions that a session was told of and that went. */
  const gone = new Set<string>();
  /** The updates that the server has not answered, in the order in which they were sent. */
  let unanswered: readonly Update[] = [];
  let isReviewDue = false;
  let updates = 0;

  function ours(): readonly FunctionTool[] {
    const present = tools();
    for (const tool of present) known.add(tool);
    isEverUsed ||= present.length > 0;
    return present;
  }

  function tell(next: readonly FunctionTool[]): void {
    for (const { name } of told) gone.add(name);
    for (const { name } of next) gone.delete(name);
    told = next;
  }

  function isGone(name: string): boolean {
    const has = (list: readonly FunctionTool[]) => list.some((tool) => tool.name === name);
    return (gone.has(name) || has(told)) && !has(tools());
  }

  /** Tools that a command sets, with ours: those of ours that went are not among them. */
  function beside(set: readonly WireTool[]): readonly WireTool[] {
    const others = set.filter((tool) => !known.has(tool));
    // Whoever sets a function of a name that we had answers it from now on.
    for (const tool of others) if (tool.type === "function") gone.delete(tool.name);
    return mergedTools(others, ours());
  }

  /** The tools that the server has, or is going to have once it has answered, with ours. */
  function besidePresent(): readonly WireTool[] {
    const latest = unanswered.findLast(({ session }) => session.tools !== undefined)?.session.tools;
    if (latest !== undefined) return beside(latest);
    const present = presentTools(state().session);
    return mergedTools(
      present.filter((tool) => tool.type !== "function" || !isGone(tool.name)),
      ours(),
    );
  }

  /** The tools to configure a session with; `undefined` where there is nothing to set. */
  function toolsWithin(
    commands: readonly ClientEvent[],
    greeting: ConversationState["session"],
  ): readonly WireTool[] | undefined {
    if (!isEverUsed) return undefined;
    const set = commands.filter(isUpdate).findLast(({ session }) => session.tools !== undefined);
    if (set?.session.tools !== undefined) return beside(set.session.tools);
    const begunWith = presentTools(greeting);
    const isComplete = ours().every((tool) => begunWith.some((other) => isAlike(other, tool)));
    return isComplete ? undefined : mergedTools(begunWith, ours());
  }

  /** A command that was sent while the session is being configured is what `within` made. */
  function sent(command: Update): void {
    if (!isReady()) return;
    unanswered = [...unanswered, command];
    const { tools: set } = command.session;
    if (set === undefined) return;
    const all = beside(set);
    tell(ours());
    if (!isSame(set, all, Object.is)) update(all);
  }

  /** A refusal that names an update is the answer to it, and none of its tools have come. */
  function refused(commandId: unknown): void {
    unanswered = unanswered.filter(({ event_id }) => event_id === undefined || event_id !== commandId);
  }

  function review(): void {
    isReviewDue = false;
    if (!isReady() || state().session?.type === "transcription") return;
    if (isSame(told, ours(), isAlike)) return;
    const all = besidePresent();
    tell(ours());
    update(all);
  }

  function update(all: readonly WireTool[]): void {
    const event_id = `tools_update_${++updates}`;
    send({ type: "session.update", event_id, session: { type: "realtime", tools: [...all] } });
  }

  return {
    within(commands) {
      prepared = ours();
      // What greets us is the session that takes the place of the present one, where there is one.
      const { session, successor } = state();
      const greeting = successor?.session ?? session;
      const all = toolsWithin(commands, greeting);
      if (all === undefined) return commands;
      const first = commands.find(isUpdate);
      if (first === undefined) {
        return greeting?.type === "transcription" || commands.some(isTranscription)
          ? commands
          : [...commands, { type: "session.update", session: { type: "realtime", tools: [...all] } }];
      }
      return commands.flatMap((command) => {
        if (!isUpdate(command)) return [command];
        if (command === first) return [{ ...first, session: { ...first.session, tools: [...all] } }];
        return withoutTools(command);
      });
    },
    logged({ from, event }) {
      if (from === "server" && event.type === "session.updated") unanswered = unanswered.slice(1);
      if (from === "server" && event.type === "error")
        refused((event as ServerEventOf<"error">).error?.event_id);
      // A client entry is of the commands of the protocol.
      if (from === "client" && isUpdate(event as ClientEvent)) sent(event as Update);
    },
    changed() {
      if (isReviewDue) return;
      isReviewDue = true;
      queueMicrotask(review);
    },
    ready() {
      tell(prepared);
      unanswered = [];
      review();
    },
    isGone,
  };
}

/** Whether two lists have the same tools, in whatever order. */
function isSame(
  one: readonly WireTool[],
  other: readonly WireTool[],
  isEqual: (one: unknown, other: unknown) => boolean,
): boolean {
  return one.length === other.length && one.every((tool) => other.some((each) => isEqual(each, tool)));
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
function presentTools(session: ConversationState["session"]): readonly WireTool[] {
  return reportedTools({ session }).map((tool) =>
    tool.type === "mcp" ? { type: "mcp", server_label: tool.server_label } : tool,
  );
}
