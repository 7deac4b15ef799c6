/** The head of every generated file: that nobody edits it, and what made it from what. */
export function provenance(maker: string, purpose: string): string {
  return [
    "// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.",
    `// Made by scripts/generate/${maker} from schemas/**/*.json.`,
    "",
    `// ${purpose}`,
    "",
    "",
  ].join("\n");
}
