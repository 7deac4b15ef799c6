import { RealtimeError } from "@duologue/core";
import type { Tool } from "./tool.ts";

/** The tools of a conversation, which come and go. */
export interface ToolList {
  /** Those that hold, in the order in which they came: of several of one name the latest. */
  readonly present: readonly Tool[];
  /**
   * Adds a tool; returns what takes it away again, which is harmless the second time. Throws `invalid_argument` for what
   * is none.
   */
  add(tool: Tool): () => void;
}

/**
 * A list that begins with these tools; `changed` is called when another one comes or goes. Throws `invalid_argument` for
 * what is no tool, and where two of them have one name.
 */
export function toolList(tools: readonly Tool[], changed: () => void): ToolList {
  for (const tool of tools) check(tool);
  const twin = names(tools).find((name, index, all) => all.indexOf(name) !== index);
  if (twin !== undefined) refuse(`Two tools are named ${twin}: the model could not tell them apart.`);
  // An object for each time that one was added: the same tool may be there twice.
  let entries = tools.map((tool) => ({ tool }));
  let present = tools;

  function become(next: typeof entries): void {
    entries = next;
    const latest = new Map(entries.map((entry) => [entry.tool.definition.name, entry]));
    present = entries
      .filter((entry) => latest.get(entry.tool.definition.name) === entry)
      .map(({ tool }) => tool);
    changed();
  }

  return {
    get present() {
      return present;
    },
    add(tool) {
      check(tool);
      const entry = { tool };
      become([...entries, entry]);
      return () => {
        if (entries.includes(entry)) become(entries.filter((other) => other !== entry));
      };
    },
  };
}

function names(tools: readonly Tool[]): readonly string[] {
  return tools.map(({ definition }) => definition.name);
}

/** Programs without types may have anything there, what `tool` is made of above all. */
function check(tool: Partial<Tool> | undefined): void {
  if (typeof tool?.call !== "function" || typeof tool.definition?.name !== "string")
    refuse("There is something among the tools that is none: make one with tool({ name, … }).");
}

function refuse(message: string): never {
  throw new RealtimeError("invalid_argument", message);
}
