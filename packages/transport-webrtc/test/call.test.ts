import wrtc from "@roamhq/wrtc";
import { afterEach, describe, expect, it } from "vitest";
import { type CallStats, type WebRtcOptions, webRtc } from "../src/index.ts";
import { diary } from "./diary.ts";
import { type Loopback, loopback, presumed } from "./loopback.ts";
import { type Ears, ears, isLoud, isQuiet, type Tone, tone } from "./sound.ts";

// Real calls of two peers in this process, with sound.

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

function spoken(): Tone {
  const made = tone();
  ended.push(made.stop);
  return made;
}

function heard(track: MediaStreamTrack): Ears {
  const made = ears(track);
  ended.push(made.stop);
  return made;
}

function setUp(options: Partial<WebRtcOptions> = {}) {
  const own = spoken();
  const peers: Loopback = loopback(wrtc.RTCPeerConnection, {
    findChannel: presumed,
    speak: () => spoken().track,
  });
  ended.push(() => peers.stop());
  const transport = webRtc({
    exchange: peers.exchange,
    microphone: own.track,
    RTCPeerConnection: wrtc.RTCPeerConnection,
    ...options,
  });
  async function open(ready?: Promise<void>) {
    const { sink, ended: end } = diary();
    const connection = await transport.open(sink, ready === undefined ? {} : { ready });
    ended.push(() => connection.close());
    const call = await peers.next();
    return { connection, call, end, far: heard(await call.track) };
  }
  return { own, peers, transport, open };
}

describe("a call between two peers", () => {
  it("carries sound both ways from when it is its turn", async () => {
    const ready = Promise.withResolvers<void>();
    const { transport, open } = setUp();
    const { far } = await open(ready.promise);
    await far.hear("silence", (each) => isQuiet(each, 60));
    expect(transport.playback.state.track).toBeUndefined();
    ready.resolve();
    await far.hear("the tone", isLoud);
    const { track } = transport.playback.state;
    const near = heard(track ?? expect.fail("no track"));
    await near.hear("the tone", isLoud);
  });

  it("is muted, and sends a track that was handed in unharmed", async () => {
    const { transport, open, own } = setUp();
    const { far, connection } = await open();
    await far.hear("the tone", isLoud);
    transport.microphone.mute();
    await far.hear("silence", isQuiet);
    const stop = transport.microphone.talk();
    await far.hear("the tone", isLoud);
    stop();
    await far.hear("silence", isQuiet);
    transport.microphone.unmute();
    await far.hear("the tone", isLoud);
    await connection.close();
    expect([own.track.readyState, own.track.enabled]).toEqual(["live", true]);
  });

  it("hands over to the next one without a word from that before", async () => {
    const ready = Promise.withResolvers<void>();
    const { open } = setUp();
    const first = await open();
    await first.far.hear("the tone", isLoud);
    const second = await open(ready.promise);
    await second.far.hear("silence, and the first one the tone", (far) => {
      return isQuiet(far, 60) && isLoud(first.far);
    });
    ready.resolve();
    await first.connection.close();
    await second.far.hear("the tone", isLoud);
  });

  it("takes another track without negotiating", async () => {
    const { transport, open, peers } = setUp({ microphone: false });
    const { far } = await open();
    await far.hear("silence", (each) => isQuiet(each, 60));
    await transport.microphone.use(spoken().track);
    await far.hear("the tone", isLoud);
    expect(peers.calls).toHaveLength(1);
  });

  it("negotiates another path and goes on", async () => {
    let changed = () => {};
    const peers = loopback(wrtc.RTCPeerConnection, { findChannel: presumed });
    ended.push(() => peers.stop());
    const { connection, call, end } = await setUpRestart();
    const before = connection.peer.remoteDescription?.sdp;
    const negotiated = new Promise<void>((resolve) => {
      connection.peer.addEventListener("signalingstatechange", () => {
        if (connection.peer.remoteDescription?.sdp !== before) resolve();
      });
    });
    changed();
    await negotiated;
    const fragment = (sdp = "") => /a=ice-ufrag:(\S+)/.exec(sdp)?.[1];
    expect(fragment(connection.peer.remoteDescription?.sdp)).not.toBe(fragment(before));
    const channel = await call.channel;
    const frame = new Promise((resolve) => channel.addEventListener("message", ({ data }) => resolve(data)));
    connection.send("still here");
    expect(await frame).toBe("still here");
    await connection.close({ code: 4000, reason: "done" });
    expect(await end).toEqual({ code: 4000, reason: "done" });

    async function setUpRestart() {
      const transport = webRtc({
        exchange: peers.exchange,
        restart: peers.restart,
        microphone: false,
        RTCPeerConnection: wrtc.RTCPeerConnection,
        networkChanges(listener) {
          changed = listener;
          return () => {};
        },
      });
      const { sink, ended: over } = diary();
      const opened = await transport.open(sink);
      return { connection: opened, call: await peers.next(), end: over };
    }
  });

  it("measures a call", async () => {
    const { open } = setUp({ statsMs: 100 });
    const { connection, far } = await open();
    await far.hear("the tone", isLoud);
    const stats = await new Promise<CallStats>((resolve) => {
      const watching = connection.stats$.subscribe((each) => {
        if (each.outgoing.bitsPerSecond === 0 || each.incoming.bitsPerSecond === 0) return;
        resolve(each);
        queueMicrotask(() => watching.unsubscribe());
      });
    });
    expect(stats.outgoing.bitsPerSecond).toBeGreaterThan(5_000);
    expect(stats.incoming.bitsPerSecond).toBeGreaterThan(5_000);
    expect(stats.intervalMs).toBeGreaterThan(50);
    expect(stats.incoming.packetsLost).toBe(0);
  });
});
