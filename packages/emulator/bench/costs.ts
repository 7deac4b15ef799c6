import { existsSync, readFileSync } from "node:fs";

/** What the program that started this one asks. */
export type Question = "costs" | "costs without garbage" | "stop";

/** What a server of the bench costs so far. */
export interface Costs {
  /** Milliseconds of processor time. */
  readonly cpuMs: number;
  /** Milliseconds that it was ready to run while other programs had the processor; 0 where Linux does not tell. */
  readonly waitedMs: number;
  /** Bytes of live objects, and of the whole process. */
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/** Tells the program that started this one the address, then the costs whenever it asks. */
export function tellCosts(url: string): void {
  process.on("message", (question: Question) => {
    if (question === "stop") process.exit();
    if (question === "costs without garbage") {
      globalThis.gc?.();
      globalThis.gc?.();
    }
    process.send?.(costs());
  });
  process.send?.(url);
}

function costs(): Costs {
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  return { cpuMs: (user + system) / 1000, waitedMs: waitedMs(), heapBytes: heapUsed, residentBytes: rss };
}

function waitedMs(): number {
  const file = "/proc/self/schedstat";
  if (!existsSync(file)) return 0;
  return Number(readFileSync(file, "utf8").split(" ")[1]) / 1e6;
}
