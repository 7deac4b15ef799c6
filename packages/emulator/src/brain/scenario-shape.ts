import { isSpeech } from "../voice/speech.ts";
import { jsonObjectShape } from "../wire/json-object.ts";
import { fieldRefusal, type Refusal } from "../wire/refusal.ts";
import { toolChoiceShape, toolShape } from "../wire/session-shape.ts";
import {
  anyObject,
  anything,
  described,
  either,
  flag,
  integer,
  isObject,
  isText,
  list,
  nullable,
  number,
  object,
  oneOf,
  record,
  type Shape,
  shape,
  text,
  variants,
} from "../wire/shape.ts";
import { errorShape, faultShape } from "./fault-shape.ts";

const ms = number({ min: 0 });
const faults = list(faultShape);

const plannedCall = object({
  required: {
    name: described("The name of the function, or of the tool of an MCP server.", text({ minLength: 1 })),
  },
  optional: {
    server: described(
      "The label of the MCP server whose tool it is; without one, a function of the client.",
      text(),
    ),
    arguments: described(
      "An object, or the JSON text of one, sent as it stands. Default: {}.",
      either(isText, text(), jsonObjectShape),
    ),
  },
});

/** What a plan has in a file and in a program. */
const planFields = {
  say: described("What the assistant says, or writes in a response of text.", text()),
  tools: described("Calls in the order in which they are made, after what is said.", list(plannedCall)),
  delayMs: described("Milliseconds from response.created to the first output.", ms),
  status: described(
    "How the response ends; what is planned is sent all the same. Default: completed.",
    oneOf("completed", "incomplete", "failed"),
  ),
  reason: described(
    "Why it is incomplete, beside the status incomplete. Default: content_filter.",
    oneOf("max_output_tokens", "content_filter"),
  ),
  error: described("Why it failed, beside the status failed. Default: a server_error.", errorShape),
};

/** Which end each of these tells of. */
const endOf = { reason: "incomplete", error: "failed" } as const;

/** Takes what `of` takes, where nothing is said of an end that does not come: it would be passed over in silence. */
function withItsEnd(of: Shape): Shape {
  const check = (value: unknown, path: string, further?: Refusal[]) => {
    const refused = of(value, path, further);
    if (refused !== undefined || !isObject(value)) return refused;
    for (const field of ["reason", "error"] as const) {
      if (value[field] === undefined || value.status === endOf[field]) continue;
      const at = `${path}.${field}`;
      return fieldRefusal(
        "invalid_value",
        at,
        `Invalid '${at}': it needs the 'status' '${endOf[field]}' beside it.`,
      );
    }
    return undefined;
  };
  const dependent = Object.entries(endOf).map(([field, end]) => [
    field,
    { properties: { status: { const: end } }, required: ["status"] },
  ]);
  return shape(check, { ...of.schema, dependentSchemas: Object.fromEntries(dependent) });
}

/** What a turn has besides. */
const turnFields = {
  heard: described("The words of the user's speech before this response.", text()),
  transcription: described(
    "What becomes of the transcription of that speech, where one is configured.",
    object({
      optional: {
        delayMs: described("Milliseconds from the commit to the end of the transcription.", ms),
        outcome: described(
          "none: neither a transcript nor an error ever comes. Default: completed.",
          oneOf("completed", "failed", "none"),
        ),
        segments: described(
          "Who said what, for a model that tells speakers apart.",
          list(object({ required: { speaker: text(), text: text() } })),
        ),
      },
    }),
  ),
  faults: described("What goes wrong from the moment on at which this response begins.", faults),
};

const mcpError = variants("type", {
  protocol_error: object({ required: { type: anything, code: integer(), message: text() } }),
  tool_execution_error: object({ required: { type: anything, message: text() } }),
  http_error: object({ required: { type: anything, code: integer(), message: text() } }),
});

const outcome = either(
  isText,
  text(),
  object({
    optional: {
      output: described("What the tool gives back, as text.", text()),
      error: described("Why it fails instead.", mcpError),
      delayMs: described("Milliseconds that the call takes.", ms),
    },
  }),
);

const mcpServer = (calls: Shape) =>
  object({
    required: {
      tools: described(
        "What the server lists.",
        list(
          object({
            required: { name: text() },
            optional: {
              description: nullable(text()),
              input_schema: anyObject,
              annotations: nullable(anyObject),
            },
          }),
        ),
      ),
    },
    optional: {
      calls: described(
        "What becomes of calls, by the name of the tool: one outcome, or one after the other.",
        calls,
      ),
      listingMs: described("Milliseconds that the listing takes.", ms),
      failsToList: described("Whether it fails to list its tools. Default: false.", flag),
    },
  });

const scriptedCalls = record(either(Array.isArray, list(outcome, { minItems: 1 }), outcome));

const prompt = object({
  optional: {
    instructions: described("May name variables, as in: Speak of {{city}}.", text()),
    tools: list(toolShape),
    tool_choice: toolChoiceShape,
  },
});

const speechPath = described(
  "How say sounds: the path of a WAV file (16 bit PCM, any rate and number of channels), relative to this file.",
  text(),
);

/** The shape of a scenario in JSON. `$schema` is for editors. */
export const scenarioShape: Shape = object({
  required: {
    turns: described(
      "Turn n is response n of the session, whatever caused it. When they are over, the emulator answers by itself.",
      list(withItsEnd(object({ optional: { ...planFields, ...turnFields, speech: speechPath } }))),
    ),
  },
  optional: {
    $schema: described("Where this schema is, for editors.", text()),
    description: described("What the scenario is about, for people.", text()),
    mcp: described(
      "The MCP servers that can be reached, by the labels that sessions give them.",
      record(mcpServer(scriptedCalls)),
    ),
    prompts: described("The stored prompts that there are, by id or id@version.", record(prompt)),
    faults: described("What goes wrong from the very beginning.", faults),
  },
});

const samples: Shape = shape(
  (value, path) =>
    value instanceof Int16Array
      ? undefined
      : fieldRefusal("invalid_type", path, `Invalid type for '${path}': expected an Int16Array of samples.`),
  // There are none in JSON.
  { not: {} },
);

const delta = either(
  (value) => isObject(value) && "text" in value,
  object({ required: { text: text() }, optional: { afterMs: ms } }),
  object({ required: { speech: samples }, optional: { afterMs: ms } }),
);

/** What a plan may have in a program. */
const madePlanFields = { ...planFields, speech: either(isSpeech, anything, samples), deltas: list(delta) };

/** The shape of a plan that a program gives. */
export const planShape: Shape = withItsEnd(object({ optional: madePlanFields }));

const count = integer({ min: 1 });
const detection = object({
  required: { startsAtAppend: count, stopsAtAppend: count, audioStartMs: ms, audioEndMs: ms },
});

/** Takes functions, and what `shape` takes. */
const callable = (of: Shape) => either((value) => typeof value === "function", anything, of);

/** The shape of a scenario that a program gives. */
export const madeScenarioShape: Shape = object({
  required: {
    turns: list(withItsEnd(object({ optional: { ...madePlanFields, ...turnFields, detection } }))),
  },
  optional: {
    description: text(),
    mcp: record(mcpServer(callable(scriptedCalls))),
    prompts: callable(record(prompt)),
    faults,
  },
});
