import { type Members, membersOf, merged, type NamedObject, signOf } from "./members.ts";
import { inWords, type ObjectShape, type Shape } from "./shape.ts";

/** One way in which two shapes differ. */
export interface ShapeDifference extends Place {
  /** A field, a literal value, an alternative of a union, whether a field has to be there, or what else is taken. */
  readonly what: "field" | "value" | "alternative" | "presence" | "type";
  /** Seen from ours: `new` is only theirs, `gone` is only ours. */
  readonly change: "new" | "gone" | "changed";
  /** The value, the alternative, or what a field is. */
  readonly detail: string;
}

/** Where two shapes differ. */
interface Place {
  /** The fields that lead there; the elements of lists and the values of maps count as the field that holds them. */
  readonly path: readonly string[];
  /** The place in ours, with dots, from the nearest thing that has a name. */
  readonly ours: string;
  /** The place in theirs, likewise. */
  readonly theirs: string;
}

/** Whether two names mean counterparts, which are compared elsewhere. */
export type Paired = (ours: string, theirs: string) => boolean;

/** Two shapes, and what to call them. */
export interface Comparison {
  readonly ours: { readonly name: string; readonly shape: Shape };
  readonly theirs: { readonly name: string; readonly shape: Shape };
}

/** All ways in which two shapes differ. Counterparts inside them are left out, they themselves are not. */
export function shapeDifferences({ ours, theirs }: Comparison, paired: Paired): readonly ShapeDifference[] {
  const place = { path: [], ours: ours.name, theirs: theirs.name };
  return differences(opened(ours.shape), opened(theirs.shape), place, paired);
}

function opened(shape: Shape): Shape {
  return shape.kind === "named" ? shape.open() : shape;
}

function differences(ours: Shape, theirs: Shape, place: Place, paired: Paired): readonly ShapeDifference[] {
  const a = membersOf(ours);
  const b = membersOf(theirs);
  return [
    ...literalDifferences(a, b, place),
    ...simpleDifferences(a, b, place),
    ...insideDifferences(a.elements, b.elements, "a list", place, paired),
    ...insideDifferences(a.values, b.values, "a map", place, paired),
    ...objectDifferences(a.objects, b.objects, place, paired),
  ];
}

function literalDifferences(a: Members, b: Members, place: Place): readonly ShapeDifference[] {
  // Where one side takes any string and names none, the names that the other gives are help and no difference.
  if (isUnnamed(a) || isUnnamed(b)) return [];
  const fresh = [...b.literals].filter((value) => !a.literals.has(value));
  const gone = [...a.literals].filter((value) => !b.literals.has(value));
  return [
    ...fresh.map((detail) => ({ ...place, what: "value", change: "new", detail }) as const),
    ...gone.map((detail) => ({ ...place, what: "value", change: "gone", detail }) as const),
  ];
}

function isUnnamed({ simple, literals }: Members): boolean {
  return simple.has("string") && literals.size === 0;
}

function simpleDifferences(a: Members, b: Members, place: Place): readonly ShapeDifference[] {
  const fresh = [...b.simple].filter((name) => !a.simple.has(name)).join(" | ");
  const gone = [...a.simple].filter((name) => !b.simple.has(name)).join(" | ");
  if (fresh === "" && gone === "") return [];
  if (gone === "") return [{ ...place, what: "type", change: "new", detail: fresh }];
  if (fresh === "") return [{ ...place, what: "type", change: "gone", detail: gone }];
  return [{ ...place, what: "type", change: "changed", detail: `${gone} here, ${fresh} there` }];
}

function insideDifferences(
  a: readonly Shape[],
  b: readonly Shape[],
  noun: string,
  place: Place,
  paired: Paired,
): readonly ShapeDifference[] {
  if (a.length > 0 && b.length > 0) {
    return differences({ kind: "union", parts: a }, { kind: "union", parts: b }, place, paired);
  }
  if (a.length === b.length) return [];
  return [{ ...place, what: "type", change: a.length > 0 ? "gone" : "new", detail: noun }];
}

function objectDifferences(
  a: readonly NamedObject[],
  b: readonly NamedObject[],
  place: Place,
  paired: Paired,
): readonly ShapeDifference[] {
  const { matches, onlyA, onlyB } = matched(a, b, paired);
  const alternative = (change: "new" | "gone") => (object: NamedObject) =>
    ({ ...place, what: "alternative", change, detail: titleOf(object) }) as const;
  return [
    ...matches.flatMap(([one, other]) => {
      const ours = one.names.at(-1) ?? place.ours;
      const theirs = other.names.at(-1) ?? place.theirs;
      return fieldDifferences(one.shape, other.shape, { path: place.path, ours, theirs }, paired);
    }),
    ...onlyB.map(alternative("new")),
    ...onlyA.map(alternative("gone")),
  ];
}

/** Which objects are counterparts that have to be compared here, and which have none. */
function matched(a: readonly NamedObject[], b: readonly NamedObject[], paired: Paired) {
  const onlyA = [...a];
  const onlyB = [...b];
  const take = (same: (one: NamedObject, other: NamedObject) => boolean) =>
    a.flatMap((one) => {
      const other = onlyA.includes(one) ? onlyB.find((candidate) => same(one, candidate)) : undefined;
      if (other === undefined) return [];
      onlyA.splice(onlyA.indexOf(one), 1);
      onlyB.splice(onlyB.indexOf(other), 1);
      return [[one, other] as const];
    });
  // First those that are compared elsewhere, then those that the same values tell apart.
  take((one, other) => one.names.some((name) => other.names.some((there) => paired(name, there))));
  const matches = take((one, other) => signOf(one) !== "" && signOf(one) === signOf(other));
  // One side may have a single shape for what the other tells apart; it is then compared with all of them at once.
  const plain = [onlyA, onlyB].some(
    (left) => left.length === 1 && left.every((object) => signOf(object) === ""),
  );
  if (!plain || onlyA.length === 0 || onlyB.length === 0) return { matches, onlyA, onlyB };
  return { matches: [...matches, [merged(onlyA), merged(onlyB)] as const], onlyA: [], onlyB: [] };
}

function fieldDifferences(
  a: ObjectShape,
  b: ObjectShape,
  place: Place,
  paired: Paired,
): readonly ShapeDifference[] {
  const names = new Set([...a.fields.keys(), ...b.fields.keys()]);
  return [...names].flatMap((name): readonly ShapeDifference[] => {
    const one = a.fields.get(name);
    const other = b.fields.get(name);
    const here = {
      path: [...place.path, name],
      ours: `${place.ours}.${name}`,
      theirs: `${place.theirs}.${name}`,
    };
    if (one === undefined) {
      return other === undefined
        ? []
        : [{ ...here, what: "field", change: "new", detail: fieldInWords(other) }];
    }
    if (other === undefined) return [{ ...here, what: "field", change: "gone", detail: fieldInWords(one) }];
    const inside = differences(one.shape, other.shape, here, paired);
    if (one.optional === other.optional) return inside;
    const detail = other.optional ? "required here, optional there" : "optional here, required there";
    return [{ ...here, what: "presence", change: "changed", detail }, ...inside];
  });
}

function fieldInWords({ optional, shape }: { readonly optional: boolean; readonly shape: Shape }): string {
  return `${optional ? "optional" : "required"}: ${inWords(shape)}`;
}

function titleOf(object: NamedObject): string {
  const name = object.names.at(-1) ?? inWords(object.shape);
  const sign = signOf(object);
  return sign === "" ? name : `${sign} (${name})`;
}
