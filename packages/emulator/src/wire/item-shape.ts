import {
  anyObject,
  anything,
  either,
  flag,
  isObject,
  list,
  nullable,
  object,
  oneOf,
  type Shape,
  text,
  variants,
} from "./shape.ts";

const itemId = text({ maxLength: 32 });

const common = {
  id: itemId,
  object: oneOf("realtime.item"),
  status: oneOf("completed", "incomplete", "in_progress"),
};

const inputText = object({ required: { type: anything, text: text() } });
const inputAudio = object({
  required: { type: anything, audio: text() },
  optional: { transcript: nullable(text()) },
});
const inputImage = object({
  required: { type: anything, image_url: text() },
  optional: { detail: oneOf("auto", "low", "high") },
});
const outputText = object({ required: { type: anything, text: text() } });

function message(parts: Readonly<Record<string, Shape>>): Shape {
  return object({
    required: { type: anything, role: anything, content: list(variants("type", parts)) },
    optional: common,
  });
}

/**
 * The items that `conversation.item.create` takes. Speech of the assistant is not among them: the service takes its
 * words only. Nor are the items of MCP that the service makes; they pass, for the engine to say so.
 */
export const itemShape: Shape = variants("type", {
  message: variants("role", {
    system: message({ input_text: inputText }),
    user: message({ input_text: inputText, input_audio: inputAudio, input_image: inputImage }),
    assistant: message({ output_text: outputText }),
  }),
  function_call: object({
    required: { type: anything, name: text(), arguments: text() },
    optional: { ...common, call_id: itemId },
  }),
  function_call_output: object({
    required: { type: anything, call_id: text(), output: text() },
    optional: common,
  }),
  mcp_list_tools: anyObject,
  mcp_call: anyObject,
  mcp_approval_request: anyObject,
  mcp_approval_response: object({
    required: { type: anything, approval_request_id: text(), approve: flag },
    optional: { ...common, reason: nullable(text()) },
  }),
});

const itemReference = object({ required: { type: anything, id: text() } });

/** The entries that `response.create` takes in `response.input`: items, and references to items. */
export const inputItemShape: Shape = either(
  (value) => isObject(value) && value.type === "item_reference",
  itemReference,
  itemShape,
);
