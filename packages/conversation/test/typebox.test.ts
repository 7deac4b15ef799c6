import { systemClock } from "@duologue/core";
import { type Static, Type } from "@sinclair/typebox";
import { describe, expect, expectTypeOf, it } from "vitest";
import { runTool, tool } from "../src/index.ts";

// TypeBox as programs use it: the schema types the arguments, and what does not conform is told to the model.

const Guest = Type.Object(
  { name: Type.String({ minLength: 1 }), child: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);

const Booking = Type.Object(
  {
    city: Type.String(),
    day: Type.String({ format: "date" }),
    guests: Type.Array(Guest, { minItems: 1 }),
    table: Type.Union([Type.Literal("inside"), Type.Literal("terrace"), Type.Integer({ minimum: 1 })]),
    contact: Type.Union([
      Type.Object({ mail: Type.String({ format: "email" }) }),
      Type.Object({ phone: Type.String() }),
    ]),
    note: Type.Optional(Type.String()),
    prices: Type.Optional(Type.Record(Type.String(), Type.Number())),
  },
  { additionalProperties: false },
);

/** A tool whose arguments are a booking, with all that it was run with. */
function booking() {
  const runs: Static<typeof Booking>[] = [];
  const book = tool({
    name: "book",
    description: "Books a table.",
    parameters: Booking,
    approve(args) {
      expectTypeOf(args).toEqualTypeOf<Static<typeof Booking>>();
      return true;
    },
    run(args) {
      expectTypeOf(args).toEqualTypeOf<Static<typeof Booking>>();
      expectTypeOf(args.note).toEqualTypeOf<string | undefined>();
      expectTypeOf(args.table).toEqualTypeOf<number | "inside" | "terrace">();
      expectTypeOf(args.guests).toEqualTypeOf<{ name: string; child?: boolean }[]>();
      runs.push(args);
      return "booked";
    },
  });
  const call = (json: string) =>
    runTool(
      [book],
      { callId: "call_1", name: "book", arguments: json },
      { clock: systemClock(), signal: new AbortController().signal },
    );
  return { book, runs, call };
}

const right = {
  city: "Lisbon",
  day: "2026-02-28",
  guests: [{ name: "Ada" }, { name: "Bo", child: true }],
  table: "terrace",
  contact: { mail: "ada@example.com" },
} satisfies Static<typeof Booking>;

describe("a tool with a TypeBox schema", () => {
  it("is defined by it as JSON Schema, which is what the service is sent", () => {
    const { definition } = booking().book;
    expect(JSON.parse(JSON.stringify(definition.parameters))).toMatchObject({
      type: "object",
      properties: {
        city: { type: "string" },
        guests: { type: "array", items: { type: "object", required: ["name"] } },
      },
      required: ["city", "day", "guests", "table", "contact"],
      additionalProperties: false,
    });
  });

  it.each([
    ["as it is", right],
    ["with another form of a union, and what is optional", { ...right, table: 4, contact: { phone: "1" } }],
    ["with a record", { ...right, note: "", prices: { menu: 12.5 } }],
  ])("runs with what conforms, %s", async (_, args) => {
    const { runs, call } = booking();
    expect(await call(JSON.stringify(args))).toBe("booked");
    expect(runs).toEqual([args]);
  });

  it.each([
    ["a field that is missing", { city: undefined }, "/city: missing, and required"],
    ["a field of another type", { city: 3 }, "/city: expected a string, found 3"],
    ["something in a list", { guests: [{ name: "Ada" }, { name: 5 }] }, "/guests/1/name: expected a string"],
    ["a bound", { guests: [] }, "/guests: expected at least 1 entries, found []"],
    ["a bound within", { guests: [{ name: "" }] }, "/guests/0/name: expected at least 1 characters"],
    ["an optional field", { note: null }, "/note: expected a string, found null"],
    ["an optional field within", { guests: [{ name: "A", child: "no" }] }, "/guests/0/child: expected true"],
    ["a format", { day: "tomorrow" }, '/day: expected a text of the format date, found "tomorrow"'],
    ["a format within a union", { contact: { mail: "ada" } }, "/contact/mail: expected a text of the format"],
    [
      "no form of a union",
      { table: "roof" },
      '/table: expected "inside" or "terrace" or a whole number, found "roof"',
    ],
    ["a field that is not known", { tip: 1 }, "/tip: there is no such field"],
    ["one within", { guests: [{ name: "Ada", age: 3 }] }, "/guests/0/age: there is no such field"],
    ["a record's value", { prices: { menu: "12" } }, "/prices/menu: expected a number"],
  ])("tells the model of %s, and does not run", async (_, wrong, message) => {
    const { runs, call } = booking();
    const output = await call(JSON.stringify({ ...right, ...wrong }));
    expect(JSON.parse(output).error).toContain(message);
    expect(runs).toEqual([]);
  });

  it("takes schemas that lead back to themselves", async () => {
    const Node = Type.Recursive((This) =>
      Type.Object({ name: Type.String(), parts: Type.Optional(Type.Array(This)) }),
    );
    const runs: unknown[] = [];
    const tree = tool({
      name: "book",
      description: "Takes a tree.",
      parameters: Node,
      run: (args) => void runs.push(args),
    });
    const call = (json: string) =>
      runTool(
        [tree],
        { callId: "call_1", name: "book", arguments: json },
        { clock: systemClock(), signal: new AbortController().signal },
      );
    expect(await call('{"name":"a","parts":[{"name":"b","parts":[]}]}')).toBe("");
    expect(await call('{"name":"a","parts":[{"name":1}]}')).toContain("/parts/0/name: expected a string");
    expect(runs).toHaveLength(1);
  });
});
