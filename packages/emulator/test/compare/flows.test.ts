import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readRecording } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { compareWithRecording } from "../../src/compare/compare-with-recording.ts";
import { comparisonText } from "../../src/compare/comparison-text.ts";
import type { KnownDifference } from "../../src/compare/known-difference.ts";

// Conversations that were held with the emulator itself, with faults and in odd moments: it has to send the same again.
const folder = fileURLToPath(new URL("../../../conversation/test/recordings/", import.meta.url));

const flows = readdirSync(folder).map((file) => {
  const recording = readRecording(readFileSync(`${folder}${file}`, "utf8"));
  return { name: file.replace(".jsonl", ""), recording };
});

/** What a recording cannot tell: that the line was at fault, and not the service. */
const known: Readonly<Record<string, readonly KnownDifference[]>> = {
  "cut-refused": [
    {
      events: ["response.output_audio.delta"],
      what: "fields",
      paths: ["event_id"],
      reason: "A fault took the ids of the first deltas.",
    },
    {
      events: ["error"],
      what: "recorded only",
      reason: "Deltas came twice, and the client cut where the service had nothing.",
    },
    {
      events: ["conversation.item.truncated"],
      what: "emulated only",
      reason: "What came twice was made twice, as far as the recording shows: there is something to cut.",
    },
  ],
};

describe("a conversation with the emulator, held once more", () => {
  it.each(flows)("is the same: $name", ({ name, recording }) => {
    const excused = known[name] ?? [];
    const comparison = compareWithRecording(recording, { known: excused });
    expect(comparison.differences, comparisonText(comparison, { all: true, place: `${name}:` })).toEqual([]);
    expect(new Set(comparison.known)).toEqual(new Set(excused));
  });

  it("has its faults: without what is known of one it differs", () => {
    for (const name of Object.keys(known)) {
      const flow = flows.find((one) => one.name === name);
      expect(flow && compareWithRecording(flow.recording).differences).not.toEqual([]);
    }
  });
});
