import { toolChoiceShape, toolShape } from "../wire/session-shape.ts";
import {
  anyObject,
  anything,
  depending,
  flag,
  integer,
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
    arguments: depending((value) => (typeof value === "string" ? text() : anyObject)),
  },
});

const turn = object({
  optional: {
    heard: text(),
    transcription: object({
      optional: {
        delayMs: ms,
        outcome: oneOf("completed", "failed", "none"),
        segments: list(object({ required: { speaker: text(), text: text() } })),
      },
    }),
    say: text(),
    speech: text(),
    tools: list(plannedCall),
    delayMs: ms,
    status: oneOf("completed", "incomplete", "failed"),
    reason: oneOf("max_output_tokens", "content_filter"),
    error: errorShape,
    faults,
  },
});

const mcpError = variants("type", {
  protocol_error: object({ required: { type: anything, code: integer(), message: text() } }),
  tool_execution_error: object({ required: { type: anything, message: text() } }),
  http_error: object({ required: { type: anything, code: integer(), message: text() } }),
});

const outcome = depending((value) =>
  typeof value === "string" ? text() : object({ optional: { output: text(), error: mcpError, delayMs: ms } }),
);

const mcpServer = object({
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
    calls: record(depending((value) => (Array.isArray(value) ? list(outcome, { minItems: 1 }) : outcome))),
    listingMs: ms,
    failsToList: flag,
  },
});

const prompt = object({
  optional: { instructions: text(), tools: list(toolShape), tool_choice: toolChoiceShape },
});

/** The shape of a scenario in JSON. */
export const scenarioShape: Shape = object({
  required: { turns: list(turn) },
  optional: { description: text(), mcp: record(mcpServer), prompts: record(prompt), faults },
});
