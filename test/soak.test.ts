import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { type SoakTotals, soaked } from "./soak/soak.ts";

// SOAK_SEED=4711 runs that one session again and prints its log; SOAK_SESSIONS=10000 (`pnpm soak`) runs more of them.
const one = process.env.SOAK_SEED;
const sessions = Number(process.env.SOAK_SESSIONS ?? 2_000);
const threads = 2;

/** One share of the seeds, on a thread of its own. */
function share(from: number): Promise<SoakTotals> {
  const workerData = { from, to: sessions, step: threads };
  const worker = new Worker(new URL("./soak/worker.ts", import.meta.url), { workerData, execArgv: [] });
  return new Promise((resolve, reject) => {
    worker.on("message", resolve);
    worker.on("error", reject);
    worker.on("exit", (code) => reject(new Error(`A thread of the soak ended with code ${code}.`)));
  });
}

function sum(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const each of counts) {
    for (const [name, count] of Object.entries(each)) total[name] = (total[name] ?? 0) + count;
  }
  return total;
}

describe("the soak", () => {
  if (one !== undefined) {
    it(`SOAK_SEED=${one}`, async () => {
      const { session, broken } = await soaked(Number(one));
      console.info(`weather: ${session?.weather}`);
      for (const { at, from, event } of session?.log ?? []) {
        console.info(`${at} ${from} ${JSON.stringify(event).slice(0, 300)}`);
      }
      for (const fault of session?.faults ?? []) console.info(`fault: ${JSON.stringify(fault)}`);
      for (const problem of session?.effectProblems ?? []) console.info(`problem: ${problem.error.message}`);
      for (const outcome of session?.doings.outcomes ?? [])
        console.info(`request: ${JSON.stringify(outcome)}`);
      expect(broken).toEqual([]);
    });
    return;
  }

  it("lives through thousands of sessions on bad networks, and nothing is lost, doubled or thrown", {
    timeout: Math.max(300_000, sessions * 100),
  }, async () => {
    const shares = await Promise.all(Array.from({ length: threads }, (_, from) => share(from)));
    const failures = shares.flatMap((each) => each.failures).sort((a, b) => a.seed - b.seed);
    const numbers = shares.map(({ failures: _, faults: __, ...counted }) => counted);
    const totals = sum(numbers);
    const faults = sum(shares.map((each) => each.faults));
    console.info("soak:", totals, "faults:", faults);
    const told = failures.map(
      ({ seed, weather, broken }) => `SOAK_SEED=${seed} (${weather}): ${broken.join("; ")}`,
    );
    expect(told).toEqual([]);
    expect(totals.sessions).toBe(sessions);
    // It is a soak only where there was something to get wrong.
    const kinds = ["cut", "delay", "drop", "duplicate", "garbage", "half-open", "hold", "overtake", "refuse"];
    for (const kind of kinds) expect(faults[kind], kind).toBeGreaterThan(sessions / 100);
    expect(totals.replacements).toBeGreaterThan(sessions / 100);
    expect(totals.responses).toBeGreaterThan(sessions);
    expect(totals.requests).toBeGreaterThan(sessions / 2);
  });
});
