import type { Deviations } from "./deviations.ts";

/** A file that compiles only while the listed differences from the official types are exactly the real ones. */
export function parityTestSource(deviations: Deviations): string {
  const rows = Object.entries(deviations.types).map(([name, { official, differences = {} }]) => {
    const listed = Object.entries(differences).map(([field, { kind }]) =>
      JSON.stringify(`${field}: ${kind}`),
    );
    const expected = listed.length === 0 ? "never" : listed.join(" | ");
    return `  ${name}: Same<Differences<types.${name}, official.${official}>, ${expected}>;`;
  });
  return `
import type * as official from ${JSON.stringify(deviations.module)};
import type * as types from "../../src/generated/types.ts";
import type { Differences } from "../differences.ts";
import type { AllTrue, Same } from "../same.ts";

/** For each type, whether it differs from the official one as listed and not otherwise. */
interface Parity {
${rows.join("\n")}
}

/** Does not compile when one of them does not. */
export const parity: AllTrue<Parity> = true;
`;
}
