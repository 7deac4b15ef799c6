import { setTimeout as pause } from "node:timers/promises";
import { served } from "./child.ts";
import { greeted } from "./text-turn.ts";

const sessions = 1000;
const seconds = 5;

/** What a thousand sessions cost the server that nobody speaks in. */
export async function idle(): Promise<void> {
  const server = await served("./emulator-server.ts");
  // What the first session makes once, for all of them.
  const first = await greeted(server.url);
  const before = await server.costs(true);
  const sockets = [first];
  while (sockets.length < sessions) {
    sockets.push(...(await Promise.all(Array.from({ length: 50 }, () => greeted(server.url)))));
  }
  const after = await server.costs(true);
  const quiet = await server.costs();
  await pause(seconds * 1000);
  const later = await server.costs();
  const each = (from: number, to: number) => ((to - from) / (sockets.length - 1) / 1024).toFixed(1);
  const idleMs = (later.cpuMs - quiet.cpuMs) / seconds;
  console.log(`\n${sockets.length} idle sessions`);
  console.log(
    `  KiB of live objects each, its connection included  ${each(before.heapBytes, after.heapBytes)}`,
  );
  console.log(
    `  KiB of the process each                            ${each(before.residentBytes, after.residentBytes)}`,
  );
  console.log(`  ms of processor time a second, all of them         ${idleMs.toFixed(1)}`);
  for (const socket of sockets) socket.terminate();
  await server.stop();
}
