import type { Definition, Definitions } from "../definition.ts";
import type { Links } from "./page.ts";

/** A part of the reference: one protocol, or what one provider adds. */
export interface Group {
  /** Its folder below `schemas/`, without `/` at the end. */
  readonly folder: string;
  readonly client: readonly Definition[];
  readonly server: readonly Definition[];
  /** Everything else that it has. */
  readonly shapes: readonly Definition[];
}

/** Recordings are a file format of this repository and no part of what travels. */
const noProtocol = "recording";

const inOrder = ["realtime", "translation", "rest"];

/** The groups of all definitions, the core first. A folder that nobody has thought of comes last. */
export function groupsOf(definitions: Definitions): readonly Group[] {
  const folders = [...new Set(definitions.all.map(groupFolder))].filter((folder) => folder !== noProtocol);
  const place = (folder: string) => (inOrder.includes(folder) ? inOrder.indexOf(folder) : inOrder.length);
  return folders
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .map((folder) => {
      const own = definitions.all.filter((definition) => groupFolder(definition) === folder);
      const side = (name: string) => own.filter(({ file }) => file.startsWith(`${folder}/${name}/`));
      const [client, server] = [side("client"), side("server")];
      const shapes = own.filter((definition) => !client.includes(definition) && !server.includes(definition));
      return { folder, client, server, shapes };
    });
}

function groupFolder({ file }: Definition): string {
  return file.replace(/\/(?:(?:client|server|shared)\/)?[^/]+$/, "");
}

const properNames: Readonly<Record<string, string>> = {
  rest: "requests",
  "dialects/azure": "Azure",
  "dialects/xai": "xAI",
};

/** What to call a group in a few letters. */
export function shortName({ folder }: Group): string {
  return properNames[folder] ?? folder.split("/").at(-1) ?? folder;
}

/** The type of the event that a definition describes. Throws on one that describes none. */
export function eventType({ file, schema }: Definition): string {
  const type = schema.properties?.type?.const;
  if (typeof type !== "string") throw new Error(`${file}: an event without a type`);
  return type;
}

/** What names in text mean, seen from one group: its own events and shapes, then those of the core. */
export interface Names {
  /** The definition that a name means: an event type or a title. */
  meaning(name: string): Definition | undefined;
  /** Text with each name in backticks made a link, where it is first mentioned and not `self`. */
  linked(text: string, links: Links, self?: Definition): string;
}

/** The names that mean something in `group`. */
export function namesIn(group: Group | undefined, groups: readonly Group[]): Names {
  const meanings = new Map<string, Definition>();
  // Those that are nearest come last and win.
  const [core] = groups;
  const nearest = [...groups.filter((other) => other !== core && other !== group), core, group];
  for (const { client, server, shapes } of nearest.filter((other) => other !== undefined)) {
    for (const definition of [...shapes, ...client, ...server]) meanings.set(definition.name, definition);
    for (const definition of [...server, ...client]) meanings.set(eventType(definition), definition);
  }
  return {
    meaning: (name) => meanings.get(name),
    linked: (text, links, self) => {
      const mentioned = new Set(self === undefined ? [] : [self.file]);
      return text.replace(/(?<![[`])`([A-Za-z_][\w.]*)`(?![`\]])/g, (code, name: string) => {
        const file = meanings.get(name)?.file;
        const way = file === undefined ? undefined : links.to(file);
        if (file === undefined || way === undefined || mentioned.has(file)) return code;
        mentioned.add(file);
        return `[${code}](${way})`;
      });
    },
  };
}
