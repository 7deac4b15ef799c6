import { FunctionTool } from "@duologue/protocol/schemas";
import { type ArgumentsOf, tool } from "../src/index.ts";

// Compiled, never run: what arguments are typed as.

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <Claim extends true>(claim?: Claim) => claim;

tool({
  name: "book",
  description: "Books a table.",
  parameters: {
    type: "object",
    properties: {
      city: { type: "string" },
      guests: { type: "integer" },
      terrace: { type: "boolean" },
      menu: { enum: ["fish", "meat"] },
      names: { type: "array", items: { type: "string" } },
      at: { anyOf: [{ type: "number" }, { type: "null" }] },
      more: { type: ["string", "number"] },
      contact: { type: "object", properties: { mail: { type: "string" } }, required: ["mail"] },
      note: {},
    },
    required: ["city", "menu", "names", "at", "contact"],
  },
  approve({ city }) {
    holds<Same<typeof city, string>>();
    return true;
  },
  run({ city, guests, terrace, menu, names, at, more, contact, note }, { signal }) {
    holds<Same<typeof city, string>>();
    holds<Same<typeof guests, number | undefined>>();
    holds<Same<typeof terrace, boolean | undefined>>();
    holds<Same<typeof menu, "fish" | "meat">>();
    holds<Same<typeof names, readonly string[]>>();
    holds<Same<typeof at, number | null>>();
    holds<Same<typeof more, string | number | undefined>>();
    holds<Same<typeof contact.mail, string>>();
    holds<Same<typeof note, unknown>>();
    holds<Same<typeof signal, AbortSignal>>();
  },
});

// A TypeBox schema, of which the protocol has many.
tool({
  name: "declare",
  description: "Takes a tool.",
  parameters: FunctionTool,
  run({ name, description, type }) {
    holds<Same<typeof name, string>>();
    holds<Same<typeof description, string | undefined>>();
    holds<Same<typeof type, "function">>();
  },
});

// A schema in a variable, as the doc comment has it.
const seats = { type: "object", properties: { guests: { type: "integer" } }, required: ["guests"] } as const;
tool({
  name: "seat",
  description: "Seats guests.",
  parameters: seats,
  run: ({ guests }) => holds<Same<typeof guests, number>>(),
});

// A schema of which the compiler knows nothing.
const parameters: object = JSON.parse("{}");
tool({
  name: "any",
  description: "Takes anything.",
  parameters,
  run: (args) => holds<Same<typeof args, Readonly<Record<string, unknown>>>>(),
});
holds<Same<ArgumentsOf<Record<string, unknown>>, Readonly<Record<string, unknown>>>>();

tool({
  name: "wrong",
  description: "Says that a text is a number.",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  // @ts-expect-error the schema says that it is a text
  run: ({ city }: { city: number }) => city,
});
