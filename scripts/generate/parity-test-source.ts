import type { Definitions } from "./definition.ts";
import type { Deviations, TypeDeviations } from "./deviations.ts";
import { definitionsIn, scopes } from "./scope.ts";
import { aliasFor } from "./type-test-source.ts";

/** A file that compiles only while the listed differences from the official types are exactly the real ones. */
export function parityTestSource(deviations: Deviations, definitions: Definitions): string {
  const folderOf = new Map(
    scopes.flatMap((scope) =>
      definitionsIn(scope, definitions).map(({ name }) => [name, scope.folder] as const),
    ),
  );
  const modules = [
    { module: deviations.module, types: deviations.types },
    ...Object.entries(deviations.otherModules).map(([module, types]) => ({ module, types })),
  ];
  const rows = modules.flatMap(({ types }, index) =>
    Object.entries(types).map(([name, listed]) => {
      const folder = folderOf.get(name);
      if (folder === undefined) throw new Error(`schemas/deviations.json: there is no ${name}`);
      return `  ${name}: ${rowFor(`${aliasFor("types", folder)}.${name}`, `${officialAlias(index)}.${listed.official}`, listed)};`;
    }),
  );
  const officialImports = modules.map(
    ({ module }, index) => `import type * as ${officialAlias(index)} from ${JSON.stringify(module)};`,
  );
  const usedFolders = scopes.filter(({ folder }) =>
    rows.some((row) => row.includes(` Same<Differences<${aliasFor("types", folder)}.`)),
  );
  const ownImports = usedFolders.map(
    ({ folder }) =>
      `import type * as ${aliasFor("types", folder)} from "../../src/generated/${folder === "" ? "" : `${folder}/`}types.ts";`,
  );
  return `
${[...officialImports, ...ownImports].join("\n")}
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

function rowFor(here: string, there: string, { differences = {} }: TypeDeviations): string {
  const listed = Object.entries(differences).map(([field, { kind }]) => JSON.stringify(`${field}: ${kind}`));
  return `Same<Differences<${here}, ${there}>, ${listed.length === 0 ? "never" : listed.join(" | ")}>`;
}

function officialAlias(index: number): string {
  return index === 0 ? "official" : `official${index + 1}`;
}
