/** What a type or a schema says of a value, in the same words for both, so that they can be compared. */
export type Shape =
  | { readonly kind: "simple"; readonly name: SimpleName }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "list"; readonly element: Shape }
  | { readonly kind: "map"; readonly value: Shape }
  | ObjectShape
  | { readonly kind: "union"; readonly parts: readonly Shape[] }
  | NamedShape;

/** `object` is any object of which nothing is said, `unknown` anything at all. */
export type SimpleName = "string" | "number" | "boolean" | "null" | "object" | "unknown";

/** An object with known fields. Others may be there. */
export interface ObjectShape {
  readonly kind: "object";
  readonly fields: ReadonlyMap<string, Field>;
}

/** One field of an object. */
export interface Field {
  readonly optional: boolean;
  readonly shape: Shape;
}

/** A shape that has a name; what is behind it is looked up when asked for. */
export interface NamedShape {
  readonly kind: "named";
  /** The name where it is declared, with dots for namespaces. */
  readonly name: string;
  /** Throws when nothing of that name is declared. */
  open(): Shape;
}

/** A shape as people read it, without what is behind its names. */
export function inWords(shape: Shape): string {
  switch (shape.kind) {
    case "simple":
    case "named":
      return shape.name;
    case "literal":
      return JSON.stringify(shape.value);
    case "list":
      return `list of ${inWords(shape.element)}`;
    case "map":
      return `map to ${inWords(shape.value)}`;
    case "object":
      return `{ ${[...shape.fields].map(([name, { optional }]) => `${name}${optional ? "?" : ""}`).join(", ")} }`;
    case "union":
      return shape.parts.map(inWords).join(" | ");
  }
}
