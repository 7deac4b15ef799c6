import { join } from "node:path";
import { catalogueSource } from "./catalogue-source.ts";
import { type Definitions, readDefinitions } from "./definition.ts";
import { readDeviations } from "./deviations.ts";
import { documentSource } from "./document-source.ts";
import { formatted } from "./formatted.ts";
import { parityTestSource } from "./parity-test-source.ts";
import { provenance } from "./provenance.ts";
import { refuseStrayReferences, type Scope, scopes } from "./scope.ts";
import { typeSource } from "./type-source.ts";
import { typeTestSource } from "./type-test-source.ts";
import { typeboxSource } from "./typebox-source.ts";
import { validatorSource } from "./validator-source.ts";
import { workletSources } from "./worklet-source.ts";

/** A generated file: its path from the root of the repository, with `/`, and what should stand in it. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Everything that follows from `schemas/`, and the module of the audio thread, in memory. The same sources always give
 * the same bytes.
 */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  const definitions = readDefinitions(join(root, "schemas"));
  refuseStrayReferences(definitions);
  const modules = await Promise.all(scopes.map((scope) => modulesOf(scope, definitions)));
  const sources: readonly Source[] = [
    ...modules.flat(),
    {
      file: "test/generated/typebox-static.test-d.ts",
      maker: "type-test-source.ts",
      purpose: "That TypeBox and the types agree.",
      source: typeTestSource(definitions),
    },
    {
      file: "test/generated/openai-parity.test-d.ts",
      maker: "parity-test-source.ts",
      purpose: "That the types differ from the official ones as listed in schemas/deviations.json.",
      source: parityTestSource(readDeviations(join(root, "schemas/deviations.json")), definitions),
    },
  ];
  const modulesAndTests = sources.map(({ file, maker, purpose, source }) => ({
    path: `packages/protocol/${file}`,
    content: formatted(provenance(maker, purpose) + source),
  }));
  const document = documentSource(definitions, join(root, "schemas/document"));
  return [
    ...modulesAndTests,
    { path: "packages/protocol/PROTOCOL.md", content: document },
    ...(await workletSources()),
  ];
}

/** A file before it is formatted. */
interface Source {
  /** Its path below the package. */
  readonly file: string;
  /** What made it. */
  readonly maker: string;
  /** What it is for, as one sentence. */
  readonly purpose: string;
  readonly source: string;
}

async function modulesOf(scope: Scope, definitions: Definitions): Promise<readonly Source[]> {
  const folder = `src/generated/${scope.folder === "" ? "" : `${scope.folder}/`}`;
  const { about } = scope;
  const catalogue = catalogueSource(scope, definitions);
  return [
    {
      file: `${folder}types.ts`,
      maker: "type-source.ts",
      purpose: `TypeScript types of ${about}.`,
      source: await typeSource(scope, definitions),
    },
    ...(catalogue === undefined
      ? []
      : [
          {
            file: `${folder}catalogue.ts`,
            maker: "catalogue-source.ts",
            purpose: "What is known of each event beside its shape.",
            source: catalogue,
          },
        ]),
    {
      file: `${folder}validators.ts`,
      maker: "validator-source.ts",
      purpose: "Validators as plain functions; nothing is compiled when a program runs.",
      source: validatorSource(scope, definitions),
    },
    {
      file: `${folder}schemas.ts`,
      maker: "typebox-source.ts",
      purpose: `TypeBox schemas of ${about}.`,
      source: typeboxSource(scope, definitions),
    },
  ];
}
