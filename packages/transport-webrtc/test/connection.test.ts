import { virtualClock } from "@duologue/testing";
import { firstValueFrom } from "rxjs";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type CallStats, type WebRtcOptions, webRtc } from "../src/index.ts";
import { diary } from "./diary.ts";
import { FakePeer, fakePeerConnection } from "./fake-peer.ts";
import { fakeDevices, fakeTrack } from "./fake-track.ts";

beforeEach(() => {
  FakePeer.made = [];
});

/** Lets promises settle. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A call that is up. */
async function call(
  options: Partial<WebRtcOptions> = {},
  ready?: Promise<void>,
  closing = new AbortController(),
) {
  const clock = virtualClock();
  const own = diary();
  const track = fakeTrack();
  const transport = webRtc({
    clock,
    microphone: track,
    RTCPeerConnection: fakePeerConnection,
    exchange: async () => ({ sdp: "v=0 answer", callId: "rtc_1" }),
    networkChanges: () => () => {},
    ...options,
  });
  const opening = transport.open(own.sink, {
    closing: closing.signal,
    ...(ready === undefined ? {} : { ready }),
  });
  await settled();
  const peer = FakePeer.made.at(-1);
  if (peer?.channel === undefined) throw new Error("There is no peer.");
  peer.become("connected");
  peer.channel.become("open");
  const connection = await opening;
  return { clock, own, track, transport, peer, channel: peer.channel, connection, closing };
}

describe("a call", () => {
  it("leaves no timer while it is open", async () => {
    const { clock } = await call();
    expect(clock.pending).toBe(0);
  });

  it("lets no sound through in either direction before it is its turn", async () => {
    const ready = Promise.withResolvers<void>();
    const { peer, track, transport } = await call({}, ready.promise);
    await settled();
    expect(peer.sender?.sent).toEqual([track.clones[0]]);
    expect(transport.playback.state.track).toBeUndefined();
    ready.resolve();
    await settled();
    expect(peer.sender?.sent.at(-1)).toBe(track);
    expect(transport.playback.state.track).toBe(peer.remote);
  });

  it("lets sound through at once where nobody says when", async () => {
    const { peer, track, transport } = await call();
    await settled();
    expect(peer.sender?.sent.at(-1)).toBe(track);
    expect(transport.playback.state.track).toBe(peer.remote);
  });

  it("stays silent where its turn comes when it is over", async () => {
    const ready = Promise.withResolvers<void>();
    const { peer, transport, connection, channel, track } = await call({}, ready.promise);
    const closing = connection.close();
    ready.resolve();
    await settled();
    expect(peer.sender?.sent).toEqual([track.clones[0], null]);
    expect(transport.playback.state.track).toBeUndefined();
    channel.become("closed");
    await closing;
  });

  it("takes its own close's code and reason for the end", async () => {
    const { connection, channel, own, peer, clock, transport } = await call();
    const closing = connection.close({ code: 4001, reason: "done" });
    expect([channel.readyState, peer.isClosed]).toEqual(["closing", false]);
    channel.become("closed");
    await closing;
    expect(own.ends).toEqual([{ code: 4001, reason: "done" }]);
    expect([peer.isClosed, clock.pending]).toEqual([true, 0]);
    expect(transport.playback.state.track).toBeUndefined();
  });

  it("closes when all has gone out that was sent before", async () => {
    const { connection, channel, clock, own } = await call();
    channel.bufferedAmount = 12;
    const closing = connection.close();
    expect(() => connection.send("x")).toThrow(expect.objectContaining({ code: "closed" }));
    await clock.advance(100);
    expect(channel.readyState).toBe("open");
    channel.bufferedAmount = 0;
    await clock.advance(5);
    expect(channel.readyState).toBe("closing");
    channel.become("closed");
    await closing;
    expect([own.ends, clock.pending]).toEqual([[{ code: 1000, reason: "" }], 0]);
  });

  it("waits so long for the other side to close, and drops it then", async () => {
    const { connection, own, peer, clock } = await call();
    const closing = connection.close({ code: 4001 });
    await clock.advance(1_999);
    expect(own.ends).toEqual([]);
    await clock.advance(1);
    await closing;
    expect(own.ends).toEqual([{ code: 1006, reason: "the peer did not answer the close within 2000 ms" }]);
    expect([peer.isClosed, clock.pending]).toEqual([true, 0]);
  });

  it("tells a channel that was closed from a peer that hung up", async () => {
    const closed = await call();
    closed.channel.become("closed");
    await closed.clock.advance(50);
    expect(closed.own.ends).toEqual([{ code: 1000, reason: "the peer closed the data channel" }]);

    const hungUp = await call();
    hungUp.channel.become("closed");
    hungUp.peer.sctp = { state: "closed", maxMessageSize: 1_000, transport: { state: "closed" } };
    await hungUp.clock.advance(50);
    expect(hungUp.own.ends).toEqual([{ code: 1006, reason: "the peer hung up" }]);

    const failed = await call();
    const error = new Error("User-Initiated Abort, reason=Close called");
    failed.channel.dispatchEvent(Object.assign(new Event("error"), { error }));
    failed.channel.become("closed");
    expect(failed.own.ends).toEqual([{ code: 1006, reason: error.message }]);
  });

  it("closes at once where the channel is closed already", async () => {
    const { channel, connection, own, clock } = await call();
    channel.become("closed");
    await connection.close({ code: 4002 });
    expect([own.ends, clock.pending]).toEqual([[{ code: 4002, reason: "" }], 0]);
  });

  it("is heard no more from the moment in which it is closed", async () => {
    const { connection, channel, peer, track } = await call();
    await settled();
    const closing = connection.close();
    await settled();
    expect([peer.sender?.sent.at(-1), track.readyState, peer.isClosed]).toEqual([null, "live", false]);
    channel.become("closed");
    await closing;
  });

  it("is lost where the path is, and keeps the microphone's track", async () => {
    const { peer, own, track, connection } = await call();
    peer.become("failed");
    expect(own.ends).toEqual([{ code: 1006, reason: "there is no path through the network any more" }]);
    expect([track.readyState, peer.isClosed]).toEqual(["live", true]);
    await connection.close();
    expect(own.ends).toHaveLength(1);
  });

  it.each(["loss", "close of the other side"])(
    "keeps a device of ours open after a %s, and closes it with our own",
    async (how) => {
      const devices = fakeDevices();
      const opening = call({ microphone: true, mediaDevices: devices });
      const device = devices.questions[0]?.allow();
      const first = await opening;
      if (how === "loss") first.peer.become("failed");
      else {
        first.channel.become("closed");
        await first.clock.advance(50);
      }
      expect([first.own.ends.length, device?.readyState]).toEqual([1, "live"]);
      const again = first.transport.open(diary().sink);
      await settled();
      const peer = FakePeer.made.at(-1);
      peer?.become("connected");
      peer?.channel?.become("open");
      const second = await again;
      expect(devices.questions).toHaveLength(1);
      const closing = second.close();
      expect(device?.readyState).toBe("ended");
      peer?.channel?.become("closed");
      await closing;
      expect([device?.readyState, first.clock.pending]).toEqual(["ended", 0]);
    },
  );

  it("closes a device of ours after a loss as soon as nobody dials again", async () => {
    const devices = fakeDevices();
    const opening = call({ microphone: true, mediaDevices: devices });
    const device = devices.questions[0]?.allow();
    const { peer, closing, transport, clock } = await opening;
    peer.become("failed");
    expect(device?.readyState).toBe("live");
    closing.abort();
    expect([device?.readyState, transport.microphone.state.status, clock.pending]).toEqual([
      "ended",
      "off",
      0,
    ]);
  });

  it("closes a device of ours when an attempt is given up for good", async () => {
    const devices = fakeDevices();
    const opening = call({ microphone: true, mediaDevices: devices });
    const device = devices.questions[0]?.allow();
    const { peer, closing, transport, clock } = await opening;
    peer.become("failed");
    const { signal } = closing;
    const again = transport.open(diary().sink, { signal, closing: signal });
    again.catch(() => {});
    await settled();
    closing.abort();
    await expect(again).rejects.toMatchObject({ code: "aborted" });
    expect([device?.readyState, clock.pending]).toEqual(["ended", 0]);
  });

  it("keeps a device that was opened ahead for 30 s after a loss, like any other", async () => {
    const devices = fakeDevices();
    const clock = virtualClock();
    const transport = webRtc({
      clock,
      mediaDevices: devices,
      RTCPeerConnection: fakePeerConnection,
      exchange: async () => ({ sdp: "v=0 answer" }),
    });
    const ahead = transport.microphone.open();
    const device = devices.questions[0]?.allow();
    await ahead;
    const opening = transport.open(diary().sink);
    await settled();
    const [peer] = FakePeer.made;
    peer?.channel?.become("open");
    await opening;
    peer?.become("failed");
    await clock.advance(29_999);
    expect(device?.readyState).toBe("live");
    await clock.advance(1);
    expect([device?.readyState, transport.microphone.state.status]).toEqual(["ended", "off"]);
  });

  it("stops the silent likeness of a device that is changed while it is dialled", async () => {
    const devices = fakeDevices();
    const clock = virtualClock();
    const transport = webRtc({
      clock,
      mediaDevices: devices,
      RTCPeerConnection: fakePeerConnection,
      exchange: async () => ({ sdp: "v=0 answer" }),
    });
    const opening = transport.open(diary().sink);
    await settled();
    const first = devices.questions[0]?.allow();
    await settled();
    const using = transport.microphone.use({ deviceId: { exact: "headset" } });
    const next = devices.questions[1]?.allow(fakeTrack("headset"));
    await using;
    const [peer] = FakePeer.made;
    peer?.channel?.become("open");
    await opening;
    await settled();
    expect(peer?.sender?.sent).toEqual([first?.clones[0], next?.clones[0], next]);
    expect([...(first?.clones ?? []), ...(next?.clones ?? [])].map(({ readyState }) => readyState)).toEqual([
      "ended",
      "ended",
    ]);
  });

  it("settles its close also where both the sink and who is told of that throw", async () => {
    const { connection, channel, own } = await call({
      onSinkError() {
        throw new Error("told");
      },
    });
    Object.assign(own.sink, {
      closed() {
        throw new Error("sink");
      },
    });
    channel.become("closed");
    expect(() => connection.close()).toThrow("told");
    await connection.close();
  });

  it("is lost where the microphone cannot be attached", async () => {
    const ready = Promise.withResolvers<void>();
    const { peer, own } = await call({}, ready.promise);
    if (peer.sender)
      peer.sender.replaceTrack = () => Promise.reject(new Error("The transceiver is stopped."));
    ready.resolve();
    expect(await own.ended).toEqual({
      code: 1006,
      reason: "the microphone could not be attached: The transceiver is stopped",
    });
  });

  it("negotiates another path for the very call, with its id", async () => {
    let changed = () => {};
    const asked: unknown[] = [];
    const { peer, clock } = await call({
      networkChanges(listener) {
        changed = listener;
        return () => {};
      },
      async restart({ sdp, callId }) {
        asked.push([sdp, callId]);
        return { sdp: "v=0 another answer" };
      },
    });
    changed();
    await clock.advance(500);
    await settled();
    expect(asked).toEqual([["offer 2, another path", "rtc_1"]]);
    expect(peer.remoteSdp).toBe("v=0 another answer");
  });

  it("gives up negotiating another path when the call is over", async () => {
    let changed = () => {};
    let given: AbortSignal | undefined;
    const { connection, channel, peer, clock } = await call({
      networkChanges(listener) {
        changed = listener;
        return () => {};
      },
      restart({ signal }) {
        given = signal;
        return new Promise((resolve) =>
          signal.addEventListener("abort", () => resolve({ sdp: "v=0 too late" })),
        );
      },
    });
    changed();
    await clock.advance(500);
    await settled();
    const closing = connection.close();
    channel.become("closed");
    await closing;
    await settled();
    expect([given?.aborted, peer.remoteSdp]).toEqual([true, "v=0 answer"]);
  });

  it("delivers bytes as text, and nothing after the end", async () => {
    const { channel, own, connection } = await call();
    channel.receive(new TextEncoder().encode("bytes").buffer);
    channel.receive(Uint8Array.of(0xff, 0x00).buffer);
    channel.receive(new Date(0));
    const closing = connection.close();
    channel.receive("last words");
    channel.become("closed");
    await closing;
    channel.receive("too late");
    expect(own.frames).toEqual([
      "bytes",
      "binary frame of 2 bytes, base64: /wA=",
      "frame of an unknown kind: [object Date]",
      "last words",
    ]);
  });

  it("throws overflow where the channel takes no more", async () => {
    const { channel, connection } = await call();
    channel.sendError = new Error("RTCDataChannel send queue is full");
    expect(() => connection.send("x")).toThrow(
      expect.objectContaining({ code: "overflow", message: expect.stringContaining("queue is full") }),
    );
  });

  it.each([
    [{ maxMessageSize: 262_144 }, 262_144],
    [{ maxMessageSize: Number.POSITIVE_INFINITY }, Number.MAX_SAFE_INTEGER],
    [{ maxMessageSize: 0 }, Number.MAX_SAFE_INTEGER],
    [null, 65_536],
  ])("takes frames as large as was negotiated: %j", async (sctp, most) => {
    class Peer extends FakePeer {
      override sctp =
        sctp === null ? null : { ...sctp, state: "connected", transport: { state: "connected" } };
    }
    // As `fakePeerConnection`.
    const RTCPeerConnection = Peer as unknown as typeof fakePeerConnection;
    const { connection } = await call({ RTCPeerConnection });
    expect(connection.maxFrameBytes).toBe(most);
  });

  it("measures while somebody is subscribed, and completes with the call", async () => {
    const { connection, peer, clock, channel } = await call({ statsMs: 500 });
    let bytes = 0;
    peer.getStats = async () => {
      bytes += 1_000;
      return new Map([
        ["O", { type: "outbound-rtp", kind: "audio", timestamp: bytes / 2, bytesSent: bytes }],
      ]);
    };
    expect(clock.pending).toBe(0);
    const measured: CallStats[] = [];
    const completed = vi.fn();
    const watching = connection.stats$.subscribe({
      next: (stats) => measured.push(stats),
      complete: completed,
    });
    await settled();
    await clock.advance(1_500);
    expect(measured.map(({ outgoing }) => outgoing.bitsPerSecond)).toEqual([16_000, 16_000, 16_000]);
    watching.unsubscribe();
    await clock.advance(5_000);
    expect([measured.length, clock.pending]).toEqual([3, 0]);
    // A measurement that is under way leads to nothing either.
    connection.stats$.subscribe().unsubscribe();
    await settled();
    expect(clock.pending).toBe(0);
    connection.stats$.subscribe({ complete: completed });
    const closing = connection.close();
    channel.become("closed");
    await closing;
    await settled();
    expect([completed.mock.calls.length, clock.pending]).toEqual([1, 0]);
  });

  it("measures no more than it is asked for", async () => {
    const { connection, peer, clock } = await call();
    let asked = 0;
    peer.getStats = async () => {
      asked += 1;
      return new Map([["T", { type: "transport", timestamp: asked * 1_000 }]]);
    };
    const first = firstValueFrom(connection.stats$);
    await settled();
    await clock.advance(1_000);
    expect(await first).toMatchObject({ intervalMs: 1_000 });
    await settled();
    expect([asked, clock.pending]).toEqual([2, 0]);
  });

  it("is not held by those who have stopped listening to its measurements", async () => {
    const add = vi.spyOn(AbortSignal.prototype, "addEventListener");
    const remove = vi.spyOn(AbortSignal.prototype, "removeEventListener");
    try {
      const { connection } = await call();
      add.mockClear();
      remove.mockClear();
      for (let round = 0; round < 3; round += 1) connection.stats$.subscribe().unsubscribe();
      expect([add.mock.calls.length, remove.mock.calls.length]).toEqual([3, 3]);
    } finally {
      vi.restoreAllMocks();
    }
  });

  it("says with a measurement that a track was stopped by its owner, and judges the connection", async () => {
    const { connection, peer, clock, track, transport } = await call();
    const statuses: string[] = [];
    transport.microphone.state$.subscribe(({ status }) => void statuses.push(status));
    const verdicts: string[] = [];
    const watching = connection.stats$.subscribe(({ verdict }) => void verdicts.push(verdict));
    let atMs = 0;
    peer.getStats = async () => {
      atMs += 1_000;
      return new Map([
        ["I", { id: "I", type: "inbound-rtp", timestamp: atMs, packetsReceived: atMs / 20, packetsLost: 0 }],
      ]);
    };
    await settled();
    track.stop();
    await clock.advance(2_000);
    expect(statuses).toEqual(["on", "ended"]);
    peer.become("disconnected");
    await clock.advance(1_000);
    expect(verdicts.at(-1)).toBe("poor");
    watching.unsubscribe();
  });

  it("goes on measuring where one measurement fails", async () => {
    const { connection, peer, clock } = await call({ statsMs: 500 });
    const figures: CallStats[] = [];
    let asked = 0;
    peer.getStats = async () => {
      asked += 1;
      if (asked === 2) throw new Error("not now");
      return new Map([["T", { type: "transport", timestamp: asked * 500 }]]);
    };
    const watching = connection.stats$.subscribe((stats) => figures.push(stats));
    await settled();
    await clock.advance(1_000);
    expect(figures.map(({ intervalMs }) => intervalMs)).toEqual([1_000]);
    watching.unsubscribe();
  });

  it("is hung up when the page is left for good", async () => {
    const page = new EventTarget();
    vi.stubGlobal("window", page);
    try {
      const { own, peer } = await call();
      page.dispatchEvent(Object.assign(new Event("pagehide"), { persisted: true }));
      expect(own.ends).toEqual([]);
      page.dispatchEvent(Object.assign(new Event("pagehide"), { persisted: false }));
      expect(own.ends).toEqual([{ code: 1001, reason: "the page was left" }]);
      expect(peer.isClosed).toBe(true);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});
