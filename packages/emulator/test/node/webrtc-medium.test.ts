import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { CallLink, CallMedium, CallSession } from "../../src/mouth/call-medium.ts";
import { type WebRtcLibrary, webRtcLibrary } from "../../src/node/webrtc-library.ts";
import { webRtcMedium } from "../../src/node/webrtc-medium.ts";
import { type WebRtcCaller, webRtcCaller } from "../support/web-rtc-caller.ts";

/** A session that writes down what it is told. */
interface WrittenSession extends CallSession {
  readonly told: readonly string[];
  readonly ended: Promise<void>;
  onMicrophone: (samples: Int16Array) => void;
}

function writtenSession(): WrittenSession {
  const told: string[] = [];
  const ended = Promise.withResolvers<void>();
  const self: WrittenSession = {
    told,
    ended: ended.promise,
    onMicrophone: () => {},
    frame: (text) => told.push(text),
    binary: () => told.push("(binary)"),
    microphone: (samples) => self.onMicrophone(samples),
    end() {
      told.push("(end)");
      ended.resolve();
    },
  };
  return self;
}

const mediums: CallMedium[] = [];
const callers: WebRtcCaller[] = [];
afterEach(async () => {
  for (const caller of callers.splice(0)) caller.hangUp();
  for (const medium of mediums.splice(0)) await medium.close();
});

async function setUp(): Promise<CallMedium> {
  const medium = await webRtcMedium();
  mediums.push(medium);
  return medium;
}

/** A call that is up. */
async function call(medium: CallMedium, greet: (link: CallLink) => void = () => {}) {
  const caller = webRtcCaller();
  callers.push(caller);
  const session = writtenSession();
  const opened = Promise.withResolvers<CallLink>();
  let opens = 0;
  const { answerSdp } = await medium.answer(await caller.offer(), (link) => {
    opens += 1;
    greet(link);
    opened.resolve(link);
    return session;
  });
  await caller.answer(answerSdp);
  await caller.open;
  const link = await opened.promise;
  return { caller, session, link, opens: () => opens };
}

/** Resolves when `reached` holds, looked at on each turn of the event loop. */
async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setImmediate(resolve));
}

const toneHz = 500;

function tone(samples: number, from = 0): Int16Array {
  return Int16Array.from({ length: samples }, (_, index) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * toneHz * (from + index)) / 24_000)),
  );
}

const isLoud = (samples: Int16Array) => samples.some((sample) => Math.abs(sample) > 1_000);

/** How often a signal passes zero upwards, in Hz. */
function frequency(samples: readonly number[], sampleRate: number): number {
  const passes = samples.filter((sample, index) => index > 0 && sample >= 0 && (samples[index - 1] ?? 0) < 0);
  return (passes.length * sampleRate) / samples.length;
}

describe("webRtcMedium", () => {
  it("opens one session when the channel is open, and takes frames both ways in their order", async () => {
    const { caller, session, link, opens } = await call(await setUp(), (at) => at.send("hello"));
    for (let index = 0; index < 50; index += 1) link.send(`down ${index}`);
    for (let index = 0; index < 50; index += 1) caller.channel.send(`up ${index}`);
    caller.channel.send(new Uint8Array([1, 2, 3]));
    await until(() => session.told.length === 51 && caller.messages.length === 51);
    expect(session.told).toEqual([...Array.from({ length: 50 }, (_, index) => `up ${index}`), "(binary)"]);
    expect(caller.messages).toEqual(["hello", ...Array.from({ length: 50 }, (_, index) => `down ${index}`)]);
    expect(opens()).toBe(1);
  });

  it("hears frames that come as soon as the channel is open, in their order", async () => {
    const medium = await setUp();
    // As many as clients send then: of hundreds the library itself lets some change places, now and then.
    for (let round = 0; round < 3; round += 1) {
      const caller = webRtcCaller();
      callers.push(caller);
      caller.channel.addEventListener("open", () => {
        for (let index = 0; index < 5; index += 1) caller.channel.send(`at once ${index}`);
      });
      const session = writtenSession();
      const { answerSdp } = await medium.answer(await caller.offer(), () => session);
      await caller.answer(answerSdp);
      await until(() => session.told.length === 5);
      expect(session.told).toEqual(Array.from({ length: 5 }, (_, index) => `at once ${index}`));
    }
  });

  it("puts right what the library tells too early", async () => {
    const peer = Object.assign(new EventTarget(), {
      iceGatheringState: "complete",
      close() {},
      async setRemoteDescription() {},
      addTrack() {},
      async createAnswer() {},
      async setLocalDescription() {},
    });
    const channel = Object.assign(new EventTarget(), { label: "oai-events", readyState: "open", close() {} });
    const track = { stop() {} };
    const library = {
      MediaStream: function made() {
        return {};
      },
      RTCPeerConnection: function made() {
        return peer;
      },
      nonstandard: {
        RTCAudioSource: function made() {
          return { createTrack: () => track, onData() {} };
        },
      },
    };
    // A stand-in of which only that is used which is there.
    const medium = await webRtcMedium({ library: library as unknown as WebRtcLibrary });
    mediums.push(medium);
    const session = writtenSession();
    const offer = "v=0\r\nm=audio 9\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n";
    await medium.answer(offer, () => session);
    const message = (data: string) => channel.dispatchEvent(new MessageEvent("message", { data }));
    peer.dispatchEvent(Object.assign(new Event("datachannel"), { channel }));
    message("third");
    channel.dispatchEvent(new Event("open"));
    message("first");
    message("second");
    await until(() => session.told.length === 3);
    message("fourth");
    expect(session.told).toEqual(["first", "second", "third", "fourth"]);
  });

  it("hears the caller at 24 kHz, and silence while nothing is said", async () => {
    const { caller, session } = await call(await setUp());
    const heard: number[] = [];
    session.onMicrophone = (samples) => heard.push(...samples);
    await until(() => heard.length >= 4_800);
    expect(isLoud(Int16Array.from(heard))).toBe(false);

    let spoken = 0;
    const speaking = setInterval(() => {
      caller.speak(tone(240, spoken));
      spoken += 240;
    }, 10);
    await until(() => isLoud(Int16Array.from(heard.slice(-240))));
    const from = heard.length;
    await until(() => heard.length >= from + 24_000);
    clearInterval(speaking);
    const measured = frequency(heard.slice(from + 2_400, from + 21_600), 24_000);
    // The timer of this test is no sound card: now and then a frame comes late.
    expect(measured).toBeGreaterThan(toneHz * 0.9);
    expect(measured).toBeLessThan(toneHz * 1.1);
  });

  it("plays what it is given for as long as it lasts, and is silent before and after", async () => {
    const { caller, link } = await call(await setUp());
    const frames: boolean[] = [];
    const loud: number[] = [];
    let rate = 0;
    caller.onSound((samples, sampleRate) => {
      frames.push(isLoud(samples));
      if (isLoud(samples)) {
        loud.push(...samples);
        rate = sampleRate;
      }
    });
    await until(() => frames.length >= 20);
    expect(frames).not.toContain(true);
    link.play(tone(12_000));
    link.play(tone(12_000, 12_000));
    await until(() => frames.includes(true) && !frames.slice(-30).includes(true));
    const heardMs = frames.filter(Boolean).length * 10;
    expect(heardMs).toBeGreaterThan(900);
    expect(heardMs).toBeLessThan(1_200);
    const middle = loud.slice(Math.floor(loud.length * 0.2), Math.floor(loud.length * 0.8));
    expect(Math.abs(frequency(middle, rate) - toneHz)).toBeLessThan(toneHz * 0.1);
  });

  it("falls silent when it is flushed", async () => {
    const { caller, link } = await call(await setUp());
    const frames: boolean[] = [];
    caller.onSound((samples) => frames.push(isLoud(samples)));
    link.play(tone(24_000 * 30));
    await until(() => frames.includes(true));
    link.flush();
    await until(() => !frames.slice(-20).includes(true));
    // What was on its way, and no more: half a second of thirty.
    expect(frames.filter(Boolean).length).toBeLessThan(50);
  });

  it.each(["closes the channel", "hangs up"])("ends the session when the caller %s", async (how) => {
    const { caller, session } = await call(await setUp());
    if (how === "hangs up") caller.hangUp();
    else caller.channel.close();
    await session.ended;
    expect(session.told).toEqual(["(end)"]);
  });

  it("delivers what was sent before it closes a call", async () => {
    const { caller, session, link } = await call(await setUp());
    for (let index = 0; index < 20; index += 1) link.send(`last ${index}`);
    link.close(1001, "Your session hit the maximum duration of 60 minutes.");
    await caller.closed;
    await session.ended;
    expect(caller.messages).toEqual(Array.from({ length: 20 }, (_, index) => `last ${index}`));
    expect(() => link.send("too late")).toThrow(/closed/);
  });

  it("cuts a call", async () => {
    const { caller, session, link } = await call(await setUp());
    link.cut?.();
    await caller.closed;
    await session.ended;
  });

  it("ends a call with a frame that is larger than the channel takes", async () => {
    const { session, link } = await call(await setUp());
    expect(() => link.send("x".repeat(300_000))).toThrow(/larger/);
    await session.ended;
  });

  it("ends every call when it is closed, also those that nobody has come to", async () => {
    const medium = await setUp();
    const [one, other] = [await call(medium), await call(medium)];
    const caller = webRtcCaller();
    callers.push(caller);
    await medium.answer(await caller.offer(), () => writtenSession());
    await medium.close();
    await Promise.all([one.session.ended, other.session.ended, one.caller.closed, other.caller.closed]);
  });

  it.each([
    ["what is no SDP", () => Promise.resolve("hello"), /^The offer is no SDP/],
    [
      "an offer without sound",
      async () => (await withoutParts()).replace(/m=audio[\s\S]*?(?=m=)/, ""),
      /^The offer has no sound: add a track/,
    ],
    [
      "an offer without a data channel",
      async () => (await withoutParts()).replace(/m=application[\s\S]*/, ""),
      /^The offer has no data channel: make oai-events before/,
    ],
    [
      "an offer that is broken",
      async () => (await withoutParts()).replaceAll("a=fingerprint", "a=fungerprint").slice(0, 900),
      /^The offer /,
    ],
  ])("refuses %s with a sentence", async (_, offer, sentence) => {
    const medium = await setUp();
    await expect(medium.answer(await offer(), () => writtenSession())).rejects.toThrow(sentence);
  });

  async function withoutParts(): Promise<string> {
    const caller = webRtcCaller();
    callers.push(caller);
    return caller.offer();
  }

  it("says what to install where the library is not there", async () => {
    const missing = () => Promise.reject(new Error("Cannot find package '@roamhq/wrtc'"));
    await expect(webRtcLibrary(missing)).rejects.toThrow(
      "Calls by WebRTC need the package @roamhq/wrtc: install it beside @duologue/emulator. (Cannot find package '@roamhq/wrtc')",
    );
  });

  it("leaves nothing behind that keeps a process alive, or that crashes it at its end", async () => {
    const program = fileURLToPath(new URL("../support/web-rtc-program.ts", import.meta.url));
    const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
    });
    const code = await new Promise((resolve) => child.on("exit", (exit, signal) => resolve(exit ?? signal)));
    expect(said).toBe("called and closed\nlast words\n");
    expect(code).toBe(7);
  });
});
