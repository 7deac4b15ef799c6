import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventsIn } from "../generate/catalogue-source.ts";
import { type Definition, readDefinitions, type Schema } from "../generate/definition.ts";
import { bundled } from "./bundled.ts";
import { complaintsAbout, sizeRows, statedSizes } from "./size-table.ts";

const root = join(import.meta.dirname, "../..");
const from = join(root, "packages/protocol");
const definitions = readDefinitions(join(root, "schemas"));

describe("the table", () => {
  it("states what is measured, within bounds", () => {
    const run = spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), "--check"], {
      encoding: "utf8",
    });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), "--chek"]).status).toBe(2);
  });

  const bundle = { name: "a part", contents: "`f`", program: "" };
  const size = { ...bundle, minifiedBytes: 40_000, gzipBytes: 10_000 };

  it("is read as it is written", () => {
    expect(statedSizes(sizeRows([size]))).toEqual(
      new Map([["a part", { minifiedBytes: 40_000, gzipBytes: 10_000 }]]),
    );
  });

  it.each([
    ["the same", { ...size }, []],
    ["a little more", { ...size, gzipBytes: 10_200 }, []],
    [
      "much more",
      { ...size, gzipBytes: 10_201 },
      [/^a part: 40,000 and 10,000 bytes stated, 40,000 and 10,201/],
    ],
    ["much less", { ...size, minifiedBytes: 39_000 }, [/^a part: 40,000 and 10,000 bytes stated, 39,000/]],
    [
      "more than is allowed",
      { ...size, mostGzipBytes: 9_999 },
      [/^a part: 10,000 bytes gzipped, 9,999 allowed/],
    ],
    ["something else", { ...size, name: "another" }, [/^another: not stated/, /^a part: stated, but not/]],
  ])("is compared with %s", (_, measured, complaints) => {
    const found = complaintsAbout([measured], statedSizes(sizeRows([size])));
    expect(found).toEqual(complaints.map((complaint) => expect.stringMatching(complaint)));
  });
});

/** The names of a definition and of all that it refers to, directly or through others. */
function shapesOf(definition: Definition): ReadonlySet<string> {
  const names = new Set([definition.name]);
  const visit = (schema: Schema, within: Definition): void => {
    if (schema.$ref !== undefined) {
      const target = definitions.target(within, schema.$ref);
      names.add(target.name);
      visit(target.schema, target);
    }
    const { anyOf = [], allOf = [], properties = {}, items, additionalProperties } = schema;
    for (const part of [...anyOf, ...allOf, ...Object.values(properties)]) visit(part, within);
    if (items !== undefined) visit(items, within);
    if (typeof additionalProperties === "object") visit(additionalProperties, within);
  };
  visit(definition.schema, definition);
  return names;
}

describe("a part of the protocol", () => {
  it.each([
    ["decode, encode and guards", "decodeServerFrame, isServerEvent, encode", /expected a|check[A-Z]/],
    ["the protocol without validation", "realtimeProtocol", /function check[A-Z]/],
    [
      "the protocol",
      "openaiRealtime",
      /session\.input_transcript|force_message|session\.avatar|client_secret/,
    ],
    ["the translation protocol", "openaiTranslation", /mcp_list_tools|output_audio_transcript|function_call/],
  ])("%s: brings nothing of the others", async (_, names, others) => {
    const text = await bundled(`export { ${names} } from "./src/index.ts";`, { from, minify: false });
    expect(text.match(others)).toBeNull();
  });
});

describe("one event's validator", () => {
  const names = definitions.all.map(({ name }) => name);
  const longest = (found: readonly string[]) => found.reduce((a, b) => (b.length > a.length ? b : a), "");
  const events = [...eventsIn(definitions, "realtime/client/"), ...eventsIn(definitions, "realtime/server/")];

  it.each(events.map((event) => [event.type, event] as const))(
    "of %s brings its own shapes only",
    async (_, event) => {
      const program = `export { check${event.name} } from "./src/validators.ts";`;
      const text = await bundled(program, { from, minify: false });
      const brought = [...text.matchAll(/^(?:async )?function check([A-Z]\w*)\(/gm)].map(
        ([, name = ""]) => name,
      );
      expect(brought).toContain(event.name);
      // A part without a name of its own is checked by a function named after its definition and its field.
      const shapes = brought.map((name) => longest(names.filter((shape) => name.startsWith(shape))));
      const strange = shapes.filter((shape) => !shapesOf(event).has(shape));
      expect(strange).toEqual([]);
      expect(text).not.toMatch(/\bclientChecks\b|\bserverChecks\b/);
    },
  );
});
