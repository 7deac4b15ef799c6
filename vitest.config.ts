import { configDefaults, defineConfig } from "vitest/config";

/** Tests that only compute: a process for each file, one after the other, would take longer than the files. */
const computing = [
  "packages/{audio,conversation,core,protocol,testing,transport-websocket}/test/**/*.test.ts",
  "packages/emulator/test/{brain,compare,engine,voice,wire}/**/*.test.ts",
];

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
