import { describe, expect, it } from "vitest";
import { type ConformanceCase, transportConformance } from "../src/index.ts";
import { memoryHarness } from "./memory-harness.ts";
import { mutants } from "./mutants.ts";

/** Long enough for what needs microtasks only; no case that passes waits for a timer. */
const patienceMs = 100;

const cases = transportConformance.filter(({ needs }) => needs !== "sources");

describe("a transport that breaks a rule fails the cases of that rule and no others", () => {
  it.each(mutants)("$name: $caughtBy", async ({ make, caughtBy }) => {
    const tried = ({ id, run }: ConformanceCase) =>
      run(memoryHarness(make, patienceMs)).then(
        () => [],
        (error: unknown) => {
          expect(error).toBeInstanceOf(Error);
          return [id];
        },
      );
    const caught = await Promise.all(cases.filter(({ needs }) => needs === undefined).map(tried));
    // The runtime's resources are everybody's: those cases run alone.
    for (const each of cases) if (each.needs !== undefined) caught.push(await tried(each));
    expect(caught.flat().sort()).toEqual(caughtBy);
  });

  it("covers every case", () => {
    const covered = new Set(mutants.flatMap(({ caughtBy }) => caughtBy));
    expect(cases.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });
});
