import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

const programs = readdirSync(new URL("readme/", import.meta.url)).map((name) => read(`readme/${name}`));
const blocks = [...read("../README.md").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code);

// The files of readme/ are tests themselves, so that every program of the README is compiled and run.
describe("the README", () => {
  it("holds the programs of readme/, to the letter, and no others", () => {
    expect(programs.length).toBeGreaterThan(3);
    expect([...blocks].sort()).toEqual([...programs].sort());
  });

  it("names every export", async () => {
    const text = read("../README.md");
    const names = [...read("../src/index.ts").matchAll(/[\s{,](?:type )?(\w+)(?=,| \}|\n\})/g)].map(
      ([, name]) => name,
    );
    expect(names.length).toBeGreaterThan(25);
    expect(names.filter((name) => !new RegExp(`\`${name}[\`(]`).test(text))).toEqual([]);
  });
});
