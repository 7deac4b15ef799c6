import { openaiRealtime, openaiTranslation, type ServerEvent } from "@duologue/protocol";
import { expect } from "vitest";
import { type ClientOptions, WebSocket } from "ws";

/**
 * A client that keeps what comes, and holds each event against its schema; `until` waits for an event of a type,
 * `opened`, `refused` and `closed` for the connection, `unexpected` for an answer that opens none.
 */
export function client(url: string, protocols: string[] = [], options: ClientOptions = {}) {
  const socket = new WebSocket(url, protocols, options);
  const protocol = url.includes("/translations") ? openaiTranslation : openaiRealtime;
  const events: ServerEvent[] = [];
  const watchers = new Set<() => void>();
  socket.on("message", (data) => {
    expect(protocol.decode(data.toString())).toMatchObject({ kind: "known", issues: [] });
    events.push(JSON.parse(data.toString()) as ServerEvent);
    for (const watch of watchers) watch();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason) })),
  );
  const opened = new Promise<void>((resolve) => socket.on("open", resolve));
  const refused = new Promise<Error>((resolve) => socket.on("error", resolve));
  const unexpected = new Promise<{ status: number | undefined; body: unknown }>((resolve) => {
    socket.on("unexpected-response", async (_, response) => {
      const status = response.statusCode;
      resolve({ status, body: JSON.parse(Buffer.concat(await response.toArray()).toString()) });
      socket.terminate();
    });
  });
  const until = (type: ServerEvent["type"], count = 1) =>
    new Promise<void>((resolve) => {
      const watch = () => {
        if (events.filter((event) => event.type === type).length < count) return;
        watchers.delete(watch);
        resolve();
      };
      watchers.add(watch);
      watch();
    });
  const send = (event: object) => socket.send(JSON.stringify(event));
  return { socket, events, opened, refused, unexpected, closed, until, send };
}

/** A key that is good where no keys are named. */
export const withKey = { headers: { authorization: "Bearer sk-test" } };
