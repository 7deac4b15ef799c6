import { performance } from "node:perf_hooks";
import type { WebSocket } from "ws";
import { quantile } from "./quantile.ts";
import { greeted } from "./text-turn.ts";

/** How long to talk, with so many sessions more than before. */
export interface Round {
  readonly moreSessions: number;
  readonly seconds: number;
}

/** What a round has shown. */
export interface RoundResult {
  /** Milliseconds that frames of sound came later than the pace of their answer wants, 99 of 100 at most. */
  readonly p99Ms: number;
  readonly frames: number;
  /** The share of the time in which this program was busy. */
  readonly busy: number;
}

/** One session: what has come of the answer that it is listening to. */
interface Listener {
  readonly socket: WebSocket;
  /** When frame 0 of the answer should have come, by the earliest of its frames. */
  originMs: number;
  frame: number;
  readonly arrivalsMs: number[];
}

/** The client program: `node real-time-client.ts URL`; plays a `Round` for each that it is sent. */
const frameMs = 20;
/** About as long as an answer is. */
const answerMs = 6500;
const url = process.argv[2] ?? "";
const silence = Buffer.alloc((24_000 * 2 * frameMs) / 1000).toString("base64");
const append = JSON.stringify({ type: "input_audio_buffer.append", audio: silence });
const ask = JSON.stringify({ type: "response.create" });
const listeners: Listener[] = [];
const lateMs: number[] = [];
let isMeasuring = false;

async function joined(): Promise<Listener> {
  const socket = await greeted(url);
  const listener: Listener = { socket, originMs: 0, frame: 0, arrivalsMs: [] };
  socket.on("message", (data: Buffer) => {
    // The type is where a frame begins; the sound behind it need not be looked at.
    const head = data.subarray(0, 60).toString("latin1");
    if (head.includes("response.output_audio.delta")) listener.arrivalsMs.push(performance.now());
    else if (head.includes('"response.done"')) {
      finish(listener);
      socket.send(ask);
    }
  });
  // As people are, each at another place of its answer.
  setTimeout(() => socket.send(ask), Math.random() * answerMs);
  return listener;
}

/** Frame n is due n times its length after the first; the earliest of all frames, so reckoned, was in time. */
function finish({ arrivalsMs }: Listener): void {
  const offsets = arrivalsMs.map((atMs, index) => atMs - index * frameMs);
  const originMs = Math.min(...offsets);
  if (isMeasuring) lateMs.push(...offsets.map((offset) => offset - originMs));
  arrivalsMs.length = 0;
}

/** Sends each session's microphone 50 times a second, the sessions spread over the time in between. */
function speak(): void {
  let last = 0;
  const beganMs = performance.now();
  setInterval(() => {
    const slot = Math.floor(performance.now() - beganMs);
    for (; last < slot; last++) {
      for (let at = last % frameMs; at < listeners.length; at += frameMs) listeners[at]?.socket.send(append);
    }
  }, 1);
}

async function played({ moreSessions, seconds }: Round): Promise<RoundResult> {
  for (let count = 0; count < moreSessions; count += 10) {
    const next = Array.from({ length: Math.min(10, moreSessions - count) }, joined);
    listeners.push(...(await Promise.all(next)));
  }
  // Until all of them are being answered, and the server has warmed up.
  await pause(answerMs);
  for (const listener of listeners) listener.arrivalsMs.length = 0;
  lateMs.length = 0;
  isMeasuring = true;
  const cpu = process.cpuUsage();
  await pause(seconds * 1000);
  for (const listener of listeners) finish(listener);
  isMeasuring = false;
  const { user, system } = process.cpuUsage(cpu);
  return {
    p99Ms: quantile(lateMs, 0.99),
    frames: lateMs.length,
    busy: (user + system) / (seconds * 1e6),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

speak();
process.on("message", async (round: Round) => process.send?.(await played(round)));
process.on("disconnect", () => process.exit());
