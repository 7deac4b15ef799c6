import { readFileSync } from "node:fs";

/** How a field here differs from the official one: see `about` in `schemas/deviations.json`. */
type DifferenceKind = "narrower" | "wider" | "different" | "added" | "missing";

/** What `schemas/deviations.json` holds. */
export interface Deviations {
  readonly about: string;
  readonly package: string;
  readonly module: string;
  /** The version of the package that the list was made against. */
  readonly version: string;
  /** By the name of the type here. */
  readonly types: Readonly<Record<string, TypeDeviations>>;
}

/** One type and its official counterpart. */
interface TypeDeviations {
  /** The name of the counterpart in the official module, with dots where it stands in a namespace. */
  readonly official: string;
  /** By the name of the field. */
  readonly differences?: Readonly<Record<string, { readonly kind: DifferenceKind; readonly reason: string }>>;
}

/** Reads the list of differences from the official types. */
export function readDeviations(file: string): Deviations {
  return JSON.parse(readFileSync(file, "utf8"));
}
