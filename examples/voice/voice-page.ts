import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { createServer, type Plugin } from "vite";
import { clientSecret } from "./client-secret.ts";
import type { RealtimeService } from "./realtime-service.ts";

/** A page that is being served. */
export interface VoicePage {
  readonly url: string;
  /** Resolves when its port is free again. */
  close(): Promise<void>;
}

const root = fileURLToPath(new URL("./page/", import.meta.url));

/** How the page is served. */
export interface VoicePageOptions {
  /** Default: 0, a free one. */
  readonly port?: number;
  /** Whether the page follows changes of its sources, as whoever works on it wants. Default: `false`. */
  readonly watch?: boolean;
}

/** Serves the page, and the keys by which it may talk to the service, to this machine alone. */
export async function voicePage(
  service: RealtimeService,
  { port = 0, watch = false }: VoicePageOptions = {},
): Promise<VoicePage> {
  const server = await createServer({
    root,
    configFile: false,
    clearScreen: false,
    logLevel: "error",
    plugins: [endpoints(service)],
    // The page needs nothing from elsewhere, and its policy says so.
    server: {
      ...(!watch && { watch: null }),
      host: "127.0.0.1",
      port,
      headers: { "Content-Security-Policy": policy(service) },
    },
    optimizeDeps: { include: ["rxjs"] },
  });
  await server.listen();
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("The page has no address.");
  return { url, close: () => server.close() };
}

/** Worklets come from a `blob:`, the icon from a `data:`, Vite's styles from a script; nothing from another machine. */
function policy({ base }: RealtimeService): string {
  const socket = base.replace(/^http/, "ws");
  return [
    "default-src 'self'",
    "script-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ${new URL(base).origin} ${new URL(socket).origin}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** `GET /api/service`: whom the page talks to. `POST /api/token`: an ephemeral key. */
function endpoints(service: RealtimeService): Plugin {
  const { base, model, isEmulated } = service;
  return {
    name: "voice-endpoints",
    configureServer({ middlewares }) {
      middlewares.use("/api/service", (_request, response) =>
        answer(response, 200, { base, model, isEmulated }),
      );
      middlewares.use("/api/token", async (request, response) => {
        if (!isOfThisPage(request)) {
          answer(response, 403, { error: "Only this page may ask for a key, by POST." });
          return;
        }
        try {
          answer(response, 200, await clientSecret(service));
        } catch (error) {
          answer(response, 502, { error: error instanceof Error ? error.message : String(error) });
        }
      });
    },
  };
}

/** A key costs its owner money: other pages that are open in the same browser get none. */
function isOfThisPage({ method, headers }: IncomingMessage): boolean {
  return method === "POST" && headers.origin === `http://${headers.host}`;
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  response.end(JSON.stringify(body));
}
