import { RealtimeError } from "@duologue/core";
import { virtualClock } from "@duologue/testing";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { failedStep, type SdpOffer, type WebRtcOptions, webRtc } from "../src/index.ts";
import { diary, failure } from "./diary.ts";
import { FakePeer, fakePeerConnection } from "./fake-peer.ts";
import { fakeDevices } from "./fake-track.ts";

beforeEach(() => {
  FakePeer.made = [];
});

/** Lets promises settle. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function dial(options: Partial<WebRtcOptions> = {}) {
  const clock = virtualClock();
  const devices = fakeDevices();
  const own = diary();
  const abort = new AbortController();
  const offers: SdpOffer[] = [];
  const exchanged = Promise.withResolvers<{ sdp: string; callId?: string }>();
  const transport = webRtc({
    clock,
    mediaDevices: devices,
    RTCPeerConnection: fakePeerConnection,
    exchange(offer) {
      offers.push(offer);
      return exchanged.promise;
    },
    ...options,
  });
  const opening = transport.open(own.sink, { signal: abort.signal });
  opening.catch(() => {});
  return { clock, devices, own, abort, offers, exchanged, transport, opening };
}

type Devices = ReturnType<typeof fakeDevices>;

/** A dial up to a step: the device is allowed, the offer is out, the answer is taken, there is a path. */
async function dialUpTo(
  step: "device" | "exchange" | "ice" | "channel",
  options: Partial<WebRtcOptions> = {},
) {
  const call = dial(options);
  await settled();
  const track = step === "device" ? undefined : call.devices.questions[0]?.allow();
  await settled();
  const [peer] = FakePeer.made;
  if (step === "ice" || step === "channel") call.exchanged.resolve({ sdp: "v=0 answer", callId: "rtc_1" });
  await settled();
  if (step === "channel") peer?.become("connected");
  return { ...call, peer, track };
}

describe("opening a call", () => {
  it("makes the channel before the offer, and opens when the channel does", async () => {
    const configuration = { iceServers: [{ urls: "stun:stun.example" }] };
    const { peer, offers, opening, own } = await dialUpTo("channel", { configuration });
    expect(peer?.configuration).toEqual(configuration);
    expect(peer?.channel).toMatchObject({ label: "oai-events", binaryType: "arraybuffer" });
    expect(offers).toMatchObject([{ sdp: "offer 1" }]);
    expect(peer?.remoteSdp).toBe("v=0 answer");
    peer?.channel?.become("open");
    peer?.channel?.receive("at once");
    const connection = await opening;
    expect(own.frames).toEqual(["at once"]);
    expect(connection).toMatchObject({ callId: "rtc_1", maxFrameBytes: 1_000, peer });
  });

  it("names the channel as it is told", async () => {
    const { peer } = await dialUpTo("exchange", { channelLabel: "events" });
    expect(peer?.channel?.label).toBe("events");
  });

  it("sends the offer when our addresses are known, or when the time for that is up", async () => {
    const known = await dialUpTo("exchange", { gatheringMs: 500 });
    expect(known.offers).toEqual([]);
    known.peer?.gather();
    await settled();
    expect(known.offers).toHaveLength(1);
    FakePeer.made = [];
    const slow = await dialUpTo("exchange", { gatheringMs: 500 });
    await slow.clock.advance(500);
    expect(slow.offers).toHaveLength(1);
    FakePeer.made = [];
    const aborted = await dialUpTo("exchange", { gatheringMs: 500 });
    aborted.abort.abort();
    expect((await failure(aborted.opening)).code).toBe("aborted");
    expect(aborted.clock.pending).toBe(0);
  });

  it.each(["device", "exchange", "ice", "channel"] as const)(
    "can be aborted while it waits at the step %s, and leaves nothing",
    async (step) => {
      const { abort, opening, peer, track, own, offers, clock, devices } = await dialUpTo(step);
      abort.abort(new Error("changed my mind"));
      expect(await failure(opening)).toMatchObject({ code: "aborted", cause: new Error("changed my mind") });
      expect(offers.every(({ signal }) => signal.aborted)).toBe(true);
      expect([peer?.isClosed ?? true, track?.readyState ?? "ended"]).toEqual([true, "ended"]);
      expect(clock.pending).toBe(0);
      // What comes too late is let go of.
      if (step === "device") {
        const late = devices.questions[0]?.allow();
        await settled();
        expect(late?.readyState).toBe("ended");
      }
      peer?.channel?.become("open");
      peer?.channel?.receive("too late");
      expect([own.frames, own.ends]).toEqual([[], []]);
    },
  );

  it.each([
    ["exchange", "exchange", /it took more than 10000 ms\. Check that the server of the exchange runs/],
    ["ice", "ice", /it took more than 10000 ms\. A firewall may keep UDP out: add a TURN server/],
    [
      "channel",
      "channel",
      /it took more than 10000 ms\. The server took the call and opened no data channel/,
    ],
  ] as const)("gives up after connectTimeoutMs at the step %s", async (at, step, message) => {
    const { clock, opening, peer, track } = await dialUpTo(at);
    await clock.advance(10_000);
    const error = await failure(opening);
    expect([error.code, failedStep(error)]).toEqual(["connect_failed", step]);
    expect(error.message).toMatch(message);
    expect([peer?.isClosed, track?.readyState, clock.pending]).toEqual([true, "ended", 0]);
  });

  it("lets a person read the question for the microphone as long as they like", async () => {
    const { clock, devices, offers } = await dialUpTo("device");
    await clock.advance(600_000);
    devices.questions[0]?.allow();
    await settled();
    expect(offers).toHaveLength(1);
  });

  it.each([
    ["is allowed", (devices: Devices) => devices.questions[0]?.allow()],
    ["is refused", (devices: Devices) => devices.questions[0]?.refuse("NotAllowedError")],
  ] as const)("tells whoever dials that a person is asked, until the microphone %s", async (_, answer) => {
    const devices = fakeDevices();
    const transport = webRtc({
      mediaDevices: devices,
      RTCPeerConnection: fakePeerConnection,
      exchange: () => new Promise(() => {}),
    });
    const told: string[] = [];
    const abort = new AbortController();
    const opening = transport.open(diary().sink, {
      signal: abort.signal,
      asking(answered) {
        told.push("asked");
        const tell = () => void told.push("answered");
        answered.then(tell, tell);
      },
    });
    opening.catch(() => {});
    await settled();
    expect(told).toEqual(["asked"]);
    answer(devices);
    await settled();
    expect(told).toEqual(["asked", "answered"]);
    abort.abort();
  });

  it("says that no offer could be made", async () => {
    class Refusing {
      constructor() {
        throw new SyntaxError("'stan:' is not a valid URL.");
      }
    }
    // A stand-in that gets no further.
    const Peer = Refusing as unknown as typeof fakePeerConnection;
    const { opening, clock } = await dialUpTo("exchange", { RTCPeerConnection: Peer });
    const error = await failure(opening);
    expect(failedStep(error)).toBe("offer");
    expect(error.message).toBe(
      "Opening the WebRTC call failed: no offer could be made: 'stan:' is not a valid URL. Check the configuration, its iceServers above all.",
    );
    expect(clock.pending).toBe(0);
  });

  it("says that this runtime has no WebRTC", async () => {
    const transport = webRtc({ exchange: async () => ({ sdp: "" }), microphone: false });
    const error = await failure(transport.open(diary().sink));
    expect(error.message).toMatch(/this runtime has no RTCPeerConnection: hand one in/);
  });

  it("says why the offer could not be exchanged", async () => {
    const { exchanged, opening, peer } = await dialUpTo("exchange");
    exchanged.reject(new Error("The line is busy."));
    const error = await failure(opening);
    expect([error.code, failedStep(error), peer?.isClosed]).toEqual(["connect_failed", "exchange", true]);
    expect(error.message).toMatch(/could not be exchanged for an answer: The line is busy\. Check that/);
    expect(error.cause).toMatchObject({ cause: new Error("The line is busy.") });
  });

  it("passes an error on as it is that says enough", async () => {
    const { exchanged, opening } = await dialUpTo("exchange");
    const own = new RealtimeError("fatal", "Your plan has no calls.");
    exchanged.reject(own);
    expect(await failure(opening)).toBe(own);
  });

  it.each([undefined, {}, { sdp: 5 }, { sdp: "nonsense" }, "v=0"])(
    "says that an exchange brought no answer: %j",
    async (answer) => {
      const { exchanged, opening, peer } = await dialUpTo("exchange");
      // As a program without types may have it.
      exchanged.resolve(answer as { sdp: string });
      const error = await failure(opening);
      expect([error.code, failedStep(error), peer?.isClosed]).toEqual(["connect_failed", "exchange", true]);
      expect(error.message).toMatch(/has to resolve with \{ sdp \}/);
    },
  );

  it("fails, and leaves nothing, where what watches the network throws", async () => {
    const { peer, opening, track, clock, own } = await dialUpTo("channel", {
      networkChanges() {
        throw new Error("no permission for that");
      },
    });
    peer?.channel?.become("open");
    const error = await failure(opening);
    expect([error.code, failedStep(error)]).toEqual(["connect_failed", "channel"]);
    expect(error.message).toBe(
      "The open call could not be watched over: no permission for that. Check networkChanges.",
    );
    expect([peer?.isClosed, track?.readyState]).toEqual([true, "ended"]);
    peer?.channel?.become("closed");
    await clock.advance(60_000);
    expect([clock.pending, own.ends]).toEqual([0, []]);
  });

  it("opens where a window tells nothing, as in React Native", async () => {
    vi.stubGlobal("window", {});
    vi.stubGlobal("navigator", { connection: {} });
    try {
      const { peer, opening } = await dialUpTo("channel");
      peer?.channel?.become("open");
      expect((await opening).callId).toBe("rtc_1");
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("says that the answer could not be taken", async () => {
    const { exchanged, opening, peer } = await dialUpTo("exchange");
    if (peer) peer.answerError = new Error("Failed to parse SessionDescription.");
    exchanged.resolve({ sdp: "v=0 nonsense" });
    const error = await failure(opening);
    expect(failedStep(error)).toBe("answer");
    expect(error.message).toMatch(/the answer could not be taken: Failed to parse/);
  });

  it("says that there is no path through the network", async () => {
    const { peer, opening } = await dialUpTo("ice");
    peer?.become("failed");
    const error = await failure(opening);
    expect(failedStep(error)).toBe("ice");
    expect(error.message).toMatch(/no path through the network was found\. A firewall may keep UDP out/);
  });

  it("says that the channel was closed before it was open", async () => {
    const { peer, opening } = await dialUpTo("channel");
    peer?.channel?.become("closed");
    const error = await failure(opening);
    expect(failedStep(error)).toBe("channel");
    expect(error.message).toMatch(/the data channel was closed before it was open/);
  });

  it("asks for the device once for two attempts where the app opened it ahead", async () => {
    const { devices, transport, exchanged, opening } = await dialUpTo("exchange");
    const ahead = transport.microphone.open();
    await ahead;
    exchanged.reject(new Error("busy"));
    await failure(opening);
    expect(transport.microphone.state.status).toBe("on");
    transport.open(diary().sink).catch(() => {});
    await settled();
    expect(devices.questions).toHaveLength(1);
  });
});
