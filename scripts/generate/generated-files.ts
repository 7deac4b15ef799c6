import { join } from "node:path";
import { catalogueSource } from "./catalogue-source.ts";
import { readDefinitions } from "./definition.ts";
import { readDeviations } from "./deviations.ts";
import { formatted } from "./formatted.ts";
import { parityTestSource } from "./parity-test-source.ts";
import { provenance } from "./provenance.ts";
import { typeSource } from "./type-source.ts";
import { typeTestSource } from "./type-test-source.ts";
import { typeboxSource } from "./typebox-source.ts";
import { validatorSource } from "./validator-source.ts";

/** A generated file: its path from the root of the repository, with `/`, and what should stand in it. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** Everything that follows from `schemas/`, in memory. The same schemas always give the same bytes. */
export async function generatedFiles(root: string): Promise<readonly GeneratedFile[]> {
  const definitions = readDefinitions(join(root, "schemas"));
  const sources = [
    {
      file: "src/generated/types.ts",
      maker: "type-source.ts",
      purpose: "TypeScript types of the protocol.",
      source: await typeSource(definitions),
    },
    {
      file: "src/generated/catalogue.ts",
      maker: "catalogue-source.ts",
      purpose: "What is known of each event beside its shape.",
      source: catalogueSource(definitions),
    },
    {
      file: "src/generated/validators.ts",
      maker: "validator-source.ts",
      purpose: "Validators as plain functions; nothing is compiled when a program runs.",
      source: validatorSource(definitions),
    },
    {
      file: "src/generated/schemas.ts",
      maker: "typebox-source.ts",
      purpose: "TypeBox schemas of the protocol.",
      source: typeboxSource(definitions),
    },
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
      source: parityTestSource(readDeviations(join(root, "schemas/deviations.json"))),
    },
  ];
  return sources.map(({ file, maker, purpose, source }) => ({
    path: `packages/protocol/${file}`,
    content: formatted(provenance(maker, purpose) + source),
  }));
}
