import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Transport } from "@duologue/core";
import { WebSocketServer } from "ws";
import { call } from "./call.ts";

/** What a switchboard is made of. */
export interface SwitchboardOptions {
  /** The way to the service; each call opens a session of its own. */
  readonly transport: Transport;
  readonly port: number;
  readonly onNews?: (news: string) => void;
}

/** A server that a telephony service brings calls to. */
export interface Switchboard {
  readonly port: number;
  /** Hangs up all calls. */
  close(): Promise<void>;
}

/** How many bytes a message of the line may have; those of a telephone have some hundreds. */
const maxPayload = 64 * 1024;

/**
 * Answers `POST /incoming`, the webhook of a call, with where its sound goes (TwiML), and the media streams that come to
 * `/media` with a call each.
 */
export async function switchboard({ transport, port, onNews }: SwitchboardOptions): Promise<Switchboard> {
  const server = createServer(({ method, url, headers: { host = "" } }, response) => {
    if (method !== "POST" || url !== "/incoming") return response.writeHead(404).end();
    // Check here who asks, by the signature of your telephony service: every call is on your account.
    if (!/^[\w.:-]+$/.test(host)) return response.writeHead(400).end();
    const twiml = `<Response><Connect><Stream url="wss://${host}/media"/></Connect></Response>`;
    return response.writeHead(200, { "Content-Type": "text/xml" }).end(twiml);
  });
  const streams = new WebSocketServer({ server, path: "/media", maxPayload });
  streams.on("connection", (socket) => {
    const { message, end } = call({ line: socket, transport, ...(onNews && { onNews }) });
    socket.on("message", (data) => message(String(data)));
    socket.on("close", end);
    socket.on("error", () => {}); // "close" follows
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    // A server that listens on a port has an address with one.
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of streams.clients) socket.close();
      streams.close();
      server.close();
      await once(server, "close");
    },
  };
}
