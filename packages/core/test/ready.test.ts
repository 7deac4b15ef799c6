import type { ClientEvent } from "@duologue/protocol";
import { openaiRealtime } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { memoryTransport, realtimeSession, type Transport } from "../src/index.ts";
import { greeting } from "./small-server.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

const update: ClientEvent = {
  type: "session.update",
  session: { type: "realtime", instructions: "Be brief." },
};

/** A session, its links in their order, and whether each has been told that its media may be heard. */
function setUp() {
  const links: { told: boolean; acknowledge(): void; break(): void }[] = [];
  const inner = memoryTransport({
    accept(peer) {
      const say = (event: object) => peer.send(JSON.stringify({ event_id: "event_1", ...event }));
      links.push({
        told: false,
        acknowledge: () => say({ ...greeting, type: "session.updated" }),
        break: () => peer.break(),
      });
      say(greeting);
      return { frame() {}, closed() {} };
    },
  });
  const transport: Transport = {
    ...inner,
    open(sink, options) {
      const number = links.length;
      void options?.ready?.then(() => {
        const link = links[number];
        if (link !== undefined) link.told = true;
      });
      return inner.open(sink, options);
    },
  };
  const session = realtimeSession({
    transport,
    protocol: openaiRealtime,
    configure: [update],
    reconnect: { random: () => 0 },
  });
  session.continueWith({ history: () => [], isQuiet: () => true });
  return { session, links };
}

describe("the turn of a connection", () => {
  it("comes when the session is configured", async () => {
    const { session, links } = setUp();
    const opening = session.open();
    await settle();
    expect([session.status.state, links[0]?.told]).toEqual(["configuring", false]);
    links[0]?.acknowledge();
    await opening;
    await settle();
    expect(links[0]?.told).toBe(true);
    await session.close();
  });

  it("comes for the next one when it has taken over", async () => {
    const { session, links } = setUp();
    const opening = session.open();
    await settle();
    links[0]?.acknowledge();
    await opening;
    links[0]?.break();
    while (links[1] === undefined) await settle();
    await settle();
    expect([session.status.state, links[1].told]).toEqual(["reconnecting", false]);
    links[1].acknowledge();
    while (session.status.state !== "ready") await settle();
    await settle();
    expect(links[1].told).toBe(true);
    await session.close();
  });

  it("never comes for one that is refused its configuration", async () => {
    const { session, links } = setUp();
    const opening = session.open().catch(() => {});
    await settle();
    links[0]?.break();
    await opening;
    await settle();
    expect(links[0]?.told).toBe(false);
    await session.close();
  });
});
