import { type Field, inWords, type ObjectShape, type Shape } from "./shape.ts";

/** An object, and all names under which it was reached, the outermost first. */
export interface NamedObject {
  readonly shape: ObjectShape;
  readonly names: readonly string[];
}

/** Everything that a value of some shape can be, with unions and names opened. */
export interface Members {
  readonly simple: ReadonlySet<string>;
  /** As JSON. */
  readonly literals: ReadonlySet<string>;
  /** Of the lists among them. */
  readonly elements: readonly Shape[];
  /** Of the maps among them. */
  readonly values: readonly Shape[];
  readonly objects: readonly NamedObject[];
}

/** The members of a shape. Throws when a name in it means nothing. */
export function membersOf(shape: Shape): Members {
  const simple = new Set<string>();
  const literals = new Set<string>();
  const elements: Shape[] = [];
  const values: Shape[] = [];
  const objects: NamedObject[] = [];
  const collect = (part: Shape, names: readonly string[]): void => {
    switch (part.kind) {
      case "simple":
        simple.add(part.name);
        break;
      case "literal":
        literals.add(inWords(part));
        break;
      case "list":
        elements.push(part.element);
        break;
      case "map":
        values.push(part.value);
        break;
      case "object":
        objects.push({ shape: part, names });
        break;
      case "union":
        for (const inner of part.parts) collect(inner, names);
        break;
      case "named":
        collect(part.open(), [...names, part.name]);
        break;
    }
  };
  collect(shape, []);
  return { simple, literals, elements, values, objects };
}

/** What tells an object from the other alternatives of a union: the values to which it fixes `type` and `role`. */
export function signOf({ shape }: NamedObject): string {
  return ["type", "role"]
    .flatMap((field) => {
      const fixed = shape.fields.get(field)?.shape;
      return fixed?.kind === "literal" ? [String(fixed.value)] : [];
    })
    .join(" ");
}

/** One object that has the fields of all; what not all of them must have is optional. */
export function merged(objects: readonly NamedObject[]): NamedObject {
  const fields = new Map<string, Field>();
  for (const name of new Set(objects.flatMap(({ shape }) => [...shape.fields.keys()]))) {
    const all = objects.map(({ shape }) => shape.fields.get(name));
    const there = all.filter((field) => field !== undefined);
    fields.set(name, {
      optional: all.some((field) => field === undefined || field.optional),
      shape: { kind: "union", parts: there.map(({ shape }) => shape) },
    });
  }
  const [first] = objects;
  const shared = (first?.names ?? []).filter((name, place) =>
    objects.every(({ names }) => names[place] === name),
  );
  return { shape: { kind: "object", fields }, names: shared };
}
