import type { Reporter, TestModule } from "vitest/node";

/** Ends a test run with one plain line that any program can read: `N passed, N failed, N skipped`. */
// Vitest loads a reporter by its default export.
// biome-ignore lint/style/noDefaultExport: see above
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      for (const test of tests) {
        const { state } = test.result();
        if (state !== "pending") counts[state]++;
      }
      // A file that could not even be loaded has no test to fail.
      if (tests.length === 0 && module.state() === "failed") counts.failed++;
    }
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}
