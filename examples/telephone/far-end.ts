import { base64ToBytes, bytesToBase64, encodeMuLaw } from "@duologue/audio";
import type { Clock } from "@duologue/core";

/** A telephony service's end of a media stream, and the caller behind it: for tests, and to try a switchboard. */
export interface FarEnd {
  /** To be called with each message that is sent to the line. */
  message(text: string): void;
  /** What the caller has heard so far: µ-law, without the pauses. */
  heard(): Uint8Array;
  /** How often the line was told to forget what it had not played. */
  readonly clears: number;
  /** The caller's voice, until `quiet`; before it there is silence. */
  speak(): void;
  quiet(): void;
  /** The caller hangs up. */
  hangUp(): void;
  /** The line is gone: nothing is sent or played any more. */
  end(): void;
}

/** What a far end is made of. */
export interface FarEndOptions {
  readonly clock: Clock;
  /** Sends to whoever answers. */
  readonly send: (text: string) => void;
  /** How long a message takes, each way; 0 unless told. */
  readonly networkMs?: number;
}

/** 8 kHz, a byte each. */
const bytesPerMs = 8;
const frameMs = 20;
const streamSid = "MZ00000000000000000000000000000001";
const callSid = "CA00000000000000000000000000000001";
const mediaFormat = { encoding: "audio/x-mulaw", sampleRate: 8000, channels: 1 };

const voice = frameOf((at) => 9_000 * Math.sin(at * 0.3));
const silence = frameOf(() => 0);

/**
 * Begins a call: says which stream it is, sends the caller's sound in frames of 20 ms, and plays what comes at its real
 * pace. A mark goes back when all that was sent before it has been played, or is cleared.
 */
export function farEnd({ clock, send, networkMs = 0 }: FarEndOptions): FarEnd {
  /** What is to be played, and the names of marks. */
  let queue: (Uint8Array | string)[] = [];
  const heard: Uint8Array[] = [];
  /** All that was to be heard until then is in `heard`. */
  let heardUntilMs = clock.now();
  let clears = 0;
  let sound = silence;
  let frames = 0;
  let isOver = false;
  const beganAtMs = clock.now();
  let cancelPlaying = () => {};
  let cancelSpeaking = () => {};

  const say = (message: object) =>
    void clock.after(networkMs, () => {
      if (!isOver) send(JSON.stringify(message));
    });
  const markBack = (name: string) => say({ event: "mark", streamSid, mark: { name } });

  /** Plays what is due by now; again when the next piece is through. */
  function play(): void {
    cancelPlaying();
    for (let first = queue[0]; first !== undefined; first = queue[0]) {
      if (typeof first === "string") markBack(first);
      else {
        const due = Math.floor((clock.now() - heardUntilMs) * bytesPerMs + 1e-6);
        const piece = first.subarray(0, due);
        heard.push(piece);
        heardUntilMs += piece.length / bytesPerMs;
        if (piece.length < first.length) {
          const rest = first.subarray(piece.length);
          queue[0] = rest;
          if (!isOver) cancelPlaying = clock.after(rest.length / bytesPerMs, play);
          return;
        }
      }
      queue.shift();
    }
    heardUntilMs = clock.now();
  }

  function take(text: string): void {
    const message = JSON.parse(text);
    play();
    if (message.streamSid !== streamSid) throw new Error(`This is for another stream: ${text}`);
    if (message.event === "media") queue.push(base64ToBytes(message.media.payload));
    else if (message.event === "mark") queue.push(message.mark.name);
    else if (message.event === "clear") {
      clears += 1;
      const left = queue;
      queue = [];
      for (const one of left) if (typeof one === "string") markBack(one);
    }
    play();
  }

  function speak(): void {
    frames += 1;
    const media = { track: "inbound", chunk: `${frames}`, timestamp: `${frames * frameMs}`, payload: sound };
    say({ event: "media", sequenceNumber: `${frames + 1}`, media, streamSid });
    cancelSpeaking = clock.after(Math.max(0, beganAtMs + (frames + 1) * frameMs - clock.now()), speak);
  }

  function end(): void {
    play();
    isOver = true;
    cancelPlaying();
    cancelSpeaking();
  }

  say({ event: "connected", protocol: "Call", version: "1.0.0" });
  const start = { streamSid, callSid, tracks: ["inbound"], mediaFormat, customParameters: {} };
  say({ event: "start", sequenceNumber: "1", start, streamSid });
  cancelSpeaking = clock.after(frameMs, speak);

  return {
    message: (text) => void clock.after(networkMs, () => take(text)),
    heard() {
      play();
      return joined(heard);
    },
    get clears() {
      return clears;
    },
    speak() {
      sound = voice;
    },
    quiet() {
      sound = silence;
    },
    hangUp() {
      say({ event: "stop", sequenceNumber: `${frames + 2}`, stop: { callSid }, streamSid });
      clock.after(networkMs, end);
    },
    end,
  };
}

function frameOf(sample: (at: number) => number): string {
  return bytesToBase64(encodeMuLaw(Int16Array.from({ length: frameMs * bytesPerMs }, (_, at) => sample(at))));
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
