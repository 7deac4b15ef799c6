import type { Schema } from "./definition.ts";

/**
 * The TypeScript of an enumeration that grows upstream: `anyOf` of an `enum` and `string`, and perhaps `null`. Any
 * string fits, and editors still offer the known ones. `undefined` for every other schema.
 */
export function openString(schema: Schema): string | undefined {
  const [known, any, nothing, ...more] = schema.anyOf ?? [];
  if (known?.enum === undefined || any?.type !== "string" || more.length > 0) return undefined;
  if (nothing !== undefined && nothing.type !== "null") return undefined;
  const names = known.enum.map((name) => JSON.stringify(name)).join(" | ");
  return `${names} | (string & {})${nothing === undefined ? "" : " | null"}`;
}
