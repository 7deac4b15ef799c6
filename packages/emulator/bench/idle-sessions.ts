import { once } from "node:events";
import { type Clock, systemClock } from "@duologue/core";
import { WebSocket } from "ws";
import { listen } from "../src/node/listen.ts";

/**
 * What idle sessions cost: `node --expose-gc packages/emulator/bench/idle-sessions.ts [sessions]`. The clients are in
 * this process too, so that the second figure counts both ends of each connection.
 */
const count = Number(process.argv[2] ?? 1000);
const { gc } = globalThis;
if (gc === undefined) throw new Error("Run it with --expose-gc.");

let timers = 0;
const machine = systemClock();
const clock: Clock = {
  now: machine.now,
  after(delayMs, run) {
    timers++;
    const cancel = machine.after(delayMs, () => {
      timers--;
      run();
    });
    return () => {
      timers--;
      cancel();
    };
  },
};

const usedBytes = () => {
  gc();
  gc();
  return process.memoryUsage().heapUsed;
};

const server = await listen({ clock, maxSessions: count });
const warm = new WebSocket(`${server.url}?model=m`, { headers: { authorization: "Bearer k" } });
await once(warm, "message");
const before = usedBytes();
const clients = await Promise.all(
  Array.from({ length: count - 1 }, async () => {
    const socket = new WebSocket(`${server.url}?model=m`, { headers: { authorization: "Bearer k" } });
    await once(socket, "message");
    return socket;
  }),
);
const perSession = (usedBytes() - before) / clients.length;
const cpu = process.cpuUsage();
await new Promise((resolve) => setTimeout(resolve, 5000));
const idleCpu = process.cpuUsage(cpu);
console.info(`${count} idle sessions: ${timers} timer`);
console.info(`${(perSession / 1024).toFixed(1)} KiB of heap each, both ends of the connection included`);
console.info(`${((idleCpu.user + idleCpu.system) / 5000).toFixed(1)} ms of processor time a second`);
for (const socket of [warm, ...clients]) socket.terminate();
await server.close();
