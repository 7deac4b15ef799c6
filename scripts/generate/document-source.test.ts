import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { errorCodes } from "../../packages/protocol/src/error-codes.ts";
import { type Definition, type Definitions, readDefinitions, type Schema } from "./definition.ts";
import { firstSentence, jsonText, table } from "./document/markdown.ts";
import { schemaInWords } from "./document/schema-in-words.ts";
import { sequenceDiagram, sequenceSteps } from "./document/sequence.ts";
import { documentSource } from "./document-source.ts";

const root = join(import.meta.dirname, "../..");
const definitions = readDefinitions(join(root, "schemas"));
const prose = join(root, "schemas/document");
const page = documentSource(definitions, prose);

/** The text of the page outside fenced blocks. */
const plain = page.replace(/^```[\s\S]*?^```$/gm, "");

const ofProtocol = definitions.all.filter(({ file }) => !file.startsWith("recording/"));
const isEvent = ({ file }: Definition) => /\/(?:client|server)\//.test(file);

describe("the page", () => {
  it("has a heading for every event and every shape, with all of their fields", () => {
    const sections = plain.split(/^#{2,4} /m);
    for (const definition of ofProtocol) {
      const name = isEvent(definition) ? String(definition.schema.properties?.type?.const) : definition.name;
      const own = sections.filter((section) => section.startsWith(`\`${name}\`\n`));
      expect({ name, found: own.length > 0 }).toEqual({ name, found: true });
      for (const field of Object.keys(definition.schema.properties ?? {})) {
        if (isEvent(definition) && (field === "type" || field === "event_id")) continue;
        const row = new RegExp(`^\\| \`${field}\`\\?? \\| [^|]+`, "m");
        expect({ name, field, found: own.some((section) => row.test(section)) }).toMatchObject({
          found: true,
        });
      }
    }
  });

  it("links to its own headings only, and to each by one anchor", () => {
    // As GitHub does it: written apart from the generator, so that both would have to be wrong.
    const anchors: string[] = [];
    for (const [, text = ""] of plain.matchAll(/^#{1,6} (.+)$/gm)) {
      const anchor = [...text.toLowerCase()]
        .filter((letter) => /[a-z0-9_\- ]/.test(letter))
        .join("")
        .replace(/ /g, "-");
      const same = anchors.filter(
        (other) => other === anchor || other.replace(/-\d+$/, "") === anchor,
      ).length;
      anchors.push(same === 0 ? anchor : `${anchor}-${same}`);
    }
    const targets = [...plain.matchAll(/\]\(#([^)]*)\)/g)].map(([, target]) => target);
    expect(targets.length).toBeGreaterThan(500);
    expect([...new Set(targets)].filter((target) => !anchors.includes(target ?? ""))).toEqual([]);
    expect(new Set(anchors).size).toBe(anchors.length);
  });

  it("lists its chapters at the top", () => {
    const chapters = [...plain.matchAll(/^## (.+)$/gm)].map(([, text = ""]) => text);
    for (const chapter of chapters) expect(page).toContain(`- [${chapter}](#`);
    expect(page.indexOf("- [The idea]")).toBeLessThan(page.indexOf("## The idea"));
  });

  it("has every error code", () => {
    for (const code of Object.keys(errorCodes)) expect(page).toContain(`| \`${code}\` | `);
  });

  it("has tables whose rows have as many cells as their heads", () => {
    for (const block of plain.split(/\n{2,}/).filter((text) => text.startsWith("| "))) {
      const cells = block.split("\n").map((row) => row.replaceAll("\\|", "").split("|").length);
      expect({ block: block.slice(0, 60), widths: new Set(cells).size }).toMatchObject({ widths: 1 });
    }
  });

  it("holds JSON that is JSON", () => {
    const blocks = [...page.matchAll(/^```json\n([\s\S]*?)\n```$/gm)].map(([, text = ""]) => text);
    expect(blocks.length).toBeGreaterThan(ofProtocol.length);
    // One of them is several frames, a frame a line.
    for (const block of blocks)
      expect(() => JSON.parse(`[${block.replaceAll("}\n{", "},{")}]`)).not.toThrow();
  });

  it("is the same when it is made again", () => {
    expect(documentSource(readDefinitions(join(root, "schemas")), prose)).toBe(page);
  });
});

const recordings = join(root, "../shared/recordings");

/** Events whose number or moment is nobody's promise. */
const isLoose = (type: string) =>
  /\.delta$|^rate_limits\.|^session\.created$|input_audio_transcription\./.test(type);

if (!existsSync(recordings)) {
  console.info(`No recordings at ${recordings}: the sequences are not held against the live wire.`);
} else {
  describe("the sequences", () => {
    const chapter = readFileSync(join(prose, "sequences.md"), "utf8");
    it.each([
      ["A text turn", "openai__test_openai_ws_sideband__test_webrtc_sideband_text_turn.jsonl"],
      ["A spoken turn", "openai__test_openai_ws__test_audio_in_server_vad_turn.jsonl"],
      ["A function call", "openai__test_openai_ws__test_tool_call_round.jsonl"],
    ])("%s: is what a live service sent", (title, file) => {
      const [, source = ""] =
        /```sequence\n([\s\S]*?)```/.exec(chapter.split(`### ${title}\n`)[1] ?? "") ?? [];
      const told = sequenceSteps(source).flatMap((step) =>
        "note" in step || step.from === "client" || isLoose(step.type) ? [] : [step.type],
      );
      const seen = readFileSync(join(recordings, file), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
        .filter(({ from, event }) => from === "server" && event !== undefined && !isLoose(event.type))
        .map(({ event }) => event.type);
      expect(told.length).toBeGreaterThan(8);
      expect(` ${seen.join(" ")} `).toContain(` ${told.join(" ")} `);
    });
  });
}

describe("a page with something new", () => {
  const copy = mkdtempSync(join(tmpdir(), "document-"));
  afterAll(() => rmSync(copy, { recursive: true }));

  const signal: Definition = {
    name: "SignalEvent",
    file: "signals/server/signal.sent.json",
    schema: {
      title: "SignalEvent",
      description: "A signal was sent. After `response.done`, that is.",
      type: "object",
      properties: {
        type: { const: "signal.sent" },
        strength: { type: "number", description: "How strong." },
      },
      required: ["type"],
      "x-media": ["websocket"],
    },
  };
  const more: Definitions = { ...definitions, all: [...definitions.all, signal] };

  it("has a reference of a protocol that nobody has written about", () => {
    const text = documentSource(more, prose);
    expect(text).toContain("- [Reference: signals](#reference-signals)");
    expect(text).toContain("### What a service sends (signals): 1 event\n");
    expect(text).toContain("A signal was sent. After [`response.done`](#responsedone), that is.");
    expect(text).toContain("| `strength`? | number | How strong. |");
  });

  it("has a chapter for it once somebody has", () => {
    cpSync(prose, copy, { recursive: true });
    writeFileSync(join(copy, "signals.md"), "## Signals\n\n```sequence signals\n< signal.sent\n```\n");
    const text = documentSource(more, copy);
    expect(text).toContain("- [Signals](#signals)");
    expect(text).toMatch(/^ {2}\| <-+ signal\.sent \|$/m);
  });

  it.each([
    [
      "an event that there is not",
      "## Signals\n\nWait for `response.finished`.",
      /there is no response\.finished/,
    ],
    [
      "an event that goes the other way",
      "## S\n\n```sequence signals\n> signal.sent\n```",
      /a client sends no signal\.sent/,
    ],
    ["a sequence of nothing", "## S\n\n```sequence smoke\n< signal.sent\n```", /smoke, which there is not/],
    ["a link to no heading", "## S\n\n[Here](#nowhere).", /a link to #nowhere/],
    ["a filling that nobody has", "## S\n\n{{weather}}", /nobody fills \{\{weather\}\}/],
  ])("is refused with %s", (_, text, message) => {
    cpSync(prose, copy, { recursive: true });
    writeFileSync(join(copy, "signals.md"), text);
    expect(() => documentSource(more, copy)).toThrow(message);
  });
});

describe("a sequence", () => {
  it("is drawn with the client on the left", () => {
    const steps = sequenceSteps("> a.b xN | often\n\n- Something happens.\n< c.d {x: 1}");
    expect(sequenceDiagram(steps).split("\n")).toEqual([
      "client                          service",
      "  | a.b xN ---------------------> |  often",
      "  :  Something happens.",
      "  | <----------------- c.d {x: 1} |",
    ]);
  });

  it("is refused where a line is no step", () => {
    expect(() => sequenceSteps("response.done")).toThrow(/no step of a sequence: response\.done/);
  });
});

describe("a type in words", () => {
  const from: Definition = { name: "X", file: "x/x.json", schema: {} };
  const tool: Definition = { name: "Tool", file: "x/tool.json", schema: {} };
  const all: Definitions = { all: [from, tool], target: () => tool };
  const links = { to: (key: string) => (key === tool.file ? "#tool" : undefined) };

  it.each<[Schema, string]>([
    [{ $ref: "tool.json" }, "[`Tool`](#tool)"],
    [{ type: ["string", "null"] }, "string or `null`"],
    [{ anyOf: [{ enum: ["auto", "low"] }, { type: "null" }] }, '`"auto"`, `"low"` or `null`'],
    [{ anyOf: [{ enum: ["marin"] }, { type: "string" }] }, '`"marin"` or another string'],
    [{ anyOf: [{ type: "string" }, { $ref: "tool.json" }] }, "string or [`Tool`](#tool)"],
    [{ type: "integer", minimum: 1, maximum: 4096 }, "integer from 1 to 4096"],
    [{ type: "number", minimum: 0 }, "number from 0"],
    [{ type: "array", items: { $ref: "tool.json" }, minItems: 1 }, "list of [`Tool`](#tool), at least 1"],
    [{ type: "string", contentEncoding: "base64" }, "string, base64"],
    [{ type: "string", maxLength: 512 }, "string, at most 512 characters"],
    [
      {
        type: "object",
        additionalProperties: { type: "string" },
        maxProperties: 16,
        propertyNames: { maxLength: 64 },
      },
      "object whose values are: string, at most 16, keys of at most 64 characters",
    ],
    [
      { anyOf: [{ type: "array", items: { enum: ["a", "b"] } }, { type: "null" }] },
      '(list of `"a"` or `"b"`) or `null`',
    ],
    [{ type: ["string", "null"], contentEncoding: "base64" }, "(string, base64) or `null`"],
    [{ type: "object" }, "object"],
    [{}, "anything"],
  ])("%j", (schema, words) => {
    expect(schemaInWords(schema, from, all, links)).toBe(words);
  });
});

describe("Markdown", () => {
  it("escapes bars in tables", () => {
    expect(table(["a", "b"], [["x | y", "`p|q`\nr"]])).toBe(
      "| a | b |\n| --- | --- |\n| x \\| y | `p\\|q` r |",
    );
  });

  it("finds the first sentence, not the first dot", () => {
    expect(firstSentence("At 0.5 it begins, with `a.b`. Then it ends.")).toBe(
      "At 0.5 it begins, with `a.b`.",
    );
    expect(firstSentence("No end")).toBe("No end");
  });

  it("writes JSON on one line where it fits", () => {
    const long = "x".repeat(60);
    expect(jsonText({ a: [1, { b: null }] })).toBe('{ "a": [1, { "b": null }] }');
    expect(jsonText({ a: long, b: { c: long } })).toBe(`{\n  "a": "${long}",\n  "b": { "c": "${long}" }\n}`);
  });
});
