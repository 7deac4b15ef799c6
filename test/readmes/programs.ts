/** A program in TypeScript that a README shows. */
export interface Program {
  readonly readme: string;
  /** The line of the README on which it begins. */
  readonly line: number;
  readonly text: string;
}

/** The programs of a README, in their order. */
export function programsOf(readme: string, text: string): readonly Program[] {
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(({ 1: program = "", index }) => ({
    readme,
    line: text.slice(0, index).split("\n").length + 1,
    text: program,
  }));
}

const importing = /^import\s[\s\S]*?;/gm;

/**
 * The programs of one README as modules that compile alone. Each goes on from those above it: it has what they import,
 * and what the module `given` declares. Before it comes one line more, and it keeps its own.
 */
export function standingAlone(programs: readonly Program[], given: string): readonly Program[] {
  const declared = [...given.matchAll(/^export declare (?:const|function) (\w+)/gm)];
  const known = new Map(declared.map(([, name = ""]) => [name, `import { ${name} } from "./given.ts";`]));
  return programs.map((program) => {
    for (const [statement] of program.text.matchAll(importing)) {
      for (const [name, alone] of imports(statement)) known.set(name, alone);
    }
    const body = program.text
      .replace(importing, (statement) => statement.replace(/[^\n]/g, ""))
      .replace(/^export /gm, "");
    // In a block, so that it may give names of its own to what it could have had.
    return { ...program, text: `${[...known.values()].join(" ")} {\n${body}}\n` };
  });
}

/** What a statement imports: each name, with a statement that imports it alone. */
function imports(statement: string): readonly (readonly [name: string, alone: string])[] {
  const parts = /^import (type )?(\w+)?,? ?(?:\{([\s\S]*)\} ?)?from ("[^"]+")/.exec(statement);
  if (parts === null) throw new Error(`This import is in a form that no README has had: ${statement}`);
  const [, type = "", whole, list = "", from = ""] = parts;
  const named = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return [
    ...(whole === undefined ? [] : [[whole, `import ${type}${whole} from ${from};`] as const]),
    ...named.map((name) => [nameOf(name), `import ${type}{ ${name} } from ${from};`] as const),
  ];
}

/** The name under which something is imported: `b` of `type a as b`. */
function nameOf(part: string): string {
  return part.split(" ").at(-1) ?? part;
}
