import { virtualClock } from "@duologue/testing";
import { describe, expect, it } from "vitest";
import { iceWatch } from "../src/ice-watch.ts";

/** Lets promises settle. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function setUp({ canRestart = true } = {}) {
  const clock = virtualClock();
  const target = new EventTarget();
  const peer = Object.assign(target, { connectionState: "connected" });
  const restarts: { readonly signal: AbortSignal; done(): void; fail(error: Error): void }[] = [];
  const lost: string[] = [];
  let changed = () => {};
  let isListening = true;
  const stop = iceWatch({
    // A stand-in of which only that is used which is there.
    peer: peer as unknown as RTCPeerConnection,
    clock,
    disconnectedMs: 5_000,
    restart: canRestart
      ? (signal) => {
          const { promise, resolve, reject } = Promise.withResolvers<void>();
          restarts.push({ signal, done: resolve, fail: reject });
          return promise;
        }
      : undefined,
    networkChanges(listener) {
      changed = listener;
      return () => {
        isListening = false;
      };
    },
    lose(reason) {
      lost.push(reason);
      stop();
    },
  });
  const become = (state: string) => {
    peer.connectionState = state;
    peer.dispatchEvent(new Event("connectionstatechange"));
  };
  /** The network changes, and that is all for now. */
  const moved = async () => {
    changed();
    await clock.advance(500);
  };
  return {
    clock,
    become,
    restarts,
    lost,
    stop,
    changed: () => changed(),
    moved,
    isListening: () => isListening,
  };
}

describe("iceWatch", () => {
  it("waits for a path that comes back", async () => {
    const { clock, become, lost } = setUp({ canRestart: false });
    become("disconnected");
    await clock.advance(4_999);
    become("connected");
    await clock.advance(60_000);
    expect([lost, clock.pending]).toEqual([[], 0]);
  });

  it("loses a path that stays broken", async () => {
    const { clock, become, lost } = setUp({ canRestart: false });
    become("disconnected");
    become("disconnected");
    await clock.advance(5_000);
    expect(lost).toEqual(["nothing came through the network for 5000 ms"]);
  });

  it("loses at once where ICE has failed, or somebody closed the peer", () => {
    const failed = setUp({ canRestart: false });
    failed.become("failed");
    expect(failed.lost).toEqual(["there is no path through the network any more"]);
    const closed = setUp();
    closed.become("closed");
    expect(closed.lost).toEqual(["the peer connection was closed"]);
  });

  it("negotiates another path when the network has changed and come to rest", async () => {
    const { changed, moved, restarts, lost, clock } = setUp();
    changed();
    await clock.advance(499);
    changed();
    await clock.advance(499);
    expect(restarts).toHaveLength(0);
    await clock.advance(1);
    expect(restarts).toHaveLength(1);
    restarts[0]?.done();
    await settled();
    await moved();
    expect([restarts.length, lost]).toEqual([2, []]);
  });

  it("gives up what it negotiates for a network that is gone", async () => {
    const { moved, restarts, lost, become } = setUp();
    await moved();
    await moved();
    expect(restarts.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    // What becomes of it is of no interest.
    restarts[0]?.fail(new Error("offline"));
    await settled();
    become("failed");
    expect(lost).toEqual([]);
  });

  it("waits no longer for another path than for the present one", async () => {
    const { moved, restarts, lost, become, clock } = setUp();
    await moved();
    await clock.advance(5_000);
    expect([restarts[0]?.signal.aborted, lost, clock.pending]).toEqual([true, [], 0]);
    become("disconnected");
    expect(restarts).toHaveLength(2);
  });

  it("does not hold an old failure against a later success", async () => {
    const { moved, restarts, lost, become, clock } = setUp();
    await moved();
    restarts[0]?.fail(new Error("offline"));
    await settled();
    become("disconnected");
    restarts[1]?.done();
    await settled();
    become("failed");
    expect(lost).toEqual([]);
    become("connected");
    expect([lost, clock.pending]).toEqual([[], 0]);
  });

  it("has no other path where the server has no way for it", () => {
    const { changed, lost } = setUp({ canRestart: false });
    changed();
    expect(lost).toEqual([]);
  });

  it("negotiates another path when the present one breaks or fails, and waits for it", async () => {
    const { become, restarts, lost, clock } = setUp();
    become("disconnected");
    become("failed");
    expect(restarts).toHaveLength(1);
    restarts[0]?.done();
    await settled();
    become("connecting");
    become("connected");
    expect([lost, clock.pending]).toEqual([[], 0]);
    become("failed");
    expect(restarts).toHaveLength(2);
    await clock.advance(5_000);
    expect(lost).toEqual(["nothing came through the network for 5000 ms"]);
  });

  it("says why no other path was found", async () => {
    const { become, restarts, lost } = setUp();
    become("failed");
    restarts[0]?.fail(new Error("HTTP 404."));
    await settled();
    expect(lost).toEqual([
      "there is no path through the network any more; ICE could not be restarted: HTTP 404",
    ]);
  });

  it("forgets why another path was not found once there is one again", async () => {
    const { become, moved, restarts, lost, clock } = setUp();
    await moved();
    restarts[0]?.fail(new Error("HTTP 503."));
    await settled();
    become("connected");
    become("failed");
    expect([restarts.length, lost]).toEqual([2, []]);
    await clock.advance(5_000);
    expect(lost).toEqual(["nothing came through the network for 5000 ms"]);
  });

  it("lets go of everything", async () => {
    const { stop, become, clock, lost, isListening, changed, restarts } = setUp();
    become("disconnected");
    changed();
    stop();
    expect(restarts[0]?.signal.aborted).toBe(true);
    become("failed");
    await clock.advance(60_000);
    expect([lost, clock.pending, isListening()]).toEqual([[], 0, false]);
  });
});
