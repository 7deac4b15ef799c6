import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readRecording } from "@duologue/core";
import { azure, openai, xai } from "@duologue/protocol/dialects";
import { describe, expect, it } from "vitest";
import { compareWithRecording } from "../../src/compare/compare-with-recording.ts";
import { comparisonText } from "../../src/compare/comparison-text.ts";
import { differencesByDialect } from "../../src/compare/dialect-differences.ts";
import { isAbout } from "../../src/compare/known-difference.ts";
import { isWithin } from "../../src/compare/shape.ts";

const folder = fileURLToPath(new URL("../../../../../shared/recordings/", import.meta.url));
const dialects = { openai, azure, xai };

const recordings = (existsSync(folder) ? readdirSync(folder) : []).map((name) => {
  const recording = readRecording(readFileSync(`${folder}${name}`, "utf8"));
  // The recordings there are of these providers.
  const provider = recording.header.provider as keyof typeof dialects;
  return { name, provider, recording };
});

describe.runIf(recordings.length > 0)("a recorded service and the emulator", () => {
  it.each(recordings)("send the same: $name", ({ name, provider, recording }) => {
    const comparison = compareWithRecording(recording, { dialect: dialects[provider] });
    expect(comparison.differences, comparisonText(comparison, { all: true, place: `${name}:` })).toEqual([]);
    expect(comparison.events).toBeGreaterThan(10);
    if (provider === "openai") expect(comparison.known).toEqual([]);
  });

  it("differ in everything that is listed of a dialect", () => {
    for (const provider of ["azure", "xai"] as const) {
      const own = recordings.filter((recorded) => recorded.provider === provider);
      const compared = own.map(({ recording }) => {
        const dialect = dialects[provider];
        const listed = compareWithRecording(recording, { dialect });
        // What else can only be seen once the order is that of the dialect.
        const known = (differencesByDialect[provider] ?? []).filter(({ what }) => what !== "fields");
        const raw = compareWithRecording(recording, { dialect: { ...dialect, name: "unlisted" }, known });
        return { met: listed.known, shapes: raw.differences.filter(({ type }) => type === "shape") };
      });
      for (const difference of differencesByDialect[provider] ?? []) {
        expect(
          compared.some(({ met }) => met.includes(difference)),
          difference.reason,
        ).toBe(true);
        expect(difference.reason).toMatch(/^(A|xA).*\.$|^(Items|Settings|Responses|In) .*\.$/);
        if (difference.what !== "fields") continue;
        for (const path of difference.paths) {
          const seen = compared.some(({ shapes }) =>
            shapes.some(
              (shape) =>
                shape.type === "shape" && isAbout(difference, shape.event) && isWithin(shape.path, path),
            ),
          );
          expect(seen, path).toBe(true);
        }
      }
    }
  });
});

if (recordings.length === 0) console.info(`Not compared with recorded services: there are none in ${folder}`);
