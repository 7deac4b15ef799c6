import { bytesToBase64, encodeMuLaw } from "@duologue/audio";
import { conversation, type Interruption, markPlayer } from "@duologue/conversation";
import { type Clock, realtimeSession } from "@duologue/core";
import { emulator } from "@duologue/emulator";
import { type AudioFormat, type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { virtualClock } from "@duologue/testing";
import { describe, expect, it } from "vitest";

// The program of the README: a call that comes in as a media stream, with a service that knows nothing of telephones.

/** The telephony service's end of a media stream: it plays G.711, sends marks back, and takes `networkMs` each way. */
function telephony(clock: Clock, networkMs: number) {
  let listener: (text: string) => void = () => {};
  let queue: { readonly name?: string; readonly ms: number }[] = [];
  let playing = () => {};
  let isPlaying = false;
  let heardMs = 0;
  let playingSince = 0;

  const say = (message: object) => void clock.after(networkMs, () => listener(JSON.stringify(message)));
  const markBack = (name: string) => say({ event: "mark", mark: { name } });
  function next(): void {
    const [first, ...rest] = queue;
    if (first === undefined || isPlaying) return;
    queue = rest;
    if (first.name !== undefined) {
      markBack(first.name);
      next();
      return;
    }
    isPlaying = true;
    playingSince = clock.now();
    playing = clock.after(first.ms, () => {
      isPlaying = false;
      heardMs += first.ms;
      next();
    });
  }
  return {
    on(_: "message", listen: (text: string) => void) {
      listener = listen;
    },
    send(text: string) {
      clock.after(networkMs, () => {
        const message = JSON.parse(text);
        if (message.event === "media") {
          queue.push({ ms: Buffer.from(message.media.payload, "base64").length / 8 });
        } else if (message.event === "mark") queue.push({ name: message.mark.name, ms: 0 });
        else {
          playing();
          if (isPlaying) heardMs += clock.now() - playingSince;
          isPlaying = false;
          for (const { name } of queue.splice(0)) if (name !== undefined) markBack(name);
        }
        next();
      });
    },
    /** What the caller has heard. */
    heard: () => heardMs + (isPlaying ? clock.now() - playingSince : 0),
    /** The caller makes a sound. */
    speak: (payload: string) => say({ event: "media", media: { payload } }),
  };
}

describe("a conversation on a telephone line", () => {
  it("truncates what the caller did not hear, by the line's marks", async () => {
    const clock = virtualClock();
    const networkMs = 60;
    const telephone: AudioFormat = { type: "audio/pcmu" };
    const service = emulator({
      clock,
      epochMs: () => clock.now(),
      scenario: {
        turns: [{ say: "This is a long answer that the caller is going to interrupt in the middle." }],
      },
    });
    const session = realtimeSession({
      transport: service.transport(),
      protocol: openaiRealtime,
      clock,
      epochMs: () => clock.now(),
      configure: [
        {
          type: "session.update",
          session: {
            type: "realtime",
            audio: { input: { format: telephone }, output: { format: telephone } },
          },
        },
      ],
    });
    const line = telephony(clock, networkMs);
    const streamSid = "stream_1";

    const player = markPlayer({
      media: (payload) => line.send(JSON.stringify({ event: "media", streamSid, media: { payload } })),
      mark: (name) => line.send(JSON.stringify({ event: "mark", streamSid, mark: { name } })),
      clear: () => line.send(JSON.stringify({ event: "clear", streamSid })),
    });
    const talk = conversation(session, { player, clock });
    line.on("message", (text) => {
      const message = JSON.parse(String(text));
      if (message.event === "media") talk.appendAudio(message.media.payload);
      if (message.event === "mark") player.played(message.mark.name);
    });

    const cuts: ClientEvent[] = [];
    const interruptions: Interruption[] = [];
    session.log$.subscribe(({ from, event }) => {
      if (from === "client" && event.type === "conversation.item.truncate") cuts.push(event as ClientEvent);
    });
    talk.interruptions$.subscribe((each) => void interruptions.push(each));
    const opening = session.open();
    await clock.advance(500);
    await opening;
    talk.respond();
    await clock.advance(2000);
    const voice = Int16Array.from({ length: 800 }, (_, at) => 16_000 * Math.sin(at * 0.3));
    let heardAtCut = 0;
    for (let step = 0; step < 10 && cuts.length === 0; step += 1) {
      line.speak(bytesToBase64(encodeMuLaw(voice)));
      heardAtCut = line.heard();
      await clock.advance(100);
    }
    const [cut] = cuts;
    expect(cuts).toHaveLength(1);
    const audioEndMs = cut !== undefined && "audio_end_ms" in cut ? cut.audio_end_ms : Number.NaN;
    // Somewhere in the last 100 ms of the test it was cut.
    expect(audioEndMs).toBeLessThanOrEqual(heardAtCut + 100);
    expect(audioEndMs).toBeGreaterThanOrEqual(heardAtCut - 100 - networkMs);
    expect(interruptions).toMatchObject([{ by: "user", truncatedAtMs: audioEndMs }]);
    // The caller hears no more of it, and the marks of what was cleared say nothing.
    await clock.advance(networkMs);
    const heard = line.heard();
    await clock.advance(1000);
    expect(line.heard()).toBe(heard);
    expect(talk.state.items.find(({ responseId }) => responseId !== undefined)).toMatchObject({
      content: [{ audio: { truncatedAtMs: audioEndMs, playback: "flushed" } }],
    });
    const closing = session.close();
    await clock.advance(100);
    await closing;
    talk.close();
  });
});
