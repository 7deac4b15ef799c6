import { describe, expect, it } from "vitest";
import { transportConformance } from "../src/index.ts";
import { memoryHarness } from "./memory-harness.ts";
import { mutants } from "./mutants.ts";

/** Long enough for what needs microtasks only; no case that passes waits for a timer. */
const patienceMs = 100;

const cases = transportConformance.filter(({ needs }) => needs === undefined);

describe("a transport that breaks a rule fails the cases of that rule and no others", () => {
  it.each(mutants)("$name: $caughtBy", async ({ make, caughtBy }) => {
    const caught = await Promise.all(
      cases.map(({ id, run }) =>
        run(memoryHarness(make, patienceMs)).then(
          () => [],
          (error: unknown) => {
            expect(error).toBeInstanceOf(Error);
            return [id];
          },
        ),
      ),
    );
    expect(caught.flat().sort()).toEqual(caughtBy);
  });

  it("covers every case", () => {
    const covered = new Set(mutants.flatMap(({ caughtBy }) => caughtBy));
    expect(cases.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });
});
