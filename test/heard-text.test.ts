import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { measured, shownFigures } from "./heard-text/measured.ts";
import { espeakSpeeches } from "./heard-text/speech.ts";

describe("the estimate of heard words", () => {
  it("is as near to the truth as the package says, and nearer than an even spread", async () => {
    const results = await measured(60);
    console.info(shownFigures(results));
    const [after, during, hummed, hummedDuring] = results;
    for (const { estimate } of results) expect(estimate.count).toBeGreaterThan(30);
    // Of an answer that is all there.
    expect(after?.estimate.ninetieth).toBeLessThan(700);
    expect(after?.estimate.ninetieth).toBeLessThan(after?.linear.ninetieth ?? 0);
    expect(after?.words.estimate).toMatchObject({ median: 0, ninetieth: 1 });
    // While its words are ahead of its sound, an even spread takes for heard what nobody has said yet.
    expect(during?.estimate.median).toBeLessThan((during?.linear.median ?? 0) / 5);
    expect(during?.estimate.ninetieth).toBeLessThan((during?.linear.ninetieth ?? 0) / 3);
    expect(during?.words.estimate.ninetieth).toBe(1);
    // A voice that takes as long for a comma as for a letter is what an even spread is made for.
    expect(hummed?.words.estimate.ninetieth).toBe(1);
    expect(hummedDuring?.estimate.ninetieth).toBeLessThan((hummedDuring?.linear.ninetieth ?? 0) / 2);
    for (const { words } of results) expect(words.estimate.largest).toBeLessThanOrEqual(4);
  }, 120_000);

  it("is measured against speech that sounds as long as espeak-ng speaks it", () => {
    const version = spawnSync("espeak-ng", ["--version"], { encoding: "utf8" });
    if (version.error !== undefined) {
      console.info("espeak-ng is not installed: the lengths of its speech are not compared.");
      return;
    }
    for (const { text, ms } of espeakSpeeches.slice(0, 3)) {
      const { stdout: wav } = spawnSync("espeak-ng", ["-v", "en", "--stdout", text], { maxBuffer: 2 ** 26 });
      // Its length stands nowhere in a file that is written to a pipe: 16-bit samples follow a header of 44 bytes.
      const spokenMs = ((wav.length - 44) / 2 / wav.readUInt32LE(24)) * 1000;
      // Written to a file, speech ends with a pause.
      expect(Math.abs(spokenMs - ms)).toBeLessThan(600);
    }
  });
});
