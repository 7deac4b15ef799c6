import { type Clock, RealtimeError, systemClock } from "@duologue/core";
import { describe, expect, it } from "vitest";
import { type Approval, runTool, type ToolContext, tool } from "../src/index.ts";

const open = { clock: systemClock(), signal: new AbortController().signal };

function named(run: (args: unknown, context: ToolContext) => unknown, timeoutMs = 1000) {
  return tool({ name: "f", description: "A test.", parameters: { type: "object" }, timeoutMs, run });
}

const call = (json = "{}") => ({ callId: "call_1", name: "f", arguments: json });

describe("runTool always gives the model an output", () => {
  it.each([
    ["a string as it is", () => "sunny", "sunny"],
    ["other values as JSON", () => ({ sky: ["sunny"] }), '{"sky":["sunny"]}'],
    ["nothing as the empty string", () => undefined, ""],
    ["null as JSON", () => null, "null"],
    ["a promise's value", async () => 3, "3"],
    [
      "an exception's message",
      () => {
        throw new Error("no such city");
      },
      '{"error":"no such city"}',
    ],
    ["what was thrown that is no error", () => Promise.reject("odd"), '{"error":"odd"}'],
    ["an error that is returned, as one that is thrown", () => new Error("full"), '{"error":"full"}'],
    [
      "whole numbers beyond 2^53 as texts",
      () => ({ id: 12345678901234567890n }),
      '{"id":"12345678901234567890"}',
    ],
    ["that a function is no result", () => () => 1, /^\{"error":"f has run. Its result is a function/],
    [
      "why a value has no JSON",
      () => {
        const loop: Record<string, unknown> = {};
        loop.self = loop;
        return loop;
      },
      /^\{"error":"f has run. Its result cannot be written as JSON: .*circular/,
    ],
  ])("%s", async (_, run, expected) => {
    const output = await runTool([named(run)], call(), open);
    if (typeof expected === "string") expect(output).toBe(expected);
    else expect(output).toMatch(expected);
  });

  it.each([
    ["an object without a prototype", Object.create(null), "says nothing of itself"],
    [
      "an object that cannot be written",
      {
        toString() {
          throw new Error("x");
        },
      },
      "says nothing of itself",
    ],
    ["an error without a message", new TypeError(), "TypeError without a message"],
    ["an empty text", "", "says nothing of itself"],
    ["an error whose message is an object", Object.assign(new Error(), { message: { a: 1 } }), '{"a":1}'],
    ["nothing", undefined, "undefined"],
  ])("when %s is thrown", async (_, thrown, told) => {
    const run = () => {
      throw thrown;
    };
    expect(JSON.parse(await runTool([named(run)], call(), open)).error).toContain(told);
  });

  it("for arguments that are nested without end", async () => {
    const parameters = {
      type: "object",
      $ref: "#/$defs/n",
      $defs: { n: { type: "object", properties: { n: { $ref: "#/$defs/n" } } } },
    };
    const deep = tool({ name: "f", description: "A test.", parameters, run: () => "ran" });
    const nested = (levels: number) => call(`${'{"n":'.repeat(levels)}{}${"}".repeat(levels)}`);
    expect(await runTool([deep], nested(100), open)).toBe("ran");
    for (const levels of [200, 6000, 100_000]) {
      expect(await runTool([deep], nested(levels), open)).toContain("nested more than 128 levels deep");
    }
  });

  it("for a schema that leads back to itself", async () => {
    for (const a of [
      { $ref: "#/properties/a" },
      { allOf: [{ $ref: "#/properties/a" }, { $ref: "#/properties/a" }], type: "string" },
    ]) {
      const parameters = { type: "object", properties: { a } };
      const loop = tool({ name: "f", description: "A test.", parameters, run: () => "ran" });
      expect(await runTool([loop], call('{"a":"x"}'), open)).toBe("ran");
    }
  });

  it("however long a time-out is", async () => {
    const delays: number[] = [];
    const clock: Clock = {
      now: () => 0,
      after(delayMs) {
        delays.push(delayMs);
        return () => {};
      },
    };
    for (const timeoutMs of [Number.POSITIVE_INFINITY, 2 ** 31, 2 ** 31 - 1, 0]) {
      expect(await runTool([named(() => "ran", timeoutMs)], call(), { ...open, clock })).toBe("ran");
    }
    expect(delays).toEqual([2 ** 31 - 1, 0]);
  });

  it("parses the arguments, and takes none for an empty object", async () => {
    const echo = named((args) => args);
    expect(await runTool([echo], call('{"a":1}'), open)).toBe('{"a":1}');
    expect(await runTool([echo], call(""), open)).toBe("{}");
  });

  it("for a name that nobody has, and for arguments that are no JSON", async () => {
    expect(await runTool([], call(), open)).toBe('{"error":"There is no tool named f."}');
    const output = await runTool([named(() => "never")], call("{cut"), open);
    expect(JSON.parse(output)).toEqual({ error: "The arguments are no valid JSON: {cut" });
  });

  it("when the time is up: the tool is told, and its late result is dropped", async () => {
    const due: (() => void)[] = [];
    let cancelled = 0;
    const clock: Clock = {
      now: () => 0,
      after: (delayMs, run) => {
        expect(delayMs).toBe(250);
        due.push(run);
        return () => cancelled++;
      },
    };
    let signal: AbortSignal | undefined;
    const hanging = named((_, context) => {
      signal = context.signal;
      return new Promise(() => {});
    }, 250);
    const output = runTool([hanging], call(), { ...open, clock });
    await new Promise((resolve) => setImmediate(resolve));
    due[0]?.();
    expect(JSON.parse(await output)).toEqual({ error: "f gave no answer within 250 ms." });
    expect(signal?.aborted).toBe(true);
    expect(cancelled).toBe(1);
  });

  it("when the conversation is closed in the task in which it was to begin: it does not", async () => {
    let runs = 0;
    const counted = named(() => void runs++);
    const closing = new AbortController();
    const output = runTool([counted], call(), { ...open, signal: closing.signal });
    await Promise.resolve();
    closing.abort(new RealtimeError("closed", "The conversation was closed."));
    expect(await output).toContain("closed");
    expect(runs).toBe(0);
  });

  it("when the conversation is closed before or while it runs", async () => {
    const hanging = named(() => new Promise(() => {}));
    const closed = AbortSignal.abort(new RealtimeError("closed", "The conversation was closed."));
    expect(await runTool([hanging], call(), { ...open, signal: closed })).toContain("closed");
    const closing = new AbortController();
    const output = runTool([hanging], call(), { ...open, signal: closing.signal });
    closing.abort(new RealtimeError("closed", "The conversation was closed."));
    expect(await output).toContain("closed");
  });

  it("describes itself to the session", () => {
    expect(named(() => "").definition).toEqual({
      type: "function",
      name: "f",
      description: "A test.",
      parameters: { type: "object" },
    });
  });

  it("for arguments that do not conform, with the place, and without running anything", async () => {
    let runs = 0;
    const book = tool({
      name: "f",
      description: "Books.",
      parameters: {
        type: "object",
        properties: { guests: { type: "integer", minimum: 1 }, city: { type: "string" } },
        required: ["city"],
      },
      run: () => runs++,
    });
    expect(JSON.parse(await runTool([book], call('{"guests":0}'), open))).toEqual({
      error:
        "The arguments do not conform to the function's parameters. /city: missing, and required; /guests: expected at least 1, found 0",
    });
    expect(await runTool([book], call("[1]"), open)).toContain(
      "the arguments: expected an object, found [1]",
    );
    expect(runs).toBe(0);
  });
});

describe("a failure", () => {
  const failures = async (
    made: ReturnType<typeof named>,
    { json = "{}", signal = open.signal }: { readonly json?: string; readonly signal?: AbortSignal } = {},
  ) => {
    const told: unknown[] = [];
    const output = await runTool([made], call(json), {
      ...open,
      signal,
      failed: (error) => told.push(error),
    });
    return { output, told };
  };

  it("is handed on whole, and told to the model in a sentence", async () => {
    const error = new TypeError("no such city");
    const thrown = named(() => {
      throw error;
    });
    expect(await failures(thrown)).toEqual({ output: '{"error":"no such city"}', told: [error] });
    const elsewhere = { name: "TypeError", message: "far away", stack: "TypeError: far away\n  at x.ts:1" };
    expect(await failures(named(() => Promise.reject(elsewhere)))).toEqual({
      output: '{"error":"far away"}',
      told: [elsewhere],
    });
    const nested = { code: 7, inner: { stack: "at x.ts:1", why: "no" } };
    expect((await failures(named(() => Promise.reject(nested)))).output).toBe(
      JSON.stringify({ error: '{"code":7,"inner":{"why":"no"}}' }),
    );
  });

  it.each([
    ["that it takes too long", () => new Promise(() => {}), 0, { code: "timeout" }],
    ["that its result is none", () => () => 1, 1000, { message: /^f has run\. Its result is a function/ }],
    ["that nobody can decide", undefined, 1000, { message: "no window" }],
  ])("is %s", async (_, run, timeoutMs, error) => {
    const approve = () => Promise.reject(new Error("no window"));
    const made = tool({
      name: "f",
      description: "A test.",
      parameters: { type: "object" },
      timeoutMs,
      run: run ?? (() => 1),
      ...(run === undefined ? { approve } : {}),
    });
    const { told } = await failures(made);
    const message = "message" in error ? { message: expect.stringMatching(error.message) } : {};
    expect(told).toEqual([expect.objectContaining({ ...error, ...message })]);
  });

  it("is not what the model did wrong, what is returned, a refusal, or what comes of stopping it", async () => {
    const aborted = AbortSignal.abort(new RealtimeError("aborted", "interrupted"));
    expect(
      (
        await failures(
          named(() => 1),
          { json: "[]" },
        )
      ).told,
    ).toEqual([]);
    expect((await failures(named(() => new Error("full")))).told).toEqual([]);
    expect(
      (
        await failures(
          named(() => 1),
          { signal: aborted },
        )
      ).told,
    ).toEqual([]);
    const refused = {
      name: "f",
      description: "A test.",
      parameters: { type: "object" },
      approve: () => false,
    } as const;
    expect((await failures(tool({ ...refused, run: () => 1 }))).told).toEqual([]);
  });

  it("is also that of a tool of somebody's own making", async () => {
    const error = new Error("broken");
    const own = { ...named(() => 1), call: () => Promise.reject(error) };
    expect(await failures(own)).toEqual({ output: '{"error":"broken"}', told: [error] });
  });
});

describe("approval", () => {
  function guarded(approve: () => Approval | Promise<Approval>) {
    const ran: unknown[] = [];
    const parameters = { type: "object", properties: { sum: { type: "number" } } } as const;
    const pay = tool({
      name: "pay",
      description: "Pays.",
      parameters,
      timeoutMs: 50,
      approve,
      run: ({ sum }) => ran.push(sum),
    });
    return {
      ran,
      answer: (options = open) => runTool([pay], { ...call('{"sum":7}'), name: "pay" }, options),
    };
  }

  it("lets a call run, or keeps it from running and tells the model why", async () => {
    const yes = guarded(() => true);
    expect([await yes.answer(), yes.ran]).toEqual(["1", [7]]);
    const alsoYes = guarded(async () => ({ approved: true }));
    expect([await alsoYes.answer(), alsoYes.ran]).toEqual(["1", [7]]);
    const no = guarded(() => false);
    expect([await no.answer(), no.ran]).toEqual(['{"error":"The user did not allow pay to run."}', []]);
    const because = guarded(() => ({ approved: false, reason: "too much" }));
    expect(await because.answer()).toBe('{"error":"The user did not allow pay to run: too much"}');
    const broken = guarded(() => Promise.reject(new Error("no window")));
    expect([await broken.answer(), broken.ran]).toEqual(['{"error":"no window"}', []]);
  });

  it.each([undefined, null, "yes", 1, {}, { approved: "false" }, { approved: 1 }])(
    "is nothing but true: %j",
    async (answer) => {
      const odd = guarded(() => answer as Approval);
      expect([await odd.answer(), odd.ran]).toEqual(['{"error":"The user did not allow pay to run."}', []]);
    },
  );

  it("takes as long as it likes: the time of the tool begins when it runs", async () => {
    const timers: number[] = [];
    const clock: Clock = { now: () => 0, after: (delayMs) => () => void timers.push(delayMs) };
    let decide = (_: boolean) => {};
    const slow = guarded(() => new Promise<boolean>((resolve) => (decide = resolve)));
    const answer = slow.answer({ ...open, clock });
    await Promise.resolve();
    expect(timers).toEqual([]);
    decide(true);
    expect(await answer).toBe("1");
    expect(timers).toEqual([50]);
  });

  it("is not waited for when nobody wants the call any more", async () => {
    const stopping = new AbortController();
    const never = guarded(() => new Promise<boolean>(() => {}));
    const answer = never.answer({ ...open, signal: stopping.signal });
    stopping.abort(new RealtimeError("aborted", "interrupted"));
    expect([await answer, never.ran]).toEqual(['{"error":"interrupted"}', []]);
  });
});

/** Parameters that contain themselves. */
function circle(): object {
  const parameters: Record<string, unknown> = { type: "object" };
  parameters.properties = { parameters };
  return parameters;
}

describe("tool refuses", () => {
  const made = (more: object) => () =>
    tool({ name: "f", description: "A test.", parameters: { type: "object" }, run: () => 1, ...more });
  const parameters = (a: object) => ({ parameters: { type: "object", properties: { a } } });

  it.each([
    ["a name that is no text", { name: undefined }, "cannot be named undefined"],
    ["no description", { description: undefined }, "The description of f is no text"],
    ["no run", { run: undefined }, "f has no function run."],
    ["an approve that is none", { approve: true }, "The approve of f is no function."],
    ["a mode that is none", { mode: "later" }, 'The mode of f is "later"'],
    ["no parameters", { parameters: undefined }, "The parameters of f are no schema: undefined."],
    ["parameters of no type", { parameters: { properties: {} } }, "describe no object"],
    ["parameters of another type", { parameters: { type: "string" } }, "describe no object"],
    ["a type that is none", parameters({ type: "strin" }), 'at /properties/a, "strin" is no type: there are'],
    ["a list of types with one that is none", parameters({ type: ["null", "date"] }), '"date" is no type'],
    ["an empty list of types", parameters({ type: [] }), "[] is no type"],
    ["a type deep inside", parameters({ anyOf: [{ items: { not: { type: 5 } } }] }), "/anyOf/0/items/not, 5"],
    ["a type in a tuple", parameters({ items: [{ type: "int" }] }), 'at /properties/a/items/0, "int"'],
    [
      "a type that is referred to",
      { parameters: { type: "object", $defs: { "a/b": { type: "x" } } } },
      "/$defs/a~1b",
    ],
    [
      "a property that is no schema",
      { parameters: { type: "object", properties: { a: "string" } } },
      '/properties/a, "string" is no schema',
    ],
    [
      "properties that are none",
      { parameters: { type: "object", properties: [] } },
      "properties holds no schemas: []",
    ],
    ["forms that are no list", parameters({ anyOf: {} }), "anyOf is no list of schemas: {}"],
    ["values that are no list", parameters({ enum: "x" }), 'enum is no list of values: "x"'],
    ["no values", parameters({ enum: [] }), "enum is no list of values: []"],
    [
      "a required field that nobody describes",
      { parameters: { type: "object", properties: { city: {} }, required: ["citty"] } },
      '"citty" is required, and not among the properties',
    ],
    [
      "one of a nested object",
      parameters({ type: "object", required: ["b"] }),
      'at /properties/a, "b" is required',
    ],
    [
      "one that every object has",
      { parameters: { type: "object", properties: {}, required: ["toString"] } },
      '"toString" is required',
    ],
    ["what goes round in circles", { parameters: circle() }, "cannot be written as JSON"],
    ["a name with a space", { name: "get weather!" }, 'cannot be named "get weather!"'],
    ["no name", { name: "" }, "cannot be named"],
    ["a name of 65 characters", { name: "x".repeat(65) }, "cannot be named"],
    ["a time that is none", { timeoutMs: Number.NaN }, "timeoutMs of f is NaN"],
    ["a negative time", { timeoutMs: -1 }, "timeoutMs of f is -1"],
    ["a pattern that is none", parameters({ type: "string", pattern: "^[A-Z(" }), "expression: ^[A-Z("],
    [
      "a required that is no list",
      { parameters: { type: "object", required: "x" } },
      'no list of names: "x"',
    ],
    ["a pattern for names that is none", parameters({ patternProperties: { "(": true } }), "expression: ("],
  ])("%s", (_, more, reason) => {
    expect(made(more)).toThrow(expect.objectContaining({ code: "invalid_argument" }));
    expect(made(more)).toThrow(reason);
  });

  it("nothing that a schema may mean", () => {
    for (const schema of [
      { properties: { a: {}, b: {} }, anyOf: [{ required: ["a"] }, { required: ["b"] }] },
      { allOf: [{ properties: { a: {} } }, { required: ["a"] }] },
      { $ref: "#/$defs/x", required: ["a"], $defs: { x: { properties: { a: {} } }, y: { required: ["z"] } } },
      { patternProperties: { "^a": {} }, required: ["a"] },
      { additionalProperties: { type: "string" }, required: ["a"] },
      { properties: { a: true, b: false, c: { type: ["string", "null"] } } },
      { properties: { type: { type: "string" }, required: { type: "string" }, enum: {} } },
      { properties: { a: { const: { type: "strin" }, default: { required: 5 }, examples: [{ enum: 5 }] } } },
    ]) {
      expect(made({ parameters: { type: "object", ...schema } })).not.toThrow();
    }
  });

  it("nothing that services take", () => {
    expect(made({ name: "x".repeat(64) })).not.toThrow();
    expect(made(parameters({ enum: [{ pattern: "(" }] }))).not.toThrow();
    expect(made(parameters({ properties: { pattern: { type: "string" } } }))).not.toThrow();
  });

  it("a text that does not match a pattern with needless escapes", async () => {
    const mail = made({ ...parameters({ type: "string", pattern: "^[\\w-]+\\@x$" }) })();
    expect(await runTool([mail], call('{"a":"x@x"}'), open)).toBe("1");
    expect(await runTool([mail], call('{"a":"y"}'), open)).toContain("/a: expected a text that matches");
  });
});
