/** What a file is generated from: as people call it, and where it stands. */
export interface Origin {
  readonly name: string;
  readonly files: string;
}

const schemas: Origin = { name: "schemas", files: "schemas/**/*.json" };

/** The head of every generated file: that nobody edits it, and what made it from what; from the schemas unless told. */
export function provenance(maker: string, purpose: string, { name, files }: Origin = schemas): string {
  return [
    `// Generated. Do not edit: change the ${name} and run \`node scripts/generate/main.ts\`.`,
    `// Made by scripts/generate/${maker} from ${files}.`,
    "",
    `// ${purpose}`,
    "",
    "",
  ].join("\n");
}
