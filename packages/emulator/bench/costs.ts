/** What the program that started this one asks. */
export type Question = "costs" | "stop";

/** What a server of the bench costs so far. */
export interface Costs {
  /** Milliseconds of processor time. */
  readonly cpuMs: number;
  /** Bytes of live objects, and of the whole process. */
  readonly heapBytes: number;
  readonly residentBytes: number;
}

/** Tells the program that started this one the address, then the costs whenever it asks. */
export function tellCosts(url: string): void {
  process.on("message", (question: Question) => {
    if (question === "stop") process.exit();
    process.send?.(costs());
  });
  process.send?.(url);
}

function costs(): Costs {
  const { user, system } = process.cpuUsage();
  const { gc } = globalThis;
  gc?.();
  gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { cpuMs: (user + system) / 1000, heapBytes: heapUsed, residentBytes: rss };
}
