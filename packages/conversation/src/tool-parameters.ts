import { RealtimeError } from "@duologue/core";
import type { Issue } from "@duologue/protocol";
import { type JsonSchema, schemaIssues } from "./json-schema.ts";
import { messageOf } from "./message-of.ts";
import { pointer } from "./pointer.ts";
import { schemaComplaint } from "./schema-complaint.ts";
import { type Describer, isStandardSchema, type StandardSchema, type Verdict } from "./standard-schema.ts";

/** The arguments of a function: what the model is told of them, and how they are judged. */
export interface ToolParameters {
  /** JSON Schema of an object. */
  readonly described: JsonSchema;
  /** Reads what the model wrote. Throws, or rejects, where a library's schema fails to judge it. */
  read(value: unknown): ReadArguments | Promise<ReadArguments>;
}

/** What `run` gets, or what is wrong, for the model to read. */
export type ReadArguments = { readonly args: unknown } | { readonly problem: string };

/**
 * Reads the `parameters` of a tool: a JSON Schema, or the schema of a library. Throws `invalid_argument` for what services
 * refuse and for what can never work.
 */
export function toolParameters(name: string, schema: unknown): ToolParameters {
  const refuse = (why: string, cause?: unknown): never => {
    throw new RealtimeError("invalid_argument", `The parameters of ${name} ${why.replace(/\.$/, "")}.`, {
      cause,
    });
  };
  if (isStandardSchema(schema)) return ofLibrary(schema, refuse);
  if (typeof schema !== "object" || schema === null) return refuse(`are no schema: ${typeof schema}`);
  return ofJsonSchema({ ...schema }, refuse);
}

type Refuse = (why: string, cause?: unknown) => never;

function ofJsonSchema(schema: JsonSchema, refuse: Refuse): ToolParameters {
  try {
    JSON.stringify(schema);
  } catch (cause) {
    return refuse(`cannot be written as JSON: ${messageOf(cause)}`, cause);
  }
  const complaint = schemaComplaint(schema);
  if (complaint !== undefined) return refuse(`are no JSON Schema that works: ${complaint}`);
  if (schema.type !== "object") return refuse('describe no object: their type has to be "object"');
  return { described: schema, read: (args) => readArguments(args, schemaIssues(schema, args)) };
}

const advice =
  "zod has it from 4.2 on, arktype from 2.1.28; for zod/mini take z.toJSONSchema(schema), for valibot " +
  "toStandardJsonSchema(schema) of @valibot/to-json-schema";

function ofLibrary(schema: StandardSchema, refuse: Refuse): ToolParameters {
  const standard = schema["~standard"];
  const { jsonSchema, validate } = standard;
  if (validate !== undefined && typeof validate !== "function") {
    return refuse(`cannot be judged: validate is no function but ${kindOf(validate)}`);
  }
  if (jsonSchema === undefined) {
    return refuse(`cannot be told to the model: the schema brings no JSON Schema along (${advice})`);
  }
  const parameters = ofJsonSchema(describedBy(jsonSchema, refuse), refuse);
  if (validate === undefined) return parameters;
  return {
    ...parameters,
    read(value) {
      const verdict = standard.validate?.(value);
      // Promises of other realms are none of ours.
      return isThenable(verdict) ? Promise.resolve(verdict).then(judged) : judged(verdict);
    },
  };
}

/** What may be passed to the schema. A union of objects names no type, which services want. */
function describedBy(describer: Partial<Describer> | null, refuse: Refuse): JsonSchema {
  if (typeof describer?.input !== "function") {
    return refuse("cannot be told to the model: the jsonSchema of the schema has no function input");
  }
  let described: unknown;
  try {
    described = describer.input({ target: "draft-2020-12" });
  } catch (cause) {
    return refuse(`have no JSON Schema: ${messageOf(cause)}`, cause);
  }
  if (
    typeof described !== "object" ||
    described === null ||
    Array.isArray(described) ||
    isThenable(described)
  ) {
    return refuse(`have no JSON Schema: the schema describes itself by ${kindOf(described)}`);
  }
  return { type: "object", ...described };
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isThenable(value)) return "a promise";
  return value === null ? "null" : typeof value;
}

function isThenable(value: unknown): value is PromiseLike<Verdict> {
  return typeof value === "object" && value !== null && "then" in value;
}

function judged(verdict: Verdict | undefined): ReadArguments {
  if (verdict !== undefined && verdict.issues === undefined && "value" in verdict)
    return { args: verdict.value };
  if (!verdict?.issues?.length) throw new TypeError("The schema gave neither a value nor what is wrong.");
  const issues = verdict.issues.map(({ message, path = [] }) => ({
    path: path.map((step) => (typeof step === "object" ? step.key : step)).reduce<string>(pointer, ""),
    message,
  }));
  return readArguments(undefined, issues);
}

function readArguments(args: unknown, issues: readonly Issue[]): ReadArguments {
  if (issues.length === 0) return { args };
  const list = issues.map(({ path, message }) => `${path === "" ? "the arguments" : path}: ${message}`);
  return { problem: `The arguments do not conform to the function's parameters. ${list.join("; ")}` };
}
