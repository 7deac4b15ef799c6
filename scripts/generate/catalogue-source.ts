import type { Definition, Definitions } from "./definition.ts";

/** Two tables of what is known of each event beside its shape, which do not compile when an event is missing. */
export function catalogueSource(definitions: Definitions): string {
  const clients = eventsIn(definitions, "realtime/client/");
  const servers = eventsIn(definitions, "realtime/server/");
  return `
import type { ClientEventFacts, ServerEventFacts } from "../event-facts.ts";
import type { ClientEvent, ServerEvent } from "./types.ts";

/** Every client event: its family, the media on which it makes sense, and the server events that answer it. */
export const clientEvents: { readonly [K in ClientEvent["type"]]: ClientEventFacts } = {
${clients.map(({ type, media, schema }) => `${JSON.stringify(type)}: ${JSON.stringify({ direction: "client", family: familyOf(type), media, acknowledgedBy: schema["x-acknowledgedBy"] ?? [] })},`).join("\n")}
};

/** Every server event: its family and the media on which services send it. */
export const serverEvents: { readonly [K in ServerEvent["type"]]: ServerEventFacts } = {
${servers.map(({ type, media }) => `${JSON.stringify(type)}: ${JSON.stringify({ direction: "server", family: familyOf(type), media })},`).join("\n")}
};
`;
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
