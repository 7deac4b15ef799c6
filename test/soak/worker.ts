import { parentPort, workerData } from "node:worker_threads";
import { soak } from "./soak.ts";

// Whoever wants to know more runs the seed alone.
Error.stackTraceLimit = 4;

// One share of the soak on a thread of its own, where nothing that escapes can be taken for another test's.
const { from, to, step } = workerData;
parentPort?.postMessage(await soak(from, to, step));
