import { expect, it } from "vitest";
import { awaited, until } from "../waiting.ts";
import type { CallScene, CallTab } from "./call-scene.ts";
import type { CallRequest } from "./page.ts";

/** A sample of the tone, of 32768. */
export const loud = 3_000;
/** What Opus makes of silence. */
const quiet = 50;
/** A tone that goes on and on is noise to a browser. */
export const raw = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

const isLoud = (heard: readonly number[]) => (heard.at(-1) ?? 0) > loud;

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
    const count = async (type: string) => (await run("report")).events.filter((each) => each === type).length;

    const asks = async () => {
      await run("mute", false);
      await run("came", "input_audio_buffer.speech_started");
      await run("mute", true);
    };
    // A short answer is not over before somebody listens.
    await Promise.all([run("hears", "sound"), asks()]);
    await run("came", "output_audio_buffer.stopped");
    await run("mute", false);
    await run("came", "input_audio_buffer.speech_started", 2);
    await run("mute", true);
    // This answer goes on until it is interrupted.
    await run("came", "output_audio_buffer.started", 2);
    await run("hears", "sound");
    await run("mute", false);
    await run("came", "output_audio_buffer.cleared");
    await run("came", "conversation.item.truncated");
    expect(await count("input_audio_buffer.speech_started")).toBe(3);
    // As long as somebody speaks, nobody answers.
    await run("hears", "silence");
    expect(await count("output_audio_buffer.started")).toBe(2);
    await run("mute", true);
    await run("came", "output_audio_buffer.started", 3);
    await run("came", "output_audio_buffer.stopped", 2);
    const { items } = await run("report");
    const turn = ["user", "assistant"];
    expect(items.map((item) => item.split(":")[0])).toEqual([...turn, ...turn, ...turn]);
    await run("close");
  });

  it("mutes really, and lets be heard again", async () => {
    const { run, call } = await open();
    await run("open", direct());
    const { hears } = call();
    await hears("the tone", (heard) => heard.length > 50 && heard.slice(-20).every((peak) => peak > loud));
    await run("mute", true);
    await hears("silence", (heard) => heard.slice(-100).every((peak) => peak < quiet));
    expect((await run("report")).isMuted).toBe(true);
    await run("mute", false);
    await hears("the tone again", isLoud);
    await run("close");
  });

  it("is muted from the start where that was wanted before there was a microphone", async () => {
    const { run, call } = await open();
    await run("open", { ...direct(), muted: true });
    const { heard, hears } = call();
    await hears("anything for two seconds", ({ length }) => length >= 200);
    expect(Math.max(...heard)).toBeLessThan(quiet);
    await run("mute", false);
    await hears("the tone", isLoud);
  });

  it("measures how it fares", async () => {
    const { run } = await open();
    await run("open", direct());
    const stats = await run("stats");
    // How good it is depends on how busy the machine is: sound that comes unevenly is told as such.
    expect(stats).toMatchObject({
      verdict: expect.stringMatching(/good|fair|poor/),
      reason: expect.stringMatching(/\.$/),
    });
    expect(stats.roundTripMs).toBeGreaterThanOrEqual(0);
    expect(stats.incoming.jitterMs).toBeGreaterThanOrEqual(0);
    const level = async () => (await run("stats")).outgoing.audioLevel;
    if (tellsLevel) await until("a level to be told", async () => ((await level()) ?? 0) > 0.1);
    else expect(stats.outgoing.audioLevel).toBeUndefined();
  });

  it("goes by way of the page's own server", async () => {
    const { run } = await open();
    const { callId, error } = await run("open", { endpoint: "/calls" });
    expect(error).toBeUndefined();
    expect(callId).toMatch(/^rtc_/);
  });

  it("recovers from a peer that is killed, asks for no microphone again, and stays muted", async () => {
    const { run, call } = await open();
    const { callId = "" } = await run("open", direct());
    await run("say", "What is the weather?");
    await run("came", "conversation.item.done");
    await run("mute", true);
    call().link.cut?.();
    await run("replaced", callId);
    const { statuses, questions, isMuted, items } = await run("report");
    expect(statuses).toContain("reconnecting");
    expect([questions, isMuted]).toEqual([1, true]);
    const { heard, hears } = call();
    await hears("anything for a second", ({ length }) => length > 100);
    expect(Math.max(...heard)).toBeLessThan(quiet);
    await run("mute", false);
    await hears("the tone", isLoud);
    expect(items.slice(0, 1)).toEqual(["user: What is the weather?"]);
  });

  it("leaves nothing running on the emulator when the page is closed in mid-sentence", async () => {
    const { run, call, close } = await open();
    await run("open", { ...direct(), muted: true });
    await run("say", "What is the weather?");
    await run("came", "output_audio_buffer.started");
    const { ended } = call();
    await close();
    await awaited("the call to end", ended);
    await until("every session to end", () =>
      scene()
        .emulator.control.sessions()
        .every(({ ended: end }) => end !== undefined),
    );
  });
}
