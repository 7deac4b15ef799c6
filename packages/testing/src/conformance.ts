import { closingCases } from "./conformance/closing.ts";
import { frameCases } from "./conformance/frames.ts";
import type { ConformanceCase } from "./conformance/harness.ts";
import { leakCases } from "./conformance/leaks.ts";
import { limitCases } from "./conformance/limits.ts";
import { openingCases } from "./conformance/opening.ts";
import { sourceCases } from "./conformance/source.ts";

/**
 * The transport contract as cases, free of any test framework. Give each case a new harness:
 *
 * ```ts
 * for (const { id, rule, run } of transportConformance) {
 *   it(`${id}: ${rule}`, () => run(myHarness()));
 * }
 * ```
 *
 * Some cases need a part of the harness that is optional (`needs`); skip them where it is absent.
 *
 * Not covered, because media differ: whether frames still come between our own `close` and `closed`, whether
 * frames under way survive a loss, and whether the first frames come before the `await` of `open` goes on.
 */
export const transportConformance: readonly ConformanceCase[] = [
  ...openingCases,
  ...frameCases,
  ...limitCases,
  ...closingCases,
  ...leakCases,
  ...sourceCases,
];
