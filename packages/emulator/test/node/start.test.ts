import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const program = `
  import { listen } from ${JSON.stringify(new URL("../../src/node/listen.ts", import.meta.url).href)};
  const server = await listen();
  console.log(process.moduleLoadList.filter((name) => name.includes("undici")).length);
  await server.close();
  await fetch(server.baseUrl).catch(() => {});
  console.log(process.moduleLoadList.filter((name) => name.includes("undici")).length);
`;

describe("a server that starts", () => {
  it("leaves alone what it takes to fetch", () => {
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
      encoding: "utf8",
    });
    const [started, fetched] = stdout.split("\n").map(Number);
    expect(started, stderr).toBe(0);
    // What is looked for is there once somebody does.
    expect(fetched).toBeGreaterThan(0);
  });
});
