import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Definitions } from "./definition.ts";
import { addEvents, type ReferenceContext } from "./document/event-reference.ts";
import { closeTable, errorTable, severityTable } from "./document/failure-tables.ts";
import { table } from "./document/markdown.ts";
import { eventType, type Group, groupsOf, namesIn, shortName } from "./document/names.ts";
import { pageText } from "./document/page.ts";
import { addProse, type Fillings } from "./document/prose.ts";
import { addShapes, type ShapePart } from "./document/shape-reference.ts";

/** The chapters that are written by hand, before the reference. */
const chapters = ["opening", "idea", "life", "sequences", "surprises", "failures", "limits"];

/** How the shapes of the core are told: each with what it consists of. */
const shapeParts: readonly ShapePart[] = [
  { title: "Items, and what they consist of", roots: ["Item", "ServerItem", "ResponseInputItem"] },
  { title: "Settings of a session", roots: ["AnySessionConfig"] },
  { title: "A session as the service reports it", roots: ["AnySessionState"] },
  { title: "Responses", roots: ["ResponseConfig", "RealtimeResponse", "ResponsePart"] },
];

/**
 * One page from which a person can learn the protocol, in Markdown: hand-written chapters from `folder`, then every
 * event and every shape from their schemas. A folder of schemas that nobody has written about gets its reference
 * all the same. Throws when prose speaks of an event that there is not.
 */
export function documentSource(definitions: Definitions, folder: string): string {
  const groups = groupsOf(definitions);
  const proseOf = (name: string): string | undefined => {
    const file = join(folder, `${name}.md`);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  const written = chapters.map((name) => proseOf(name) ?? missing(join(folder, `${name}.md`)));
  const order = written.flatMap((prose) => [...prose.matchAll(/^[<>] (\S+)/gm)].map(([, type = ""]) => type));
  const fillings: Fillings = {
    count: (place) => String(definitions.all.filter(({ file }) => file.startsWith(`${place}/`)).length),
    severities: severityTable,
    errors: errorTable,
    closes: closeTable,
    media: () => mediaTable(groups),
  };

  return pageText((page) => {
    page.add(provenance);
    const names = namesIn(undefined, groups);
    for (const [index, prose] of written.entries()) {
      addProse(prose, `${chapters[index]}.md`, { page, groups, names, fillings });
    }
    for (const group of groups) {
      const own = namesIn(group, groups);
      const name = group.folder.replaceAll("/", "-");
      const prose = proseOf(name);
      if (prose === undefined) page.heading(2, `Reference: ${group.folder}`, group.folder);
      else addProse(prose, `${name}.md`, { page, groups, names: own, fillings });
      const context: ReferenceContext = { page, definitions, names: own, group, order };
      addEvents("client", context);
      addEvents("server", context);
      if (group.folder === "realtime") addShapes(shapeParts, "Other shapes", context);
      else addShapes([], `Shapes (${shortName(group)})`, context);
    }
  });
}

/** Who made the page from what. Biome would pad every cell of a column to the longest. */
const provenance = `<!-- Generated. Do not edit: change the schemas or schemas/document and run \`node scripts/generate/main.ts\`. -->
<!-- Made by scripts/generate/document-source.ts from schemas/**/*.json and schemas/document/*.md. -->
<!-- biome-ignore-all format: padded to the longest cell, its tables would be half as long again -->`;

function missing(file: string): never {
  throw new Error(`there is no ${file}`);
}

/** The events of the core that do not make sense on every medium. */
function mediaTable(groups: readonly Group[]): string {
  const [core] = groups;
  const all = ["websocket", "webrtc", "sip"];
  const events = [...(core?.client ?? []), ...(core?.server ?? [])];
  const rows = events.flatMap((event) => {
    const media = event.schema["x-media"] ?? [];
    if (all.every((medium) => media.includes(medium))) return [];
    return [[`\`${eventType(event)}\``, ...all.map((medium) => (media.includes(medium) ? "yes" : "no"))]];
  });
  return table(["event", "WebSocket", "WebRTC", "SIP"], rows);
}
