import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { listen } from "@duologue/emulator/node";
import { describe, expect, it } from "vitest";

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const source = (name: string) => readFileSync(file(name), "utf8");

describe("the program of the README", () => {
  it("runs, and is what the README shows", () => {
    const said = execFileSync(process.execPath, [file("hello.ts")], { encoding: "utf8" });
    expect(said).toBe("user: Good morning!\nassistant: You said: Good morning!\n");
    const readme = source("../../README.md");
    expect(readme).toContain(source("hello.ts").trim());
    expect(source("hello.ts").trim().split("\n").length).toBeLessThanOrEqual(15);
  });

  it("runs over a WebSocket after the change that the README shows, and nothing else changed", async () => {
    const server = await listen();
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [file("hello-websocket.ts")], {
        env: {
          ...process.env,
          OPENAI_API_KEY: "any",
          OPENAI_BASE_URL: server.url.replace(/\/realtime$/, ""),
        },
      });
      expect(stdout).toBe("user: Good morning!\nassistant: You said: Good morning!\n");
    } finally {
      await server.close();
    }
    const [before, after] = [source("hello.ts"), source("hello-websocket.ts")].map((text) =>
      text.trim().split("\n"),
    );
    const diff = [
      ...(before ?? []).filter((line) => !after?.includes(line)).map((line) => `-${line}`),
      ...(after ?? []).filter((line) => !before?.includes(line)).map((line) => `+${line}`),
    ];
    const shown = /```diff\n([\s\S]*?)```/.exec(source("../../README.md"))?.[1] ?? "";
    expect(shown.trim().split("\n").sort()).toEqual(diff.sort());
    expect(diff.filter((line) => line.startsWith("-"))).toHaveLength(2);
  });
});
