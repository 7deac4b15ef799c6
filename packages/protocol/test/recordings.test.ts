import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDeviations } from "../../../scripts/generate/deviations.ts";
import { azure, beta, dialect, openai, upcast, xai } from "../src/dialects.ts";
import { openaiRealtime } from "../src/index.ts";
import type { Decoded, WireEvent } from "../src/protocol.ts";
import { checkRecordingLine } from "../src/validators.ts";
import { root } from "./definitions.ts";

const folder = join(root, "../shared/recordings");
const { recordedFrames } = readDeviations(join(root, "schemas/deviations.json"));

const spoken = {
  openai: dialect(openaiRealtime, openai),
  azure: dialect(openaiRealtime, azure),
  xai: dialect(openaiRealtime, xai),
  beta: dialect(openaiRealtime, beta),
};

/** What is wrong with a frame; `undefined` when it is a known event that conforms. */
function complaintAbout(decoded: Decoded<WireEvent>): string | undefined {
  if (decoded.kind !== "known") return decoded.kind;
  return decoded.issues.length === 0 ? undefined : decoded.issues.map(({ path }) => path).join(" ");
}

describe("the reasons for recorded frames that do not conform", () => {
  it("are sentences", () => {
    for (const reason of Object.values(recordedFrames).flatMap(Object.values)) {
      expect(reason).toMatch(/^[A-Zx].*\.$/);
    }
  });
});

if (!existsSync(folder)) {
  console.info(`No recordings at ${folder}: nothing of the live wire is checked.`);
} else {
  const recordings = readdirSync(folder)
    .filter((file) => file.endsWith(".jsonl"))
    .map((file) => {
      const lines = readFileSync(join(folder, file), "utf8").trim().split("\n");
      const [header, ...frames] = lines.map((line) => JSON.parse(line));
      return { file, header, frames };
    });

  const read = (
    protocol: { readonly [K in "decode" | "decodeClient"]: (text: string) => Decoded<WireEvent> },
    frame: { from: string; event: object },
  ) => {
    const text = JSON.stringify(frame.event);
    return frame.from === "client" ? protocol.decodeClient(text) : protocol.decode(text);
  };

  describe.each(recordings)("$file", ({ header, frames }) => {
    it("has lines of the recording format", () => {
      expect([header, ...frames].filter((line) => checkRecordingLine(line) !== undefined)).toEqual([]);
      expect(frames.length).toBeGreaterThan(10);
    });

    it("holds known events that conform, in the dialect of its provider", () => {
      const protocol = spoken[header.provider as keyof typeof spoken];
      expect(frames.map((frame) => complaintAbout(read(protocol, frame))).filter(Boolean)).toEqual([]);
    });

    it("is in today's form already, unless it is xAI's", () => {
      const changed = frames.filter(({ event }) => upcast(event) !== event);
      if (header.provider === "xai") expect(changed.length).toBeGreaterThan(0);
      else expect(changed).toEqual([]);
    });
  });

  it("without a dialect, what does not conform is listed with the reason, and no entry of the list is stale", () => {
    const found: Record<string, Set<string>> = {};
    for (const { header, frames } of recordings) {
      for (const frame of frames) {
        if (complaintAbout(read(openaiRealtime, frame)) === undefined) continue;
        const types = found[header.provider] ?? new Set();
        found[header.provider] = types.add(frame.event.type);
      }
    }
    const listed = Object.entries(recordedFrames).map(([provider, frames]) => [
      provider,
      Object.keys(frames).sort(),
    ]);
    expect(Object.entries(found).map(([provider, types]) => [provider, [...types].sort()])).toEqual(listed);
  });
}
