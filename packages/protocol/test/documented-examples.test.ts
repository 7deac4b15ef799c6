import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readDeviations } from "../../../scripts/generate/deviations.ts";
import { upcast } from "../src/dialects.ts";
import { openaiRealtime, openaiTranslation } from "../src/index.ts";
import { root } from "./definitions.ts";

const file = join(root, "../shared/protocol/examples.jsonl");
const { documentedExamples } = readDeviations(join(root, "schemas/deviations.json"));

interface Example {
  readonly api: "ga" | "ga-translation";
  readonly schema: string;
  readonly from: "client" | "server";
  readonly event: { readonly type: string };
}

/** Whether an example is an event of its protocol and has nothing wrong with it. */
function conforms({ api, from, event }: Example): boolean {
  const protocol = api === "ga" ? openaiRealtime : openaiTranslation;
  const text = JSON.stringify(event);
  const decoded = from === "client" ? protocol.decodeClient(text) : protocol.decode(text);
  return decoded.kind === "known" && decoded.issues.length === 0;
}

describe("the reasons for published examples that do not conform", () => {
  it("are sentences", () => {
    for (const reason of Object.values(documentedExamples)) expect(reason).toMatch(/^[A-Z].*\.$/);
  });
});

if (!existsSync(file)) {
  console.info(`No published examples at ${file}: nothing of them is checked.`);
} else {
  const examples: readonly Example[] = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

  describe("every published example", () => {
    it("conforms, or is listed with the reason, and no entry of the list is stale", () => {
      const others = examples.filter((example) => !conforms(example)).map(({ schema }) => schema);
      expect([...new Set(others)].sort()).toEqual(Object.keys(documentedExamples).sort());
      expect(examples.length).toBeGreaterThan(60);
    });

    it("conforms once it is in today's form, where the list says so", () => {
      for (const [schema, reason] of Object.entries(documentedExamples)) {
        const upcasted = examples
          .filter((example) => example.schema === schema)
          .every((example) => conforms({ ...example, event: upcast(example.event) }));
        expect({ schema, upcasted }).toEqual({
          schema,
          upcasted: reason.includes("Read with `upcast`, it conforms."),
        });
      }
    });
  });
}
