import { configDefaults, defineConfig } from "vitest/config";

/** Packages whose tests only compute: one process after the other for each file would take longer than the files. */
const computing = ["conversation", "core", "protocol", "testing", "transport-websocket"].map(
  (name) => `packages/${name}/test/**/*.test.ts`,
);

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    reporters: ["default", "./scripts/plain-reporter.ts"],
    projects: [
      { extends: true, test: { name: "computing", include: computing, isolate: false } },
      {
        extends: true,
        test: {
          name: "apart",
          include: [
            "packages/*/test/**/*.test.ts",
            "examples/**/*.test.ts",
            "test/**/*.test.ts",
            "scripts/**/*.test.ts",
          ],
          exclude: [...configDefaults.exclude, ...computing],
        },
      },
    ],
  },
});
