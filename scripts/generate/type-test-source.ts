import type { Definitions } from "./definition.ts";
import { definitionsIn, scopes } from "./scope.ts";

/** A file that compiles only while TypeBox's `Static` of every schema is exactly the generated type. */
export function typeTestSource(definitions: Definitions): string {
  const modules = scopes.flatMap(({ folder }) => {
    const path = `../../src/generated/${folder === "" ? "" : `${folder}/`}`;
    return [
      `import type * as ${aliasFor("schemas", folder)} from "${path}schemas.ts";`,
      `import type * as ${aliasFor("types", folder)} from "${path}types.ts";`,
    ];
  });
  const rows = scopes.flatMap((scope) => {
    const [schemas, types] = [aliasFor("schemas", scope.folder), aliasFor("types", scope.folder)];
    return definitionsIn(scope, definitions).map(
      ({ name }) => `  ${name}: Same<Static<typeof ${schemas}.${name}>, ${types}.${name}>;`,
    );
  });
  return `
import type { Static } from "@sinclair/typebox";
${modules.join("\n")}
import type { AllTrue, Same } from "../same.ts";

/** For each definition, whether its TypeBox schema and its type are the same. */
interface Agreement {
${rows.join("\n")}
}

/** Does not compile when one of them is not. */
export const agreement: AllTrue<Agreement> = true;
`;
}

/** The name under which a test imports a generated module: `types`, `restTypes`. */
export function aliasFor(module: string, folder: string): string {
  return folder === "" ? module : `${folder}${module.slice(0, 1).toUpperCase()}${module.slice(1)}`;
}
