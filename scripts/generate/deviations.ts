import { readFileSync } from "node:fs";

/** How a field here differs from the official one: see `about` in `schemas/deviations.json`. */
type DifferenceKind = "narrower" | "wider" | "different" | "added" | "missing";

/** What `schemas/deviations.json` holds. */
export interface Deviations {
  readonly about: string;
  readonly package: string;
  /** The module of the package that has most of the types. */
  readonly module: string;
  /** The version of the package that the list was made against. */
  readonly version: string;
  /** Types of that module, by the name of the type here. */
  readonly types: Readonly<Record<string, TypeDeviations>>;
  /** Types of other modules: by module, then by the name of the type here. */
  readonly otherModules: Readonly<Record<string, Readonly<Record<string, TypeDeviations>>>>;
  /** The published examples that do not conform: by the name of their schema there, why. */
  readonly documentedExamples: Readonly<Record<string, string>>;
  /** What recordings of live services carry that does not conform: by provider, then by event type, why. */
  readonly recordedFrames: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** One type and its official counterpart. */
export interface TypeDeviations {
  /** The name of the counterpart in the official module, with dots where it stands in a namespace. */
  readonly official: string;
  /** By the name of the field. */
  readonly differences?: Readonly<Record<string, { readonly kind: DifferenceKind; readonly reason: string }>>;
}

/** Reads the list of differences from the official types and examples. */
export function readDeviations(file: string): Deviations {
  return JSON.parse(readFileSync(file, "utf8"));
}
