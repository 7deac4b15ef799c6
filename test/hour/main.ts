import { lived } from "./lived.ts";

// A session of an hour, in virtual time: what is held at 10, 30 and 60 minutes.
// node --expose-gc test/hour/main.ts

const shown = [1, 10, 30, 60];
const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1).padStart(8);
const columns = ["minute", "heap MiB", "sound MiB", "state kB", "items", "responses", "entries", "heard cut"];
console.log(columns.map((name) => name.padStart(10)).join(""));
const begin = performance.now();
await lived(60, ({ minute, state, entries, interruptions }) => {
  if (!shown.includes(minute)) return;
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const stateKilobytes = (JSON.stringify(state).length / 1000).toFixed(1);
  const counts = [state.items.length, state.responses.length, entries, interruptions];
  // The sound is the emulator's, which keeps what was said to be able to cut and to repeat it.
  const row = [minute, mebibytes(heapUsed), mebibytes(arrayBuffers), stateKilobytes, ...counts];
  console.log(row.map((value) => String(value).padStart(10)).join(""));
});
console.log(`lived in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
