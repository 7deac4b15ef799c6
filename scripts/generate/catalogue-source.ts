import type { Definition, Definitions } from "./definition.ts";
import { type Scope, type Side, toSource } from "./scope.ts";

/**
 * For each protocol of a scope the types of its events, which is all that reading frames takes, what answers each
 * command, and two tables with what is known of each event beside its shape, which do not compile when an event is
 * missing. `undefined` for a scope
 * that has none.
 */
export function catalogueSource(scope: Scope, definitions: Definitions): string | undefined {
  const sides = scope.sides.filter(([client, server]) => client.catalogue ?? server.catalogue);
  if (sides.length === 0) return undefined;
  const unions = sides.flatMap(([client, server]) => [client.union, server.union]);
  const tables = sides.map(([client, server]) => {
    const [sent, received] = [eventsIn(definitions, client.folder), eventsIn(definitions, server.folder)];
    return (
      typeSet(client, "client", sent) +
      typeSet(server, "server", received) +
      answerTypes(client, sent) +
      clientTable(client, server, sent) +
      serverTable(server, received)
    );
  });
  return `
import type { ClientEventFacts, ServerEventFacts } from "${toSource(scope, "event-facts.ts")}";
import type { ${unions.join(", ")} } from "./types.ts";
${tables.join("\n")}`;
}

function typeSet(side: Side, from: string, events: readonly EventDefinition[]): string {
  const types = events.map(({ type }) => JSON.stringify(type));
  return `
/** The type of every ${from} event. */
export const ${side.catalogue?.replace(/s$/, "Types")}: ReadonlySet<string> = /* @__PURE__ */ new Set<
  ${side.union}["type"]
>([${types.join(", ")}]);
`;
}

function answerTypes(client: Side, events: readonly EventDefinition[]): string {
  const rows = events.map(({ type, schema }) => {
    const answers = (schema["x-acknowledgedBy"] ?? []).map((answer) => JSON.stringify(answer));
    return `readonly ${JSON.stringify(type)}: ${answers.join(" | ") || "never"};`;
  });
  return `
/** The types of the server events that answer each client event; \`never\` where none does. */
export interface ${client.union}Answers {
${rows.join("\n")}
}
`;
}

function clientTable(client: Side, server: Side, events: readonly EventDefinition[]): string {
  // What is no event of the other side answers nothing, so that it does not compile.
  const answers = `${client.union}Answers[K] & ${server.union}["type"]`;
  const rows = events.map(({ type, media, schema }) =>
    row(type, {
      direction: "client",
      family: familyOf(type),
      media,
      acknowledgedBy: schema["x-acknowledgedBy"] ?? [],
    }),
  );
  return `
/** Every client event: its family, the media on which it makes sense, and the server events that answer it. */
export const ${client.catalogue}: { readonly [K in ${client.union}["type"]]: ClientEventFacts<${answers}> } = {
${rows.join("\n")}
};
`;
}

function serverTable(server: Side, events: readonly EventDefinition[]): string {
  const rows = events.map(({ type, media }) =>
    row(type, { direction: "server", family: familyOf(type), media }),
  );
  return `
/** Every server event: its family and the media on which services send it. */
export const ${server.catalogue}: { readonly [K in ${server.union}["type"]]: ServerEventFacts } = {
${rows.join("\n")}
};
`;
}

function row(type: string, facts: object): string {
  return `${JSON.stringify(type)}: ${JSON.stringify(facts)},`;
}

interface EventDefinition extends Definition {
  readonly type: string;
  readonly media: readonly string[];
}

/** The event definitions below a folder, with the event type that each one describes. Throws on any other. */
export function eventsIn(definitions: Definitions, folder: string): readonly EventDefinition[] {
  return definitions.all
    .filter(({ file }) => file.startsWith(folder))
    .map((definition) => {
      const type = definition.schema.properties?.type?.const;
      const media = definition.schema["x-media"];
      if (typeof type !== "string" || `${folder}${type}.json` !== definition.file || media === undefined) {
        throw new Error(`${definition.file}: no event, or not named after its type, or without x-media`);
      }
      return { ...definition, type, media };
    });
}

function familyOf(type: string): string {
  return type.split(".")[0] ?? type;
}
