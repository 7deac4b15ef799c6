import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expectedFrames, oddFrames, soundFrames } from "./frames.ts";
import { type Report, report } from "./report.ts";

const frames = [...soundFrames, ...oddFrames];

/** What a Node reports that cannot make code from strings. The frames go in as text on standard input. */
function reportWithoutCode(): Report {
  const program = `
    import { text } from "node:stream/consumers";
    import { report } from ${JSON.stringify(join(import.meta.dirname, "report.ts"))};
    console.log(JSON.stringify(report(JSON.parse(await text(process.stdin)))));`;
  const run = spawnSync(
    process.execPath,
    ["--disallow-code-generation-from-strings", "--input-type=module", "--eval", program],
    { input: JSON.stringify(frames), encoding: "utf8" },
  );
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

describe("where strings cannot become code", () => {
  const found = reportWithoutCode();

  it("the switch is in force, and makes no other difference", () => {
    expect(found.codeFromStrings).toBe(false);
    expect(report(frames)).toEqual({ ...found, codeFromStrings: true });
  });

  it("every event is decoded, validated and encoded", () => {
    expect(found.frames).toEqual(expectedFrames);
    expect(found.sameAgain).toBe(soundFrames.length + 2);
  });

  it("every validator works", () => {
    expect(found.validators).toBeGreaterThan(150);
    expect(found.refusals).toBe(found.validators);
  });
});
