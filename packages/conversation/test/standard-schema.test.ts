import { type Clock, systemClock } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { type ArgumentsOf, runTool, type ToolOptions, tool } from "../src/index.ts";

// Schemas as libraries make them, by the specifications alone. What zod makes of them is tested at the root.

interface Booking {
  readonly guests: number;
}

const json = { type: "object", properties: { guests: { type: "string" } }, required: ["guests"] };

type Verdict = { readonly value: Booking } | { readonly issues: readonly object[] };

/** Takes `{ guests: "3" }` and makes `{ guests: 3 }` of it. */
function judge(value: unknown): Verdict {
  const guests = Number((value as { guests?: unknown }).guests);
  return Number.isNaN(guests)
    ? { issues: [{ message: "no number", path: ["guests"] }, { message: "odd" }] }
    : { value: { guests } };
}

function schema(standard: object = {}) {
  const targets: string[] = [];
  const made = {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: judge as (value: unknown) => Verdict | Promise<Verdict>,
      jsonSchema: {
        input({ target }: { readonly target: string }) {
          targets.push(target);
          return { $schema: "https://json-schema.org/draft/2020-12/schema", ...json };
        },
      },
      ...standard,
    },
  } as const;
  // What the types of a library say, and no value.
  type Made = typeof made & { readonly "~standard": { readonly types?: { readonly output: Booking } } };
  return { schema: made as Made, targets };
}

function book<Schema extends object>(parameters: Schema, more: Partial<ToolOptions<Schema>> = {}) {
  const runs: ArgumentsOf<Schema>[] = [];
  const made = tool({
    name: "book",
    description: "Books a table.",
    parameters,
    run: (args) => void runs.push(args as ArgumentsOf<Schema>),
    ...more,
  });
  const call = (text: string, options: { readonly clock?: Clock; readonly signal?: AbortSignal } = {}) =>
    runTool(
      [made],
      { callId: "call_1", name: "book", arguments: text },
      { clock: systemClock(), signal: new AbortController().signal, ...options },
    );
  return { tool: made, runs, call };
}

describe("a schema of a library", () => {
  it("tells the model what it takes, judges what comes, and hands over what it makes of that", async () => {
    const { schema: parameters, targets } = schema();
    const { tool: made, runs, call } = book(parameters);
    expect(made.definition.parameters).toEqual({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      ...json,
    });
    expect(targets).toEqual(["draft-2020-12"]);
    expect(await call('{"guests":"3"}')).toBe("");
    const [first] = runs;
    const guests: number | undefined = first?.guests;
    expect(guests).toBe(3);
    expect(await call('{"guests":"many"}')).toBe(
      '{"error":"The arguments do not conform to the function\'s parameters. /guests: no number; the arguments: odd"}',
    );
    expect(runs).toHaveLength(1);
  });

  it("is waited for whatever it promises by, and believed only where it gives a verdict", async () => {
    const later = (verdict: object) => ({
      // biome-ignore lint/suspicious/noThenProperty: what is no promise of this realm has one, too.
      validate: () => ({ then: (tell: (verdict: object) => void) => tell(verdict) }) as Promise<Verdict>,
    });
    const refusing = book(schema(later({ issues: [{ message: "not today" }] })).schema);
    expect(await refusing.call('{"guests":"3"}')).toContain("not today");
    for (const nothing of [{}, { issues: [] }]) {
      const silent = book(schema({ validate: () => nothing as Verdict }).schema);
      expect(await silent.call('{"guests":"3"}')).toContain("neither a value nor what is wrong");
      expect([refusing.runs, silent.runs]).toEqual([[], []]);
    }
  });

  it("may be a function, as some libraries make theirs", async () => {
    const callable = Object.assign(() => {}, schema().schema);
    expect(await book(callable).call('{"guests":"3"}')).toBe("");
  });

  it("may take its time, as much as the tool has, and is not waited for when nobody wants the call any more", async () => {
    const patient = schema({ validate: async (value: unknown) => judge(value) }).schema;
    const { runs, call } = book(patient);
    expect(await call('{"guests":"3"}')).toBe("");
    expect(await call('{"guests":"many"}')).toContain("/guests: no number");
    expect(runs).toEqual([{ guests: 3 }]);
    const due: (() => void)[] = [];
    const clock: Clock = {
      now: () => 0,
      after(_, run) {
        due.push(run);
        return () => {};
      },
    };
    const hanging = book(schema({ validate: () => new Promise(() => {}) }).schema, { timeoutMs: 50 });
    const late = hanging.call("{}", { clock });
    due[0]?.();
    expect(await late).toBe('{"error":"book gave no answer within 50 ms."}');
    expect(await hanging.call("{}", { signal: AbortSignal.abort(new Error("over")) })).toBe(
      '{"error":"over"}',
    );
  });

  it("that fails to judge is told as a failure, and an issue whose path has objects for keys with its place", async () => {
    const broken = schema({
      validate() {
        throw new Error("no database");
      },
    });
    expect(await book(broken.schema).call("{}")).toBe('{"error":"no database"}');
    const path = [{ key: "a/b" }, 0, { key: "~" }];
    const nested = schema({ validate: () => ({ issues: [{ message: "no", path }] }) });
    expect(await book(nested.schema).call("{}")).toContain("/a~1b/0/~0: no");
  });

  it("that only describes itself is judged by that", async () => {
    const { runs, call } = book(schema({ validate: undefined }).schema);
    expect(await call('{"guests":3}')).toContain("/guests: expected a string, found 3");
    expect(await call('{"guests":"3"}')).toBe("");
    expect(runs).toEqual([{ guests: "3" }]);
  });

  it("that is a union of objects has the type that services want", () => {
    const forms = { anyOf: [json, { type: "object" }] };
    const union = schema({ jsonSchema: { input: () => forms } });
    expect(book(union.schema).tool.definition.parameters).toEqual({ type: "object", ...forms });
  });

  it.each([
    [
      "brings no JSON Schema",
      { jsonSchema: undefined },
      /of book cannot be told.*brings no JSON Schema.*zod.*4\.2.*valibot/,
    ],
    ["describes no object", { jsonSchema: { input: () => ({ type: "string" }) } }, "describe no object"],
    [
      "has no JSON Schema",
      {
        jsonSchema: {
          input() {
            throw new Error("a Date has none");
          },
        },
      },
      "have no JSON Schema: a Date has none",
    ],
    [
      "has null for a JSON Schema",
      { jsonSchema: null },
      "the jsonSchema of the schema has no function input",
    ],
    ["has another thing for one", { jsonSchema: 5 }, "the jsonSchema of the schema has no function input"],
    ["has one without input", { jsonSchema: { output: () => json } }, "has no function input"],
    ["has one whose input is the schema", { jsonSchema: { input: json } }, "has no function input"],
    ["is described by nothing", { jsonSchema: { input: () => undefined } }, "describes itself by undefined"],
    ["is described by null", { jsonSchema: { input: () => null } }, "describes itself by null"],
    ["is described by a text", { jsonSchema: { input: () => "{}" } }, "describes itself by string"],
    ["is described by a list", { jsonSchema: { input: () => [json] } }, "describes itself by a list"],
    ["is described later", { jsonSchema: { input: async () => json } }, "describes itself by a promise"],
    [
      "has a sentence for a reason",
      {
        jsonSchema: {
          input() {
            throw new Error("No.");
          },
        },
      },
      /: No\.$/,
    ],
    ["has no function to judge by", { validate: 5 }, "cannot be judged: validate is no function but number"],
  ])("that %s is refused where the tool is made", (_, standard, reason) => {
    const make = () => book(schema(standard).schema);
    expect(make).toThrow(expect.objectContaining({ code: "invalid_argument" }));
    expect(make).toThrow(reason);
  });
});
