import { brokenInvariants } from "./broken-invariants.ts";
import { type SoakSession, soakSession } from "./soak-session.ts";

/** A session in which something was not as it has to be. */
interface SoakFailure {
  readonly seed: number;
  readonly weather: string;
  readonly broken: readonly string[];
}

/** What was counted over many sessions. */
export interface SoakTotals {
  sessions: number;
  entries: number;
  requests: number;
  responses: number;
  /** Links that took the place of others. */
  replacements: number;
  readonly faults: Record<string, number>;
  /** At most 20 of each share. */
  readonly failures: SoakFailure[];
}

/** How many sessions share one look at what escaped. */
const batchSize = 25;

/** What nobody caught while `run` did its work, besides what came of it. */
async function guarded<T>(
  run: () => Promise<T>,
): Promise<{ readonly result: T | undefined; readonly escaped: readonly unknown[] }> {
  const escaped: unknown[] = [];
  const note = (error: unknown) => void escaped.push(error);
  const { error: print } = console;
  process.on("unhandledRejection", note);
  process.on("uncaughtException", note);
  // Where a sink of the emulator throws.
  console.error = (...args: unknown[]) => note(args.find((arg) => arg instanceof Error) ?? args.join(" "));
  try {
    const result = await run().catch(note);
    // What a subscriber of a stream throws is thrown by a timer.
    await new Promise((resolve) => setTimeout(resolve, 0));
    return { result: result ?? undefined, escaped };
  } finally {
    process.off("unhandledRejection", note);
    process.off("uncaughtException", note);
    console.error = print;
  }
}

/** A session, and what is wrong with it. */
export interface Judged {
  readonly seed: number;
  /** `undefined` where it ended in an exception. */
  readonly session: SoakSession | undefined;
  readonly broken: readonly string[];
}

/** Lives through the session of a seed and judges it. */
export async function soaked(seed: number): Promise<Judged> {
  const { result: session, escaped } = await guarded(() => soakSession(seed));
  const broken = escaped.map(
    (error) => `nobody caught: ${error instanceof Error ? error.stack : String(error)}`,
  );
  return { seed, session, broken: [...broken, ...(session === undefined ? [] : brokenInvariants(session))] };
}

/** To look for what escaped takes a while: only where something did, each session is lived through by itself. */
async function batch(seeds: readonly number[]): Promise<Judged[]> {
  const { result, escaped } = await guarded(async () => {
    const sessions: Judged[] = [];
    for (const seed of seeds) {
      const session = await soakSession(seed);
      sessions.push({ seed, session, broken: brokenInvariants(session) });
    }
    return sessions;
  });
  if (result !== undefined && escaped.length === 0) return result;
  const alone: Judged[] = [];
  for (const seed of seeds) alone.push(await soaked(seed));
  return alone;
}

/** Lives through the sessions of seeds `from`, `from + step`, … below `to`. */
export async function soak(from: number, to: number, step: number): Promise<SoakTotals> {
  const totals: SoakTotals = {
    sessions: 0,
    entries: 0,
    requests: 0,
    responses: 0,
    replacements: 0,
    faults: {},
    failures: [],
  };
  for (let first = from; first < to; first += batchSize * step) {
    const seeds = Array.from({ length: batchSize }, (_, index) => first + index * step);
    for (const judged of await batch(seeds.filter((seed) => seed < to))) tally(totals, judged);
  }
  return totals;
}

function tally(totals: SoakTotals, { seed, session, broken }: Judged): void {
  totals.sessions += 1;
  if (session !== undefined) count(totals, session);
  if (broken.length > 0 && totals.failures.length < 20) {
    totals.failures.push({ seed, weather: session?.weather ?? "unknown", broken });
  }
}

function count(totals: SoakTotals, { log, doings, state, faults }: SoakSession): void {
  totals.entries += log.length;
  totals.requests += doings.outcomes.length;
  totals.responses += state.responses.length;
  totals.replacements += log.filter(({ event }) => event.type === "link.switched").length;
  for (const { fault } of faults) totals.faults[fault] = (totals.faults[fault] ?? 0) + 1;
}
