import type { Group, Names } from "./names.ts";
import { eventType } from "./names.ts";
import type { Page } from "./page.ts";
import { sequenceDiagram, sequenceSteps } from "./sequence.ts";

/** What stands where prose says `{{name}}` or `{{name argument}}`. */
export type Fillings = Readonly<Record<string, (argument: string) => string>>;

/** What prose is made into a part of a page with. */
export interface ProseContext {
  readonly page: Page;
  readonly groups: readonly Group[];
  readonly names: Names;
  readonly fillings: Fillings;
}

/**
 * Adds hand-written Markdown to a page: headings get anchors, names in backticks become links, sequences are drawn,
 * `{{…}}` is filled in. Throws on a name that looks like an event's and is none, on an event of a sequence that goes
 * the other way, and on a `{{…}}` that nobody fills.
 */
export function addProse(markdown: string, where: string, context: ProseContext): void {
  const { page, groups, names, fillings } = context;
  for (const block of blocksOf(markdown)) {
    const heading = /^(#+) (.*)$/.exec(block);
    if (heading !== null) {
      const [, signs = "", text = ""] = heading;
      page.heading(signs.length, text, `chapter ${text}`);
    } else if (block.startsWith("```sequence")) {
      page.add(`\`\`\`text\n${diagram(block, where, groups)}\n\`\`\``);
    } else if (block.startsWith("```")) {
      page.add(block);
    } else if (block === "{{contents}}") {
      page.contents();
    } else {
      const filled = block.replace(/\{\{([^}]*)\}\}/g, (_, order: string) => {
        const [name = "", ...argument] = order.split(" ");
        const filling = fillings[name];
        if (filling === undefined) throw new Error(`${where}: nobody fills {{${order}}}`);
        return filling(argument.join(" "));
      });
      refuseStrayNames(filled, where, names);
      page.add(names.linked(filled, page.links));
    }
  }
}

/** Paragraphs, headings and fenced blocks. */
function blocksOf(markdown: string): readonly string[] {
  const parts = markdown.split(/^(```[\s\S]*?^```)$/m);
  return parts
    .flatMap((part, index) => (index % 2 === 1 ? [part] : part.split(/\n{2,}/)))
    .map((block) => block.trim())
    .filter((block) => block !== "");
}

function diagram(block: string, where: string, groups: readonly Group[]): string {
  const [, folder = "realtime", source = ""] = /^```sequence ?(\S+)?\n([\s\S]*)\n```$/.exec(block) ?? [];
  const group = groups.find((candidate) => candidate.folder === folder);
  if (group === undefined) throw new Error(`${where}: a sequence of ${folder}, which there is not`);
  const types = { client: group.client.map(eventType), server: group.server.map(eventType) };
  const steps = sequenceSteps(source);
  for (const step of steps) {
    if (!("note" in step) && !types[step.from].includes(step.type)) {
      throw new Error(`${where}: in ${folder}, a ${step.from} sends no ${step.type}`);
    }
  }
  return sequenceDiagram(steps);
}

const families =
  /^(?:session|conversation|input_audio_buffer|output_audio_buffer|response|rate_limits|mcp_list_tools)\./;

/** Names that are shaped like an event's and mean something else: events of the past, and events that never were. */
const otherNames = new Set(
  (
    "response.cancelled response.output_item.created response.text.delta response.audio.delta " +
    "response.audio_transcript.delta session.type response.status response.output response.input response.metadata " +
    "response.status_details response.usage response.conversation session.audio.input"
  ).split(" "),
);

function refuseStrayNames(markdown: string, where: string, names: Names): void {
  for (const [, name = ""] of markdown.matchAll(/`([a-z_]+\.[a-z_.]+)`/g)) {
    if (families.test(name) && names.meaning(name) === undefined && !otherNames.has(name)) {
      throw new Error(`${where}: there is no ${name}`);
    }
  }
}
