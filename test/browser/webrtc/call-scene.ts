import type { IncomingMessage, ServerResponse } from "node:http";
import { type Listening, listen } from "@duologue/emulator/node";
import { webRtcMedium } from "../../../packages/emulator/src/node/webrtc-medium.ts";
import { awaited } from "../waiting.ts";
import { callPageServer } from "./call-page-server.ts";
import type { Page } from "./page.ts";
import { type TappedMedium, tappedMedium } from "./tapped-medium.ts";

/** What calls need besides a browser: a page, its server, and an emulator of which the test knows what it hears. */
export interface CallScene {
  readonly origin: string;
  readonly emulator: Listening;
  readonly medium: TappedMedium;
  close(): Promise<void>;
}

/** Calls a function of the page. */
export type Run = <K extends keyof Page>(
  name: K,
  ...args: Parameters<Page[K]>
) => Promise<Awaited<ReturnType<Page[K]>>>;

/** A page in a tab of a browser, and the newest call. */
export interface CallTab {
  readonly run: Run;
  readonly call: () => TappedMedium["calls"][number];
  close(): Promise<void>;
}

/** What the service answers in each session: at first something short, then something that lasts until it is interrupted. */
const answers = [3, 120, 2, 2].map((seconds) => ({
  say: "It is clear in Lisbon.",
  speech: Int16Array.from({ length: 24_000 * seconds }, (_, index) =>
    Math.round(9_000 * Math.sin(index / 7)),
  ),
}));

export async function callScene(): Promise<CallScene> {
  const medium = tappedMedium(await webRtcMedium());
  const emulator = await listen({
    medium,
    keys: ["ek_of_this_test"],
    scenario: { turns: answers },
  });
  const server = await callPageServer((request, response) => relay(emulator, request, response));
  return {
    origin: server.origin,
    emulator,
    medium,
    async close() {
      await emulator.close();
      await medium.close();
      await server.stop();
    },
  };
}

/** The page's own server: takes offers to the emulator with the key that only it has. */
async function relay(emulator: Listening, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url !== "/calls") {
    response.writeHead(503, { "content-type": "application/json", "retry-after": "7" });
    response.end('{"error":{"message":"The line is busy."}}');
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const form = new FormData();
  form.set("sdp", Buffer.concat(chunks).toString());
  form.set("session", JSON.stringify({ type: "realtime", model: "gpt-realtime" }));
  const headers = { Authorization: "Bearer ek_of_this_test" };
  const given = await fetch(`${emulator.baseUrl}/realtime/calls`, { method: "POST", body: form, headers });
  response.writeHead(given.status, { location: given.headers.get("location") ?? "" });
  response.end(await given.text());
}

export function runIn(tab: { evaluate(expression: string): Promise<unknown> }): Run {
  // What stands in `page` there is what `Page` says.
  return (name, ...args) => {
    const called = `page.${name}(...${JSON.stringify(args)})`;
    return awaited(`a page to have done ${called}`, tab.evaluate(called)) as never;
  };
}

export function newest({ calls }: TappedMedium): TappedMedium["calls"][number] {
  const call = calls.at(-1);
  if (call === undefined) throw new Error("Nobody has called.");
  return call;
}
