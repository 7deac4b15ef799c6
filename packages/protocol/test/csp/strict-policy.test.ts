import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startChromium } from "../../../../scripts/chromium.ts";
import { bundled } from "../../../../scripts/size/bundled.ts";
import { expectedFrames, oddFrames, soundFrames } from "./frames.ts";
import type { Report } from "./report.ts";

const policy = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'";

/** Programs of pages, by path. Each leaves what it found in the title of its page. */
const programs: Readonly<Record<string, string>> = {
  "/report.js": `
    import { report } from "./report.ts";
    document.title = JSON.stringify(report(${JSON.stringify([...soundFrames, ...oddFrames])}));`,
  "/typebox.js": `
    import { Type } from "@sinclair/typebox";
    import { TypeCompiler } from "@sinclair/typebox/compiler";
    try {
      document.title = String(TypeCompiler.Compile(Type.String()).Check("text"));
    } catch (error) {
      document.title = error.name;
    }`,
};

/** A server of pages under the policy: `/report` runs `/report.js`. */
async function serverOfPages(): Promise<Server> {
  const scripts = new Map<string, string>();
  for (const [path, program] of Object.entries(programs)) {
    scripts.set(path, await bundled(program, { from: import.meta.dirname, format: "iife" }));
  }
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    const script = scripts.get(path);
    response.setHeader("Content-Security-Policy", policy);
    if (script !== undefined)
      response.setHeader("Content-Type", "text/javascript; charset=utf-8").end(script);
    else if (scripts.has(`${path}.js`)) {
      response.setHeader("Content-Type", "text/html; charset=utf-8");
      response.end(`<!doctype html><title>nothing</title><body><script src="${path}.js"></script></body>`);
    } else response.writeHead(404).end();
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

describe("in a page with a strict Content-Security-Policy", () => {
  let server: Server;
  let browser: Browser;

  beforeAll(async () => {
    [server, browser] = await Promise.all([serverOfPages(), startChromium()]);
  }, 300_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  /** The title that the page at a path ends up with. Throws when its program fails. */
  async function titleOf(path: string): Promise<string> {
    const page = await browser.newPage();
    const failures: Error[] = [];
    page.on("pageerror", (error) => failures.push(error));
    // A TCP server that listens has such an address.
    const { port } = server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}${path}`);
    const title = await page.title();
    await page.close();
    if (failures.length > 0) throw new AggregateError(failures, String(failures[0]));
    return title;
  }

  it("every event is decoded, validated and encoded, by every validator", async () => {
    const found: Report = JSON.parse(await titleOf("/report"));
    expect(found.codeFromStrings).toBe(false);
    expect(found.frames).toEqual(expectedFrames);
    expect(found.sameAgain).toBe(soundFrames.length + 2);
    expect(found.validators).toBeGreaterThan(150);
    expect(found.refusals).toBe(found.validators);
  });

  it("a validator that is compiled at run time is refused", async () => {
    expect(await titleOf("/typebox")).toBe("EvalError");
  });
});
