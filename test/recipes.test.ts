import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { complaints, workplace } from "./readmes/workplace.ts";

/** A program of docs/recipes.md, and what stands beneath it. */
interface Recipe {
  readonly title: string;
  readonly program: string;
  readonly prints: string;
}

const text = readFileSync(new URL("../docs/recipes.md", import.meta.url), "utf8");
const sections = text.split(/^## /m).slice(1);
const recipes: readonly Recipe[] = sections.map((section) => {
  const [title = ""] = section.split("\n");
  const { program = "", prints = "" } =
    /^```ts\n(?<program>[\s\S]*?)^```\n\n```text\n(?<prints>[\s\S]*?)^```$/m.exec(section)?.groups ?? {};
  return { title, program, prints };
});

describe("the recipes", () => {
  const folder = workplace();
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (index: number) => `recipe-${index}.ts`;
  for (const [index, { program }] of recipes.entries()) writeFileSync(join(folder, file(index)), program);

  it("are one program each, no longer than a page, with what it prints, and stand in the list above", () => {
    expect(recipes.length).toBeGreaterThan(8);
    expect([...text.matchAll(/^```ts$/gm)]).toHaveLength(recipes.length);
    for (const { title, program, prints } of recipes) {
      expect(program.split("\n").length, title).toBeLessThanOrEqual(41);
      expect(program, title).not.toBe("");
      expect(prints, title).not.toBe("");
    }
    const listed = [...text.matchAll(/^- \[(.+)\]\(#(.+)\)$/gm)].map(([, title, anchor]) => ({
      title,
      anchor,
    }));
    const anchorOf = (title: string) =>
      title
        .toLowerCase()
        .replaceAll(" ", "-")
        .replace(/[^\w-]/g, "");
    expect(listed).toEqual(recipes.map(({ title }) => ({ title, anchor: anchorOf(title) })));
  });

  it("compile", async () => {
    const said = await complaints(folder);
    expect(
      said.map((line) => line.replace(/recipe-(\d+)/, (_, index) => recipes[index]?.title ?? "?")),
    ).toEqual([]);
  }, 120_000);

  it.each(recipes.map(({ title }, index) => [title, index] as const))(
    "%s: runs, and prints what stands beneath it",
    async (_, index) => {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(folder, file(index))]);
      expect(stderr).toBe("");
      expect(stdout).toBe(recipes[index]?.prints);
    },
  );
});
