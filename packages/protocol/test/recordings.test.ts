import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openaiRealtime } from "../src/index.ts";
import { checkRecordingLine } from "../src/validators.ts";
import { root } from "./definitions.ts";

const folder = join(root, "../shared/recordings");

const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".jsonl")) : [];
if (files.length === 0) console.info(`No recordings at ${folder}: nothing of the live wire is checked.`);

describe.runIf(files.length > 0)("recordings of real services", () => {
  describe.each(files)("%s", (file) => {
    const lines = readFileSync(join(folder, file), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const frames = lines.slice(1).map(({ from, event }) => {
      const text = JSON.stringify(event);
      return from === "client" ? openaiRealtime.decodeClient(text) : openaiRealtime.decode(text);
    });
    const unknown = frames.flatMap((frame) => (frame.kind === "unknown" ? [frame.event.type] : []));
    const invalid = frames.flatMap((frame) =>
      frame.kind === "known" ? frame.issues.map(({ path }) => `${frame.event.type} ${path}`) : [],
    );

    it("has lines of the recording format", () => {
      expect(lines.filter((line) => checkRecordingLine(line) !== undefined)).toEqual([]);
    });

    if (file.startsWith("xai")) {
      it("is read in spite of its differences", () => {
        expect(unknown).toEqual(["ping"]);
        expect(invalid).toContain("session.created /session/type");
        expect(invalid).toContain("response.done /response/status_details");
        expect(frames.filter(({ kind }) => kind === "undecodable")).toEqual([]);
      });
    } else {
      it("holds known events that conform", () => {
        expect({ unknown, invalid }).toEqual({ unknown: [], invalid: [] });
        expect(frames.length).toBeGreaterThan(10);
      });
    }
  });
});
