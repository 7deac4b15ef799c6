import { runTool, type Tool, tool } from "@duologue/conversation";
import { systemClock } from "@duologue/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as z from "zod";
import * as mini from "zod/mini";

// What the conversation takes by the specifications alone, held against the library that most programs have.

const call = (made: Tool, text: string) =>
  runTool(
    [made],
    { callId: "call_1", name: made.definition.name, arguments: text },
    { clock: systemClock(), signal: new AbortController().signal },
  );

const about = { name: "book", description: "Books a table." } as const;

describe("a tool whose parameters are of zod", () => {
  const Booking = z.object({
    city: z.string().min(1).describe("Where."),
    guests: z.coerce.number().int().positive().optional(),
    at: z.iso.datetime().transform((text) => new Date(text)),
    table: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("inside"), quiet: z.boolean().default(true) }),
      z.object({ kind: z.literal("terrace") }),
    ]),
  });

  it("tells the model what it takes, and is run with what zod makes of that, typed", async () => {
    const runs: z.output<typeof Booking>[] = [];
    const book = tool({
      ...about,
      parameters: Booking,
      approve({ city }) {
        expectTypeOf(city).toEqualTypeOf<string>();
        return true;
      },
      run(args) {
        expectTypeOf(args).toEqualTypeOf<z.output<typeof Booking>>();
        expectTypeOf(args.at).toEqualTypeOf<Date>();
        runs.push(args);
        return "booked";
      },
    });
    expect(book.definition.parameters).toMatchObject({
      type: "object",
      properties: {
        city: { type: "string", minLength: 1, description: "Where." },
        at: { type: "string", format: "date-time" },
      },
      required: ["city", "at", "table"],
    });
    expect(JSON.stringify(book.definition)).not.toContain('"def":');
    const right = '{"city":"Faro","at":"2026-05-01T12:00:00Z","table":{"kind":"inside"}}';
    expect(await call(book, right)).toBe("booked");
    expect(runs).toEqual([
      { city: "Faro", at: new Date("2026-05-01T12:00:00Z"), table: { kind: "inside", quiet: true } },
    ]);
    const wrong = await call(book, '{"city":5,"at":"noon","table":{"kind":"roof"}}');
    expect(wrong).toMatch(/\/city: .*string.*; \/at: .*; \/table\/kind: /);
    expect(runs).toHaveLength(1);
  });

  it("waits for what zod looks up", async () => {
    const Known = z.object({ id: z.string().refine(async (id) => id === "ada", "nobody of that name") });
    const greet = tool({ ...about, parameters: Known, run: ({ id }) => `Hello, ${id}.` });
    expect(await call(greet, '{"id":"ada"}')).toBe("Hello, ada.");
    expect(await call(greet, '{"id":"bob"}')).toContain("/id: nobody of that name");
  });

  it("takes unions and records of objects, and what z.toJSONSchema makes of a schema of zod/mini", async () => {
    const Shape = z.union([z.object({ r: z.number() }), z.object({ a: z.number(), b: z.number() })]);
    const area = tool({
      ...about,
      parameters: Shape,
      run: (args) => ("r" in args ? args.r : args.a * args.b),
    });
    expect(await call(area, '{"a":2,"b":3}')).toBe("6");
    const Prices = z.record(z.enum(["en", "pt"]), z.string());
    const translate = tool({ ...about, parameters: Prices, run: ({ en }) => en });
    expect(await call(translate, '{"en":"x","pt":"y"}')).toBe("x");
    const Small = mini.toJSONSchema(mini.object({ guests: mini.optional(mini.number()) }));
    const seat = tool({
      ...about,
      parameters: Small,
      run({ guests }) {
        expectTypeOf(guests).toEqualTypeOf<number | undefined>();
        return guests;
      },
    });
    expect(await call(seat, '{"guests":2}')).toBe("2");
    expect(await call(seat, '{"guests":"2"}')).toContain("/guests: ");
  });

  it.each([
    ["describe no object", z.string()],
    ["have no JSON Schema", z.object({ at: z.date() })],
    ["brings no JSON Schema along", mini.object({ city: mini.string() })],
  ])("is refused where they %s", (reason, parameters) => {
    expect(() => tool({ ...about, parameters, run: () => 1 })).toThrow(reason);
  });
});
