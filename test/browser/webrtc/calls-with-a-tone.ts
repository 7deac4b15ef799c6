import { expect, it } from "vitest";
import { type CallScene, type CallTab, until } from "./call-scene.ts";
import type { CallRequest } from "./page.ts";

/** A sample of the tone, of 32768. */
export const loud = 3_000;
/** What Opus makes of silence. */
const quiet = 50;
/** A tone that goes on and on is noise to a browser. */
export const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** How a browser with a tone as its microphone is tested. */
interface ToneCalls {
  readonly scene: () => CallScene;
  /** The page in a new tab, which goes with the test. */
  readonly open: () => Promise<CallTab>;
  /** Whether the browser tells how loud a microphone is. */
  readonly tellsLevel: boolean;
}

/** Tests of calls in which a tone is all that is heard. Who mutes it has stopped speaking. */
export function callsWithATone({ scene, open, tellsLevel }: ToneCalls): void {
  const direct = (): CallRequest => ({ base: scene().emulator.baseUrl, microphone: raw });

  it("is heard, is answered, and is interrupted", async () => {
    const { run } = await open();
    expect(await run("open", { ...direct(), muted: true })).toMatchObject({
      callId: expect.stringMatching(/^rtc_/),
      maxFrameBytes: 262_144,
    });
    const events = async () => (await run("report")).events;
    const came = (type: string) => until(async () => (await events()).includes(type));
    const count = async (type: string) => (await events()).filter((each) => each === type).length;

    await run("mute", false);
    await came("input_audio_buffer.speech_started");
    await run("mute", true);
    await came("output_audio_buffer.started");
    await until(async () => (await run("loudness", 30)) > 0.1);
    expect(await events()).not.toContain("output_audio_buffer.stopped");
    await run("mute", false);
    await came("output_audio_buffer.cleared");
    await came("conversation.item.truncated");
    expect(await count("input_audio_buffer.speech_started")).toBe(2);
    // As long as somebody speaks, nobody answers.
    await until(async () => (await run("loudness", 30)) < 0.01);
    expect(await events()).not.toContain("output_audio_buffer.stopped");
    await run("mute", true);
    await came("output_audio_buffer.stopped");
    const { items } = await run("report");
    expect(items.map((item) => item.split(":")[0])).toEqual(["user", "assistant", "user", "assistant"]);
    await run("close");
  });

  it("mutes really, and lets be heard again", async () => {
    const { run, call } = await open();
    await run("open", direct());
    const { heard } = call();
    await until(() => heard.slice(-20).every((peak) => peak > loud) && heard.length > 50);
    await run("mute", true);
    await until(() => heard.slice(-100).every((peak) => peak < quiet));
    expect((await run("report")).isMuted).toBe(true);
    await run("mute", false);
    await until(() => (heard.at(-1) ?? 0) > loud);
    await run("close");
  });

  it("is muted from the start where that was wanted before there was a microphone", async () => {
    const { run, call } = await open();
    await run("open", { ...direct(), muted: true });
    const { heard } = call();
    await until(() => heard.length >= 200);
    expect(Math.max(...heard)).toBeLessThan(quiet);
    await run("mute", false);
    await until(() => (heard.at(-1) ?? 0) > loud);
  });

  it("measures how it fares", async () => {
    const { run } = await open();
    await run("open", direct());
    // The first round trip is measured while all begins at once.
    let stats = await run("stats");
    while (stats.verdict !== "good") stats = await run("stats");
    expect(stats.reason).toBe("Sound arrives whole and in time.");
    expect(stats.outgoing.bitsPerSecond).toBeGreaterThan(5_000);
    if (tellsLevel) expect(stats.outgoing.audioLevel).toBeGreaterThan(0.1);
    else expect(stats.outgoing.audioLevel).toBeUndefined();
    expect(stats.roundTripMs).toBeLessThan(300);
    expect(stats.incoming.packetsLost).toBe(0);
  });

  it("goes by way of the page's own server", async () => {
    const { run } = await open();
    const { callId, error } = await run("open", { endpoint: "/calls" });
    expect(error).toBeUndefined();
    expect(callId).toMatch(/^rtc_/);
  });

  it("recovers from a peer that is killed, asks for no microphone again, and stays muted", async () => {
    const { run, call } = await open();
    const { callId } = await run("open", direct());
    await run("say", "What is the weather?");
    await until(async () => (await run("report")).events.includes("conversation.item.done"));
    await run("mute", true);
    call().link.cut?.();
    await until(async () => {
      const { status, callId: next } = await run("report");
      return status === "ready" && next !== callId;
    });
    const { statuses, questions, isMuted, items } = await run("report");
    expect(statuses).toContain("reconnecting");
    expect([questions, isMuted]).toEqual([1, true]);
    const { heard } = call();
    await until(() => heard.length > 100);
    expect(Math.max(...heard)).toBeLessThan(quiet);
    await run("mute", false);
    await until(() => (heard.at(-1) ?? 0) > loud);
    expect(items.slice(0, 1)).toEqual(["user: What is the weather?"]);
  });

  it("leaves nothing running on the emulator when the page is closed in mid-sentence", async () => {
    const { run, call, close } = await open();
    await run("open", { ...direct(), muted: true });
    await run("say", "What is the weather?");
    await until(async () => (await run("report")).events.includes("output_audio_buffer.started"));
    const { ended } = call();
    await close();
    await ended;
    await until(() =>
      scene()
        .emulator.control.sessions()
        .every(({ ended: end }) => end !== undefined),
    );
  });
}
