import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

const source = new URL("../src/", import.meta.url);

/** Every module that a file leads to by its imports, other packages and built-in ones by name. */
async function reached(file: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = await readFile(new URL(file, source), "utf8");
  for (const [, from = ""] of text.matchAll(/\bfrom "([^"]+)"|\bimport\("([^"]+)"\)/g)) {
    if (from.startsWith("./")) await reached(from.slice(2), seen);
    else seen.add(from);
  }
  return seen;
}

describe("the root entry is safe for browsers", () => {
  it("leads to no built-in module of Node and to no other package than core", async () => {
    const modules = await reached("index.ts");
    expect([...modules].filter((name) => !name.endsWith(".ts"))).toEqual(["@duologue/core"]);
  });

  it("the node entry is where ws stands", async () => {
    expect([...(await reached("node.ts"))]).toContain("ws");
  });

  it("every source file is reached by an entry", async () => {
    const all = new Set([...(await reached("index.ts")), ...(await reached("node.ts"))]);
    const files = (await readdir(source)).filter((file) => file.endsWith(".ts"));
    expect(files.filter((file) => !all.has(file))).toEqual([]);
  });
});

describe("exports", () => {
  it("are these and no others", async () => {
    const both = [
      "azureRealtimeUrl",
      "openaiRealtimeUrl",
      "openaiSubprotocolKey",
      "xaiRealtimeUrl",
      "xaiSubprotocolKey",
    ];
    expect(Object.keys(await import("../src/index.ts")).sort()).toEqual([...both, "webSocket"].sort());
    expect(Object.keys(await import("../src/node.ts")).sort()).toEqual(
      [...both, "azureKey", "bearerKey", "nodeWebSocket"].sort(),
    );
  });
});
