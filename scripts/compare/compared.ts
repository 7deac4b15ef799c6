import type { Definition, Definitions } from "../generate/definition.ts";
import type { Deviations, TypeDeviations } from "../generate/deviations.ts";
import type { Declarations } from "./declarations.ts";
import { shapeOfDeclaration } from "./declared-shape.ts";
import { eventUnions, unions } from "./pairs.ts";
import { shapeOfDefinition } from "./schema-shape.ts";
import type { Shape } from "./shape.ts";
import { type Paired, type ShapeDifference, shapeDifferences } from "./shape-differences.ts";

/** Something that the list of deviations does not explain. */
export interface Difference {
  /** `new` is only upstream, `gone` is only here. */
  readonly change: "new" | "gone" | "changed";
  readonly what: "event" | "type" | ShapeDifference["what"] | "deviation";
  /** The place here, with dots. */
  readonly here: string;
  /** The place upstream, with dots. */
  readonly upstream: string;
  /** What is there, or how it changed. */
  readonly detail: string;
}

/** What came of a comparison. */
export interface Compared {
  /** How many events, objects and unions were looked at. */
  readonly compared: number;
  /** How many differences the list of deviations explains. */
  readonly explained: number;
  readonly differences: readonly Difference[];
}

/**
 * Compares the schemas with the declarations of the official package. Whatever is new upstream counts, even inside a
 * field whose difference is explained: an explanation is about what is known today. Throws when a declaration has
 * a form that cannot be compared.
 */
export function compared(
  definitions: Definitions,
  deviations: Pick<Deviations, "module" | "types" | "otherModules">,
  upstream: Declarations,
): Compared {
  const counterparts = counterpartsIn(deviations);
  const paired: Paired = (ours, theirs) => counterparts.get(ours)?.official === theirs;
  const found: Difference[] = [];
  let count = 0;
  let explained = 0;

  for (const [name, { module, official, differences: listed = {} }] of counterparts) {
    const definition = definitions.all.find((candidate) => candidate.name === name);
    if (definition === undefined) continue;
    count++;
    const declaration = upstream.find(module, official);
    if (declaration === undefined) {
      found.push({ change: "gone", what: "type", here: name, upstream: official, detail: "not declared" });
      continue;
    }
    const ours = { name, shape: shapeOfDefinition(definition, definitions) };
    const theirs = { name: official, shape: shapeOfDeclaration(declaration, upstream) };
    const differences = shapeDifferences({ ours, theirs }, paired);
    for (const difference of differences) {
      if (isExplained(difference, listed)) explained++;
      else found.push(plain(difference));
    }
    found.push(...staleIn(name, official, listed, differences));
  }

  for (const [folder, official] of Object.entries(eventUnions)) {
    const events = definitions.all.filter(({ file }) => file.startsWith(`${folder}/`));
    const declaration = events.length === 0 ? undefined : upstream.find(deviations.module, official);
    if (declaration === undefined) continue;
    count++;
    const ours = { name: folder, shape: unionOf(events, definitions) };
    const theirs = { name: official, shape: shapeOfDeclaration(declaration, upstream) };
    for (const difference of shapeDifferences({ ours, theirs }, paired)) {
      // What is inside an event is compared above.
      if (difference.path.length === 0) found.push({ ...plain(difference), what: "event" });
    }
  }
  return { compared: count, explained, differences: withoutRepetitions(found) };
}

type Counterpart = TypeDeviations & { readonly module: string };

/** The official counterpart of each of our types that has one, by the name of ours. */
function counterpartsIn({
  module,
  types,
  otherModules,
}: Pick<Deviations, "module" | "types" | "otherModules">): ReadonlyMap<string, Counterpart> {
  const inModules = Object.entries({ [module]: types, ...otherModules }).flatMap(([where, list]) =>
    Object.entries(list).map(([name, counterpart]) => [name, { ...counterpart, module: where }] as const),
  );
  const ofUnions = Object.entries(unions).map(([name, official]) => [name, { official, module }] as const);
  return new Map([...ofUnions, ...inModules]);
}

type Listed = NonNullable<TypeDeviations["differences"]>;

function isExplained({ path, what, change }: ShapeDifference, listed: Listed): boolean {
  const [field = ""] = path;
  const kind = listed[field]?.kind;
  if (kind === undefined) return false;
  if (kind === "added") return what === "field" && change === "gone" && path.length === 1;
  if (kind === "missing") return what === "field" && change === "new" && path.length === 1;
  return what === "presence" || what === "type" || change === "gone";
}

/** Deviations that say that a field is on one side only, when it is on both or on neither. */
function staleIn(
  name: string,
  official: string,
  listed: Listed,
  differences: readonly ShapeDifference[],
): readonly Difference[] {
  return Object.entries(listed).flatMap(([field, { kind }]) => {
    if (kind !== "added" && kind !== "missing") return [];
    const change = kind === "added" ? "gone" : "new";
    const still = differences.some(
      (difference) =>
        difference.path.join() === field && difference.what === "field" && difference.change === change,
    );
    if (still) return [];
    const detail = `the list of deviations says "${kind}", which it is no longer`;
    return [
      {
        change: "changed",
        what: "deviation",
        here: `${name}.${field}`,
        upstream: `${official}.${field}`,
        detail,
      },
    ];
  });
}

function plain({ change, what, ours, theirs, detail }: ShapeDifference): Difference {
  return { change, what, here: ours, upstream: theirs, detail };
}

function unionOf(definitions: readonly Definition[], all: Definitions): Shape {
  return { kind: "union", parts: definitions.map((definition) => shapeOfDefinition(definition, all)) };
}

function withoutRepetitions(differences: readonly Difference[]): readonly Difference[] {
  return [...new Map(differences.map((difference) => [JSON.stringify(difference), difference])).values()];
}
