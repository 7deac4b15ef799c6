import type { Definition, Definitions, Schema } from "../definition.ts";
import { firstSentence, jsonText, table } from "./markdown.ts";
import { eventType, type Group, type Names, shortName } from "./names.ts";
import type { Page } from "./page.ts";
import { schemaInWords } from "./schema-in-words.ts";

/** What the reference of a group is made with. */
export interface ReferenceContext {
  readonly page: Page;
  readonly definitions: Definitions;
  readonly names: Names;
  readonly group: Group;
  /** The types of events in the order in which they are told of. */
  readonly order: readonly string[];
}

const media: Readonly<Record<string, string>> = { websocket: "WebSocket", webrtc: "WebRTC", sip: "SIP" };

/** Adds the events that go one way: a table of all, then each with its fields. */
export function addEvents(side: "client" | "server", context: ReferenceContext): void {
  const { page, group, names } = context;
  const events = ordered(group[side], context.order);
  if (events.length === 0) return;
  page.heading(3, titleOf(side, group), `${group.folder}/${side}`);
  const answer = side === "client" ? "answered by" : "answers";
  const rows = events.map((event) => [
    nameOf(event, page),
    names.linked(firstSentence(event.schema.description ?? ""), page.links, event),
    mediaOf(event),
    answersOf(event, side, context).join(", "),
  ]);
  const filled = rows.some((row) => row[3] !== "");
  const head = [
    "event",
    side === "client" ? "what it does" : "when it comes",
    "media",
    ...(filled ? [answer] : []),
  ];
  page.add(table(head, filled ? rows : rows.map((row) => row.slice(0, 3))));
  const [shared] = events.map(({ schema }) => schema.properties?.event_id).filter(isCommon(events));
  if (shared !== undefined) {
    page.add(
      `Every one has \`type\`, its name, and ${side === "client" ? "may have" : "has"} \`event_id\`: ${lowerFirst(shared.description ?? "")}`,
    );
  }
  for (const event of events) addEvent(event, side, shared, context);
}

function addEvent(
  event: Definition,
  side: "client" | "server",
  shared: Schema | undefined,
  context: ReferenceContext,
): void {
  const { page, names } = context;
  page.heading(4, `\`${eventType(event)}\``, event.file);
  page.add(names.linked(event.schema.description ?? "", page.links, event));
  const answers = answersOf(event, side, context);
  const facts = [
    side === "client" ? "client to service" : "service to client",
    `media: ${mediaOf(event)}`,
    ...(answers.length === 0
      ? []
      : [`${side === "client" ? "answered by" : "answers"} ${answers.join(", ")}`]),
  ];
  page.add(`*${facts.join(" · ")}*`);
  const skipped = (name: string, field: Schema) =>
    (name === "type" && field.const !== undefined) ||
    (name === "event_id" && shared !== undefined && JSON.stringify(field) === JSON.stringify(shared));
  page.add(fieldTable(event, context, skipped));
  addExample(event, page);
}

/** A table of the fields of an object, without those that are skipped; empty when none are left. */
export function fieldTable(
  definition: Definition,
  { page, definitions, names }: ReferenceContext,
  skipped: (name: string, field: Schema) => boolean = () => false,
): string {
  const rows = rowsOf(definition.schema, "").filter(([name, field]) => !skipped(name, field));
  if (rows.length === 0) return "";
  return table(
    ["field", "type", "meaning"],
    rows.map(([name, field, required]) => [
      `\`${name}\`${required ? "" : "?"}`,
      schemaInWords(field, definition, definitions, page.links),
      names.linked(field.description ?? "", page.links, definition),
    ]),
  );
}

type Row = readonly [name: string, field: Schema, required: boolean];

/** The fields of an object; those of an object inside it that has no name come with a dotted path. */
function rowsOf(schema: Schema, path: string): readonly Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]): readonly Row[] => [
    [path + name, field, schema.required?.includes(name) ?? false],
    ...(field.properties === undefined ? [] : rowsOf(field, `${path}${name}.`)),
  ]);
}

/** Adds the first example of a definition. */
export function addExample({ schema }: Definition, page: Page): void {
  const [example] = schema.examples ?? [];
  if (example !== undefined) page.add(`\`\`\`json\n${jsonText(example)}\n\`\`\``);
}

/**
 * Events by what they are about, in the order in which they are told of: all of a family together, in it all that
 * have the same stem, such as `response.mcp_call`; what is never told of comes after its relatives, by name.
 */
function ordered(events: readonly Definition[], order: readonly string[]): readonly Definition[] {
  const placeOf = (isMeant: (type: string) => boolean): number => {
    const place = order.findIndex((type) => isMeant(type));
    return place < 0 ? order.length : place;
  };
  const keys = new Map(
    events.map((event) => {
      const type = eventType(event);
      const family = type.split(".")[0] ?? type;
      const stem = type.slice(0, Math.max(0, type.lastIndexOf(".")));
      return [
        event,
        [
          placeOf((other) => other.split(".")[0] === family),
          placeOf((other) => other.startsWith(`${stem}.`)),
          placeOf((other) => other === type),
        ],
      ];
    }),
  );
  return [...events].sort((a, b) => {
    const [one, other] = [keys.get(a) ?? [], keys.get(b) ?? []];
    const first = one.findIndex((place, index) => place !== other[index]);
    if (first >= 0) return (one[first] ?? 0) - (other[first] ?? 0);
    return eventType(a) < eventType(b) ? -1 : 1;
  });
}

function titleOf(side: "client" | "server", group: Group): string {
  const count = group[side].length;
  const whose = group.folder === "realtime" ? "" : ` (${shortName(group)})`;
  const sends = side === "client" ? "What a client sends" : "What a service sends";
  return `${sends}${whose}: ${count} ${count === 1 ? "event" : "events"}`;
}

function nameOf(event: Definition, { links }: Page): string {
  const name = `\`${eventType(event)}\``;
  const way = links.to(event.file);
  return way === undefined ? name : `[${name}](${way})`;
}

function mediaOf({ schema }: Definition): string {
  const known = Object.keys(media);
  const own = schema["x-media"] ?? [];
  return known.every((medium) => own.includes(medium))
    ? "all"
    : own.map((medium) => media[medium] ?? medium).join(", ");
}

/** The events that answer a command, or the commands that an event answers, as links. */
function answersOf(
  event: Definition,
  side: "client" | "server",
  { group, page }: ReferenceContext,
): readonly string[] {
  const answeredBy = ({ schema }: Definition) => schema["x-acknowledgedBy"] ?? [];
  const others =
    side === "client"
      ? answeredBy(event).flatMap((type) => group.server.filter((answer) => eventType(answer) === type))
      : group.client.filter((command) => answeredBy(command).includes(eventType(event)));
  return others.map((other) => nameOf(other, page));
}

/** Whether most of the events have exactly this field. */
function isCommon(events: readonly Definition[]) {
  return (field: Schema | undefined): field is Schema => {
    const text = JSON.stringify(field);
    const same = events.filter(({ schema }) => JSON.stringify(schema.properties?.event_id) === text);
    return field !== undefined && same.length > events.length / 2;
  };
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
