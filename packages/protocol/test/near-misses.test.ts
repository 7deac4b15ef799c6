import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openaiRealtime } from "../src/index.ts";
import { root } from "./definitions.ts";
import { nearMisses, schemaAt } from "./near-misses.ts";

const sides = (["client", "server"] as const).flatMap((side) =>
  readdirSync(join(root, "schemas/realtime", side)).map((name) => ({
    side,
    type: name.replace(/\.json$/, ""),
    place: schemaAt(join(root, "schemas/realtime", side, name)),
  })),
);

const counts = { gone: 0, type: 0, value: 0, bound: 0 };

describe("near misses, made from the schema files alone", () => {
  it.each(sides)("$side $type: none passes, each is refused at its place", ({ side, place }) => {
    const { examples = [] } = place.schema as { examples?: unknown[] };
    expect(examples.length).toBeGreaterThan(0);
    const passed: unknown[] = [];
    for (const example of examples) {
      for (const { path, what, value } of nearMisses(place, example)) {
        // Without its type an event is none; with another type it is another event.
        if (path === "" || path === "/type") continue;
        counts[what]++;
        const text = JSON.stringify(value);
        const frame = side === "client" ? openaiRealtime.decodeClient(text) : openaiRealtime.decode(text);
        const issues = frame.kind === "known" ? frame.issues : [];
        const near = issues.filter((issue) => issue.path === path && /expected/.test(issue.message));
        if (near.length === 0) passed.push({ what, path, issues });
      }
    }
    expect(passed).toEqual([]);
  });

  afterAll(() => {
    console.info(`near misses refused: ${JSON.stringify(counts)}`);
    expect(counts.gone).toBeGreaterThan(150);
    expect(counts.type).toBeGreaterThan(800);
    expect(counts.value).toBeGreaterThanOrEqual(20);
    expect(counts.bound).toBeGreaterThan(40);
  });
});
