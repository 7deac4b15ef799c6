import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const folder = new URL("../.changeset/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".md") && file !== "README.md");
const packages = readdirSync(new URL("../packages/", import.meta.url)).map((name) => `@duologue/${name}`);

// A changeset whose head cannot be read is left out of the change log without a word.
describe.each(files)("%s", (file) => {
  const text = readFileSync(new URL(file, folder), "utf8");
  const [, head = "", body = ""] =
    /^---\n((?:"[^"]+": (?:major|minor|patch)\n)+)---\n\n(\S.*)$/s.exec(text) ?? [];

  it("names packages that exist, and says what their users get", () => {
    const named = [...head.matchAll(/"([^"]+)"/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    expect(packages).toEqual(expect.arrayContaining(named));
    expect(body.trim()).not.toBe("");
  });
});
