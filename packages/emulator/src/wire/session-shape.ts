import {
  anyObject,
  anything,
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
  text,
  variants,
} from "./shape.ts";

const audioFormat = variants("type", {
  "audio/pcm": object({
    required: { type: anything },
    optional: { rate: integer({ min: 24000, max: 24000 }) },
  }),
  "audio/pcmu": object({ required: { type: anything } }),
  "audio/pcma": object({ required: { type: anything } }),
});

const voice = either(isObject, object({ required: { id: text() } }), text());

const turnDetection = variants("type", {
  server_vad: object({
    required: { type: anything },
    optional: {
      threshold: number({ min: 0, max: 1 }),
      prefix_padding_ms: integer({ min: 0 }),
      silence_duration_ms: integer({ min: 0 }),
      create_response: flag,
      interrupt_response: flag,
      idle_timeout_ms: nullable(integer({ min: 5000, max: 30000 })),
    },
  }),
  semantic_vad: object({
    required: { type: anything },
    optional: {
      eagerness: oneOf("low", "medium", "high", "auto"),
      create_response: flag,
      interrupt_response: flag,
    },
  }),
});

const transcription = object({
  optional: {
    model: text(),
    language: nullable(text()),
    languages: nullable(list(text(), { minItems: 1 })),
    keywords: nullable(list(text())),
    prompt: nullable(text()),
    delay: nullable(oneOf("minimal", "low", "medium", "high", "xhigh")),
  },
});

/** Takes how noise is filtered out of what comes in. */
export const noiseReductionShape: Shape = object({
  optional: { type: oneOf("near_field", "far_field"), strength: number() },
});

const mcpFilter = object({ optional: { read_only: flag, tool_names: list(text()) } });

const mcpTool = object({
  required: { type: anything, server_label: text() },
  optional: {
    server_url: text(),
    connector_id: oneOf(
      "connector_dropbox",
      "connector_gmail",
      "connector_googlecalendar",
      "connector_googledrive",
      "connector_microsoftteams",
      "connector_outlookcalendar",
      "connector_outlookemail",
      "connector_sharepoint",
    ),
    tunnel_id: text(),
    authorization: text(),
    headers: nullable(record(text())),
    allowed_tools: nullable(either(Array.isArray, list(text()), mcpFilter)),
    require_approval: nullable(
      either(
        isObject,
        object({ optional: { always: mcpFilter, never: mcpFilter } }),
        oneOf("always", "never"),
      ),
    ),
    server_description: text(),
    defer_loading: flag,
    allowed_callers: nullable(list(oneOf("direct", "programmatic"))),
  },
});

/** The tools that a session and a response take. */
export const toolShape = variants("type", {
  function: object({
    required: { type: anything, name: text() },
    optional: { description: text(), parameters: anyObject },
  }),
  mcp: mcpTool,
});

/** How a session and a response let the model choose among them. */
export const toolChoiceShape = either(
  isObject,
  variants("type", {
    function: object({ required: { type: anything, name: text() } }),
    mcp: object({
      required: { type: anything, server_label: text() },
      optional: { name: nullable(text()) },
    }),
  }),
  oneOf("none", "auto", "required"),
);

const maxOutputTokens = either(isText, oneOf("inf"), integer({ min: 1, max: 4096 }));

const outputModalities = list(oneOf("text", "audio"), { minItems: 1, maxItems: 1 });

const reasoning = object({ optional: { effort: oneOf("minimal", "low", "medium", "high", "xhigh") } });

const prompt = nullable(
  object({
    required: { id: text() },
    optional: { version: nullable(text()), variables: nullable(anyObject) },
  }),
);

const tracing = nullable(
  either(
    isObject,
    object({ optional: { workflow_name: text(), group_id: text(), metadata: anything } }),
    oneOf("auto"),
  ),
);

const truncation = either(
  isObject,
  object({
    required: { type: oneOf("retention_ratio"), retention_ratio: number({ min: 0, max: 1 }) },
    optional: { token_limits: object({ optional: { post_instructions: integer({ min: 0 }) } }) },
  }),
  oneOf("auto", "disabled"),
);

const audioInput = object({
  optional: {
    format: audioFormat,
    transcription: nullable(transcription),
    noise_reduction: nullable(noiseReductionShape),
    turn_detection: nullable(turnDetection),
  },
});

const include = nullable(list(oneOf("item.input_audio_transcription.logprobs")));

/** What `session.update` takes in `session`, for either kind of session. */
export const sessionShape: Shape = variants("type", {
  realtime: object({
    required: { type: anything },
    optional: {
      model: text(),
      output_modalities: outputModalities,
      instructions: text(),
      audio: object({
        optional: {
          input: audioInput,
          output: object({
            optional: { format: audioFormat, voice, speed: number({ min: 0.25, max: 1.5 }) },
          }),
        },
      }),
      include,
      tools: list(toolShape),
      tool_choice: toolChoiceShape,
      parallel_tool_calls: flag,
      reasoning,
      max_output_tokens: maxOutputTokens,
      prompt,
      tracing,
      truncation,
    },
  }),
  transcription: object({
    required: { type: anything },
    optional: { audio: object({ optional: { input: audioInput } }), include },
  }),
});

/** What `response.create` takes in `response`, given what it takes in `response.input`. */
export function responseShape(inputItem: Shape): Shape {
  return object({
    optional: {
      // Which conversations there are, the session knows.
      conversation: text(),
      input: list(inputItem),
      instructions: text(),
      output_modalities: outputModalities,
      audio: object({ optional: { output: object({ optional: { format: audioFormat, voice } }) } }),
      tools: list(toolShape),
      tool_choice: toolChoiceShape,
      parallel_tool_calls: flag,
      reasoning,
      max_output_tokens: maxOutputTokens,
      prompt,
      metadata: nullable(record(text({ maxLength: 512 }), { maxKeys: 16, maxKeyLength: 64 })),
    },
  });
}
