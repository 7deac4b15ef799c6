import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Definition, type Definitions, readDefinitions, type Schema } from "../generate/definition.ts";
import { type Deviations, readDeviations } from "../generate/deviations.ts";
import { compared } from "./compared.ts";
import { declarations } from "./declarations.ts";
import { report } from "./report.ts";

/** A small protocol as upstream declares it, in the forms that declarations of the real package have. */
const module = "small/events";
const declared = `
import * as Shared from "../small/shared.js";
import { Note as Remark } from "./shared.js";
export interface LampSet {
  lamp: LampSet.Lamp;
  type: 'lamp.set';
  note?: Remark | null;
}
export declare namespace LampSet {
  /** A lamp. */
  interface Lamp {
    brightness: number;
    colour?: (string & {}) | 'red' | 'green';
    mode: 'on' | 'off';
    labels?: Array<string>;
    extra?: { [key: string]: unknown };
    names?: Record<string, string>;
  }
}
export interface LampBroken { type: 'lamp.broken'; cause: Wire | Bulb; shared?: Shared.Note }
export interface Wire { type: 'wire'; length: number }
export interface Bulb { type: 'bulb'; watts?: number }
export interface Fuse { type: 'fuse' }
export interface LampDimmed { type: 'lamp.dimmed' }
export interface Cause { type?: 'wire' | 'bulb'; length?: number; watts?: number; smell?: string }
export type RealtimeServerEvent = LampSet | LampBroken;
`;
const shared = "export interface Note { text: string }";

const text: Schema = { type: "string" };
const schemas: Readonly<Record<string, Schema & { readonly title: string }>> = {
  "realtime/server/lamp.set.json": {
    title: "LampSetEvent",
    type: "object",
    properties: {
      type: { const: "lamp.set" },
      lamp: { $ref: "../shared/lamp.json" },
      note: { anyOf: [{ $ref: "../shared/note.json" }, { type: "null" }] },
    },
    required: ["type", "lamp"],
  },
  "realtime/server/lamp.broken.json": {
    title: "LampBrokenEvent",
    type: "object",
    properties: {
      type: { const: "lamp.broken" },
      cause: { anyOf: [{ $ref: "../shared/wire.json" }, { $ref: "../shared/bulb.json" }] },
      shared: { $ref: "../shared/note.json" },
    },
    required: ["type", "cause"],
  },
  "realtime/shared/lamp.json": {
    title: "Lamp",
    type: "object",
    properties: {
      brightness: { type: "integer", minimum: 0 },
      colour: { anyOf: [{ enum: ["red", "green"] }, text] },
      mode: { enum: ["on", "off"] },
      labels: { type: "array", items: text },
      extra: { type: "object" },
      names: { type: "object", additionalProperties: text },
    },
    required: ["brightness", "mode"],
  },
  "realtime/shared/note.json": { title: "Note", type: "object", properties: { text }, required: ["text"] },
  "realtime/shared/wire.json": {
    title: "Wire",
    type: "object",
    properties: { type: { const: "wire" }, length: { type: "number" } },
    required: ["type", "length"],
  },
  "realtime/shared/bulb.json": {
    title: "Bulb",
    type: "object",
    properties: { type: { const: "bulb" }, watts: { type: "number" } },
    required: ["type"],
  },
};

const all: readonly Definition[] = Object.entries(schemas).map(([file, schema]) => ({
  name: schema.title,
  file,
  schema,
}));
const definitions: Definitions = {
  all,
  target: (_, ref) => {
    const found = all.find(({ file }) => file.endsWith(ref.replace("..", "realtime")));
    if (found === undefined) throw new Error(`nothing at ${ref}`);
    return found;
  },
};

const types: Deviations["types"] = {
  LampSetEvent: { official: "LampSet" },
  LampBrokenEvent: { official: "LampBroken" },
  Lamp: { official: "LampSet.Lamp" },
  Wire: { official: "Wire" },
  Bulb: { official: "Bulb" },
};
const otherModules = { "small/shared": { Note: { official: "Note" } } };

/** What is found when a text in the declarations is replaced by another, with some deviations listed. */
function found(from: string, to: string, listed: Deviations["types"] = {}): readonly string[] {
  expect(declared + shared).toContain(from);
  const modules = new Map([
    [module, declared.replace(from, to)],
    ["small/shared", shared.replace(from, to)],
  ]);
  const deviations = { module, types: { ...types, ...listed }, otherModules };
  const { differences } = compared(
    definitions,
    deviations,
    declarations((path) => modules.get(path)),
  );
  return differences.map(({ change, what, here, detail }) => `${change} ${what} ${here}: ${detail}`);
}

describe("a comparison finds", () => {
  it("nothing where nothing differs", () => {
    expect(found("A lamp.", "The lamp.")).toEqual([]);
  });

  const optional = "required here, optional there";

  it.each([
    [
      "an event that is new",
      "= LampSet |",
      "= LampDimmed | LampSet |",
      "new event realtime/server: lamp.dimmed (LampDimmed)",
    ],
    [
      "an event that is gone",
      " | LampBroken;",
      ";",
      "gone event realtime/server: lamp.broken (LampBrokenEvent)",
    ],
    [
      "a field that is new",
      "brightness:",
      "warmth?: number; brightness:",
      "new field Lamp.warmth: optional: number",
    ],
    ["a field that is gone", "brightness: number;", "", "gone field Lamp.brightness: required: number"],
    ["a field that has another name", "watts?", "power?", "gone field Bulb.watts: optional: number"],
    ["a value that is new", "'on' | 'off'", "'on' | 'off' | 'blink'", 'new value Lamp.mode: "blink"'],
    ["a value that is gone", "'on' | 'off'", "'on'", 'gone value Lamp.mode: "off"'],
    ["a new name in an open list", "'red' |", "'red' | 'blue' |", 'new value Lamp.colour: "blue"'],
    ["a name gone from an open list", " | 'green'", "", 'gone value Lamp.colour: "green"'],
    ["a list that is closed", "(string & {}) | ", "", "gone type Lamp.colour: string"],
    ["a field that may be missing", "mode:", "mode?:", `changed presence Lamp.mode: ${optional}`],
    ["a null", "brightness: number", "brightness: number | null", "new type Lamp.brightness: null"],
    [
      "another type",
      "brightness: number",
      "brightness: string",
      "changed type Lamp.brightness: number here, string there",
    ],
    [
      "another type in a list",
      "Array<string>",
      "Array<number>",
      "changed type Lamp.labels: string here, number there",
    ],
    [
      "another type in a map",
      "Record<string, string>",
      "Record<string, boolean>",
      "changed type Lamp.names: string here, boolean there",
    ],
    ["no list any more", "labels?: Array<string>", "labels?: string", "gone type Lamp.labels: a list"],
    [
      "a new alternative",
      "Wire | Bulb;",
      "Wire | Bulb | Fuse;",
      "new alternative LampBrokenEvent.cause: fuse (Fuse)",
    ],
    [
      "an alternative that is gone",
      "Wire | Bulb;",
      "Wire;",
      "gone alternative LampBrokenEvent.cause: bulb (Bulb)",
    ],
    [
      "a difference in an object without a name",
      "shared?: Shared.Note",
      "shared?: { text?: string }",
      `changed presence Note.text: ${optional}`,
    ],
    [
      "one shape for what is told apart here",
      "Wire | Bulb;",
      "Cause;",
      "new field LampBrokenEvent.cause.smell: optional: string",
    ],
  ])("%s", (_, from, to, expected) => {
    expect(found(from, to)).toContain(expected);
  });

  it("a type that is gone", () => {
    expect(found("A lamp.", "The lamp.", { Wire: { official: "Cable" } })).toEqual([
      "gone type Wire: not declared",
    ]);
  });

  it("nothing where upstream takes any string and names none", () => {
    expect(found("(string & {}) | 'red' | 'green'", "string")).toEqual([]);
  });

  it("that a string is now one of some names, where none are named here", () => {
    expect(found("text: string", "text: 'a' | 'b'")).toEqual(["gone type Note.text: string"]);
    expect(found("Array<string>", "Array<'a'>")).toEqual(["gone type Lamp.labels: string"]);
  });

  it("one thing for one change", () => {
    expect(found("brightness:", "warmth?: number; brightness:")).toHaveLength(1);
    expect(found("watts?", "power?")).toEqual([
      "gone field Bulb.watts: optional: number",
      "new field Bulb.power: optional: number",
    ]);
  });
});

describe("the list of deviations", () => {
  const lamp = (
    field: string,
    kind: "narrower" | "wider" | "different" | "added" | "missing",
  ): Deviations["types"] => ({
    Lamp: { official: "LampSet.Lamp", differences: { [field]: { kind, reason: "Because." } } },
  });

  it.each([
    ["a field that is only here", "brightness: number;", "", lamp("brightness", "added")],
    ["a field that is only there", "brightness:", "warmth?: number; brightness:", lamp("warmth", "missing")],
    ["another type", "brightness: number", "brightness: string", lamp("brightness", "different")],
    ["a field that must be there", "mode:", "mode?:", lamp("mode", "narrower")],
    ["a value that is only here", "'on' | 'off'", "'on'", lamp("mode", "wider")],
  ])("explains %s", (_, from, to, listed) => {
    expect(found(from, to)).toHaveLength(1);
    expect(found(from, to, listed)).toEqual([]);
  });

  it("does not explain what is new in a field that differs otherwise", () => {
    expect(found("'on' | 'off'", "'on' | 'blink'", lamp("mode", "different"))).toEqual([
      'new value Lamp.mode: "blink"',
    ]);
  });

  it("does not explain another field", () => {
    expect(found("brightness: number", "brightness: string", lamp("mode", "different"))).toHaveLength(1);
  });

  it("is stale when it says that a field is on one side only and it is not", () => {
    expect(found("A lamp.", "The lamp.", lamp("brightness", "added"))).toEqual([
      'changed deviation Lamp.brightness: the list of deviations says "added", which it is no longer',
    ]);
  });
});

describe("declarations", () => {
  it("are refused where they cannot be compared, instead of being passed over", () => {
    expect(() => found("brightness: number", "brightness: keyof Wire")).toThrow(/TSTypeOperator/);
    expect(() => found("brightness: number", "brightness: Wire['length']")).toThrow(/TSIndexedAccessType/);
    expect(() => found("brightness: number", "brightness: Nothing")).toThrow(/there is no Nothing/);
    expect(() => found("brightness: number", "brightness number number")).toThrow(/cannot be read/);
    expect(() => found("./shared.js", "./elsewhere.js")).toThrow(/no declarations of small\/elsewhere/);
  });
});

describe("the installed package", () => {
  const root = join(import.meta.dirname, "../..");
  const deviations = readDeviations(join(root, "schemas/deviations.json"));
  const ours = readDefinitions(join(root, "schemas"));
  const folder = dirname(fileURLToPath(import.meta.resolve(deviations.package)));
  const textOf = (path: string) =>
    readFileSync(join(folder, `${path.slice(deviations.package.length)}.d.ts`), "utf8");

  it("differs in nothing that the list does not explain, says the command", () => {
    const run = spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), "--json"], {
      encoding: "utf8",
    });
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(run.stdout)).toMatchObject({ package: "openai", differences: [] });
    expect(JSON.parse(run.stdout).compared).toBeGreaterThan(100);
  });

  it("is seen to change wherever a type changes that has a counterpart", () => {
    const changed = declarations((path) =>
      textOf(path).replace(/^(\s*(?:export )?interface \w+ \{)$/gm, "$1 zzz?: 1;"),
    );
    const { differences } = compared(ours, deviations, changed);
    const upstream = new Set(differences.map((difference) => difference.upstream));
    const interfaces = Object.values(deviations.types).filter(
      ({ official }) => official !== "LogProbProperties",
    );
    for (const { official } of interfaces) expect(upstream).toContain(`${official}.zzz`);
  });

  it("cannot be compared when it is not there", () => {
    const main = join(import.meta.dirname, "main.ts");
    expect(spawnSync(process.execPath, [main, "--package", import.meta.dirname]).status).toBe(2);
    expect(spawnSync(process.execPath, [main, "--jsn"]).status).toBe(2);
  });
});

describe("the report", () => {
  it("has a heading for each kind of change that there is", () => {
    const difference = {
      what: "field",
      here: "Lamp.warmth",
      upstream: "LampSet.Lamp.warmth",
      detail: "number",
    } as const;
    const result = { compared: 3, explained: 2, differences: [{ ...difference, change: "new" as const }] };
    expect(report("small 1", result).split("\n")).toEqual([
      "small 1: 3 compared, 2 differences explained by schemas/deviations.json, 1 not",
      "",
      "New upstream",
      "  field       Lamp.warmth  number  [LampSet.Lamp.warmth]",
    ]);
    expect(report("small 1", { ...result, differences: [] })).not.toContain("\n");
  });
});
