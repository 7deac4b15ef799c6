import { once } from "node:events";
import { performance } from "node:perf_hooks";
import type { WebSocket } from "ws";
import { served } from "./child.ts";
import { quantile } from "./quantile.ts";
import { greeted } from "./text-turn.ts";

/** A minute, six, and an hour of speech. */
const sentenceCounts = [1, 15, 88, 870];
const seconds = 3;
const clear = JSON.stringify({ type: "input_audio_buffer.clear" });

/**
 * For how long a long answer in one session keeps another one waiting, whose client asks for something again and again
 * while the answer begins.
 */
export async function longAnswers(): Promise<void> {
  console.log("\nWhat another session waits for, in ms, while an answer begins");
  console.log("  voice      sentences  first sound  p99  longest");
  for (const voice of ["built-in", "espeak-ng"]) {
    const server = await served("./long-answer-server.ts", [voice]).catch(() => undefined);
    if (server === undefined) {
      console.log(`  ${voice} is not installed`);
      continue;
    }
    await waits(server.url, 1);
    for (const sentences of sentenceCounts) {
      const { firstSoundMs, waitsMs } = await waits(server.url, sentences);
      const cells = [
        voice.padEnd(9),
        String(sentences).padStart(11),
        firstSoundMs.toFixed(0).padStart(13),
        quantile(waitsMs, 0.99).toFixed(1).padStart(5),
        Math.max(...waitsMs)
          .toFixed(1)
          .padStart(9),
      ];
      console.log(`  ${cells.join("")}`);
    }
    await server.stop();
  }
}

async function waits(url: string, sentences: number) {
  const [speaking, asking] = [await greeted(url), await greeted(url)];
  const waitsMs: number[] = [];
  const beganMs = performance.now();
  speaking.send(JSON.stringify({ type: "response.create", response: { instructions: String(sentences) } }));
  const sound = firstSound(speaking).then(() => performance.now() - beganMs);
  while (performance.now() - beganMs < seconds * 1000) {
    const sentMs = performance.now();
    asking.send(clear);
    await once(asking, "message");
    waitsMs.push(performance.now() - sentMs);
  }
  const firstSoundMs = await sound;
  speaking.terminate();
  asking.terminate();
  return { firstSoundMs, waitsMs };
}

function firstSound(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const look = (data: Buffer) => {
      if (!data.subarray(0, 60).includes("response.output_audio.delta")) return;
      socket.off("message", look);
      resolve();
    };
    socket.on("message", look);
  });
}
