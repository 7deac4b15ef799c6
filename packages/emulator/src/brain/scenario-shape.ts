import { jsonObjectShape } from "../wire/json-object.ts";
import { fieldRefusal } from "../wire/refusal.ts";
import { toolChoiceShape, toolShape } from "../wire/session-shape.ts";
import {
  anyObject,
  anything,
  depending,
  flag,
  integer,
  isObject,
  list,
  nullable,
  number,
  object,
  oneOf,
  record,
  type Shape,
  text,
  variants,
} from "../wire/shape.ts";
import { errorShape, faultShape } from "./fault-shape.ts";

const ms = number({ min: 0 });
const faults = list(faultShape);

const plannedCall = object({
  required: { name: text() },
  optional: {
    server: text(),
    arguments: depending((value) => (typeof value === "string" ? text() : jsonObjectShape)),
  },
});

/** What a plan has in a file and in a program. */
const planFields = {
  say: text(),
  tools: list(plannedCall),
  delayMs: ms,
  status: oneOf("completed", "incomplete", "failed"),
  reason: oneOf("max_output_tokens", "content_filter"),
  error: errorShape,
};

/** What a turn has besides. */
const turnFields = {
  heard: text(),
  transcription: object({
    optional: {
      delayMs: ms,
      outcome: oneOf("completed", "failed", "none"),
      segments: list(object({ required: { speaker: text(), text: text() } })),
    },
  }),
  faults,
};

const mcpError = variants("type", {
  protocol_error: object({ required: { type: anything, code: integer(), message: text() } }),
  tool_execution_error: object({ required: { type: anything, message: text() } }),
  http_error: object({ required: { type: anything, code: integer(), message: text() } }),
});

const outcome = depending((value) =>
  typeof value === "string" ? text() : object({ optional: { output: text(), error: mcpError, delayMs: ms } }),
);

const mcpServer = (calls: Shape) =>
  object({
    required: {
      tools: list(
        object({
          required: { name: text() },
          optional: {
            description: nullable(text()),
            input_schema: anyObject,
            annotations: nullable(anyObject),
          },
        }),
      ),
    },
    optional: {
      calls,
      listingMs: ms,
      failsToList: flag,
    },
  });

const scriptedCalls = record(
  depending((value) => (Array.isArray(value) ? list(outcome, { minItems: 1 }) : outcome)),
);

const prompt = object({
  optional: { instructions: text(), tools: list(toolShape), tool_choice: toolChoiceShape },
});

/** The shape of a scenario in JSON. `$schema` is for editors. */
export const scenarioShape: Shape = object({
  required: { turns: list(object({ optional: { ...planFields, ...turnFields, speech: text() } })) },
  optional: {
    $schema: text(),
    description: text(),
    mcp: record(mcpServer(scriptedCalls)),
    prompts: record(prompt),
    faults,
  },
});

const samples: Shape = (value, path) =>
  value instanceof Int16Array
    ? undefined
    : fieldRefusal("invalid_type", path, `Invalid type for '${path}': expected an Int16Array of samples.`);

const delta = depending((value) =>
  isObject(value) && "text" in value
    ? object({ required: { text: text() }, optional: { afterMs: ms } })
    : object({ required: { speech: samples }, optional: { afterMs: ms } }),
);

/** What a plan may have in a program. */
const madePlanFields = { ...planFields, speech: samples, deltas: list(delta) };

/** The shape of a plan that a program gives. */
export const planShape: Shape = object({ optional: madePlanFields });

const count = integer({ min: 1 });
const detection = object({
  required: { startsAtAppend: count, stopsAtAppend: count, audioStartMs: ms, audioEndMs: ms },
});

/** Takes functions, and what `shape` takes. */
const callable = (shape: Shape) => depending((value) => (typeof value === "function" ? anything : shape));

/** The shape of a scenario that a program gives. */
export const madeScenarioShape: Shape = object({
  required: { turns: list(object({ optional: { ...madePlanFields, ...turnFields, detection } })) },
  optional: {
    description: text(),
    mcp: record(mcpServer(callable(scriptedCalls))),
    prompts: callable(record(prompt)),
    faults,
  },
});
