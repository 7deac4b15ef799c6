import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** Serves one page with one script. */
export interface CallPageServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Nothing may be made from strings, and nothing loaded from elsewhere. */
const policy = "default-src 'none'; script-src 'self'; connect-src 'self' http://127.0.0.1:*";

const html =
  '<!doctype html><title>page</title><button id="gesture">talk</button><script type="module" src="/page.js"></script>';

/** Serves `page.ts`, bundled, on a free port of this machine; `other` answers every other request. */
export async function callPageServer(
  other: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<CallPageServer> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./page.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2024",
  });
  const script = outputFiles[0]?.text ?? "";
  const server = createServer((request, response) => {
    const found = request.url === "/" ? html : request.url === "/page.js" ? script : undefined;
    if (found === undefined) return other(request, response);
    response.writeHead(200, {
      "content-type": found === html ? "text/html; charset=utf-8" : "text/javascript; charset=utf-8",
      "content-security-policy": policy,
    });
    response.end(found);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
