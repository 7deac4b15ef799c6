import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A page with the audio functions in it, and the module of the audio thread. */
export interface PageServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Bundles a module for a page, with constants written in. */
export async function pageScript(module: string, define: Record<string, string> = {}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(module, import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2024",
    define,
  });
  return outputFiles[0]?.text ?? "";
}

/** Serves `script` on `/`, on `/strict` under a policy that allows what comes from here and nothing else. */
export async function pageServer(script: string): Promise<PageServer> {
  const worklets = await pageScript("../../../packages/audio/src/generated/worklets.ts");
  const scripts: Readonly<Record<string, string>> = { "/page.js": script, "/worklets.js": worklets };
  const server = createServer(({ url = "" }, response) => {
    const path = url.split("?")[0] ?? "";
    const found = scripts[path];
    response.setHeader("content-type", found === undefined ? "text/html" : "text/javascript");
    if (path === "/strict") {
      response.setHeader("content-security-policy", "default-src 'none'; script-src 'self'");
    }
    response.end(
      found ??
        '<!doctype html><title>audio</title><button>Start</button><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
