import type { Definitions } from "./definition.ts";

/** A file that compiles only while TypeBox's `Static` of every schema is exactly the generated type. */
export function typeTestSource(definitions: Definitions): string {
  const rows = definitions.all.map(
    ({ name }) => `  ${name}: Same<Static<typeof schemas.${name}>, types.${name}>;`,
  );
  return `
import type { Static } from "@sinclair/typebox";
import type * as schemas from "../../src/generated/schemas.ts";
import type * as types from "../../src/generated/types.ts";
import type { AllTrue, Same } from "../same.ts";

/** For each definition, whether its TypeBox schema and its type are the same. */
interface Agreement {
${rows.join("\n")}
}

/** Does not compile when one of them is not. */
export const agreement: AllTrue<Agreement> = true;
`;
}
