import { availableParallelism } from "node:os";
import { performance } from "node:perf_hooks";
import { child, served, told } from "./child.ts";
import type { Round, RoundResult } from "./real-time-client.ts";

const seconds = 4;
const tolerableMs = 20;
const tolerableWait = 0.05;

/**
 * How many sessions one core carries in which both sides speak at real pace, 50 frames a second each way: more and more
 * of them, until 1 of 100 frames of sound is later than its own length.
 */
export async function realTime(): Promise<void> {
  const server = await served("./emulator-server.ts", ["1"]);
  const clientCount = Math.max(1, availableParallelism() - 1);
  const clients = Array.from({ length: clientCount }, () => child("./real-time-client.ts", [server.url]));
  console.log(`\nSessions at real-time pace, ${clientCount} client process(es) beside the server`);
  console.log("  sessions  frames/s out  p99 late ms  server busy  client busy  server waited");
  let sessions = 0;
  let carried = 0;
  for (let wanted = 20; wanted <= 5000; wanted = Math.ceil((wanted * 1.4) / 10) * 10) {
    const before = await server.costs();
    const startedMs = performance.now();
    const results = await Promise.all(
      clients.map((client, index) => {
        const share = (count: number) => Math.floor((count + index) / clientCount);
        const round: Round = { moreSessions: share(wanted) - share(sessions), seconds };
        client.send(round);
        return told<RoundResult>(client);
      }),
    );
    sessions = wanted;
    const after = await server.costs();
    const tookMs = performance.now() - startedMs;
    const serverBusy = (after.cpuMs - before.cpuMs) / tookMs;
    const p99Ms = Math.max(...results.map((result) => result.p99Ms));
    const frames = results.reduce((sum, result) => sum + result.frames, 0) / seconds;
    const busy = Math.max(...results.map((result) => result.busy));
    const waited = (after.waitedMs - before.waitedMs) / tookMs;
    const cells = [
      String(sessions).padStart(10),
      frames.toFixed(0).padStart(14),
      p99Ms.toFixed(1).padStart(13),
      percent(serverBusy).padStart(13),
      percent(busy).padStart(13),
      percent(waited).padStart(15),
    ];
    console.log(cells.join(""));
    if (p99Ms <= tolerableMs) carried = sessions;
    // Where the server has to wait for the processor, other programs make it late: only its own time tells anything.
    else if (waited < tolerableWait || serverBusy > 0.9) break;
  }
  console.log(`  carried with p99 within ${tolerableMs} ms: ${carried}; no more at ${sessions}`);
  for (const client of clients) client.kill();
  await server.stop();
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}
