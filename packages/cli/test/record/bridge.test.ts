import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { bridge } from "../../src/record/bridge.ts";

/** A socket that takes as much as a test says. */
class SlowSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  isPaused = false;
  readonly sent: (() => void)[] = [];
  pause() {
    this.isPaused = true;
  }
  resume() {
    this.isPaused = false;
  }
  send(bytes: Uint8Array, _options: object, done: () => void) {
    this.bufferedAmount += bytes.length;
    this.sent.push(() => {
      this.bufferedAmount -= bytes.length;
      done();
    });
  }
}

describe("a bridge", () => {
  it("lets a sender wait while the other side is slow, and go on when it has caught up", () => {
    const [client, server] = [new SlowSocket(), new SlowSocket()];
    // Of a socket, the bridge uses what stands above.
    bridge(client as unknown as WebSocket, server as unknown as WebSocket, { frame() {}, closed() {} });
    const megabyte = Buffer.alloc(1024 * 1024);
    let frames = 0;
    for (; !server.isPaused && frames < 100; frames++) server.emit("message", megabyte, true);
    expect(frames).toBe(5);
    expect(client.isPaused).toBe(false);
    client.sent.shift()?.();
    client.sent.shift()?.();
    expect(server.isPaused).toBe(true);
    client.sent.shift()?.();
    client.sent.shift()?.();
    expect(server.isPaused).toBe(false);
  });
});
