// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/typebox-source.ts from schemas/**/*.json.

// TypeBox schemas of the protocol and of recordings.

import { Type } from "@sinclair/typebox";

/**
 * How far an item has come. `in_progress`: the model is still making it. `completed`: it is whole.
 * `incomplete`: it was cut off, by an interruption, a cancellation or a limit.
 */
export const ItemStatus = Type.Union(
  [Type.Literal("completed"), Type.Literal("incomplete"), Type.Literal("in_progress")],
  {
    title: "ItemStatus",
    description:
      "How far an item has come. `in_progress`: the model is still making it. `completed`: it is whole. `incomplete`: it was cut off, by an interruption, a cancellation or a limit.",
  },
);

/**
 * Text from the user or the system.
 */
export const InputTextPart = Type.Object(
  {
    type: Type.Literal("input_text", { description: "Marks text that goes in." }),
    text: Type.String({ description: "What was written, as the model shall read it." }),
  },
  { title: "InputTextPart", description: "Text from the user or the system." },
);

/**
 * Instructions in the middle of a conversation.
 */
export const SystemMessage = Type.Object(
  {
    type: Type.Literal("message", { description: "Marks a message." }),
    role: Type.Literal("system", { description: "Marks the system as the speaker." }),
    id: Type.Optional(
      Type.String({
        description:
          "The id of the item. A client may choose it, with at most 32 characters at OpenAI; otherwise the service does.",
      }),
    ),
    object: Type.Optional(
      Type.Literal("realtime.item", { description: "What the object is. The live service leaves it out." }),
    ),
    status: Type.Optional(ItemStatus),
    content: Type.Array(InputTextPart, { description: "What it says, as parts of text." }),
  },
  { title: "SystemMessage", description: "Instructions in the middle of a conversation." },
);

/**
 * Speech of the user. The service reports it without the audio; only `conversation.item.retrieved` has
 * it.
 */
export const InputAudioPart = Type.Object(
  {
    type: Type.Literal("input_audio", { description: "Marks audio that goes in." }),
    audio: Type.Optional(
      Type.Union([Type.String({ contentEncoding: "base64" }), Type.Null()], {
        description: "The audio, base64, in the session's input format.",
      }),
    ),
    transcript: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description:
          "What was said, as far as it is known: `null` until the transcription has come. The model does not read it.",
      }),
    ),
  },
  {
    title: "InputAudioPart",
    description:
      "Speech of the user. The service reports it without the audio; only `conversation.item.retrieved` has it.",
  },
);

/**
 * An image from the user.
 */
export const InputImagePart = Type.Object(
  {
    type: Type.Literal("input_image", { description: "Marks an image." }),
    image_url: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { description: "The image as a `data:` URI, PNG or JPEG." }),
    ),
    detail: Type.Optional(
      Type.Union(
        [Type.Union([Type.Literal("auto"), Type.Literal("low"), Type.Literal("high")]), Type.Null()],
        { description: "How closely the model looks; `auto`, the default, means `high`." },
      ),
    ),
  },
  { title: "InputImagePart", description: "An image from the user." },
);

/**
 * A part of a user's message: text, speech or an image.
 */
export const UserContentPart = Type.Union([InputTextPart, InputAudioPart, InputImagePart], {
  title: "UserContentPart",
  description: "A part of a user's message: text, speech or an image.",
});

/**
 * What the user said, wrote or showed.
 */
export const UserMessage = Type.Object(
  {
    type: Type.Literal("message", { description: "Marks a message." }),
    role: Type.Literal("user", { description: "Marks the user as the speaker." }),
    id: Type.Optional(
      Type.String({
        description:
          "The id of the item. A client may choose it, with at most 32 characters at OpenAI; otherwise the service does.",
      }),
    ),
    object: Type.Optional(
      Type.Literal("realtime.item", { description: "What the object is. The live service leaves it out." }),
    ),
    status: Type.Optional(ItemStatus),
    content: Type.Array(UserContentPart, {
      description: "What it consists of, in order: text, speech and images.",
    }),
  },
  { title: "UserMessage", description: "What the user said, wrote or showed." },
);

/**
 * Text of the assistant. Assistant text can be put into a conversation; assistant audio cannot.
 */
export const OutputTextPart = Type.Object(
  {
    type: Type.Literal("output_text", { description: "Marks text that came out." }),
    text: Type.String({ description: "What the assistant writes; all of it when the item is done." }),
  },
  {
    title: "OutputTextPart",
    description:
      "Text of the assistant. Assistant text can be put into a conversation; assistant audio cannot.",
  },
);

/**
 * Speech of the assistant. The audio itself comes in `response.output_audio.delta`, not here.
 */
export const OutputAudioPart = Type.Object(
  {
    type: Type.Literal("output_audio", { description: "Marks audio that came out." }),
    audio: Type.Optional(
      Type.Union([Type.String({ contentEncoding: "base64" }), Type.Null()], {
        description:
          "The audio, base64, in the session's output format; only in `conversation.item.retrieved`.",
      }),
    ),
    transcript: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description:
          "What is said. It may go beyond what was heard; after a truncation the service has none.",
      }),
    ),
  },
  {
    title: "OutputAudioPart",
    description:
      "Speech of the assistant. The audio itself comes in `response.output_audio.delta`, not here.",
  },
);

/**
 * A part of an assistant's message: text or speech.
 */
export const AssistantContentPart = Type.Union([OutputTextPart, OutputAudioPart], {
  title: "AssistantContentPart",
  description: "A part of an assistant's message: text or speech.",
});

/**
 * What the assistant said or wrote. A client can put back text, not speech.
 */
export const AssistantMessage = Type.Object(
  {
    type: Type.Literal("message", { description: "Marks a message." }),
    role: Type.Literal("assistant", { description: "Marks the assistant as the speaker." }),
    id: Type.Optional(
      Type.String({
        description:
          "The id of the item. A client may choose it, with at most 32 characters at OpenAI; otherwise the service does.",
      }),
    ),
    object: Type.Optional(
      Type.Literal("realtime.item", { description: "What the object is. The live service leaves it out." }),
    ),
    status: Type.Optional(ItemStatus),
    content: Type.Array(AssistantContentPart, {
      description: "Its text or its speech; empty while it is being made.",
    }),
  },
  {
    title: "AssistantMessage",
    description: "What the assistant said or wrote. A client can put back text, not speech.",
  },
);

/**
 * The model's call of a function. Run it once, when the item is completed; a call of a cancelled response
 * may have its arguments cut off.
 */
export const FunctionCallItem = Type.Object(
  {
    type: Type.Literal("function_call", { description: "Marks a call." }),
    id: Type.Optional(
      Type.String({
        description:
          "The id of the item. A client may choose it, with at most 32 characters at OpenAI; otherwise the service does.",
      }),
    ),
    object: Type.Optional(
      Type.Literal("realtime.item", { description: "What the object is. The live service leaves it out." }),
    ),
    status: Type.Optional(ItemStatus),
    call_id: Type.Optional(
      Type.String({
        description: "The id of the call, which its output has to name. It is not the id of the item.",
      }),
    ),
    name: Type.String({ description: "The function to run, by the name under which it was declared." }),
    arguments: Type.String({
      description:
        "The arguments as JSON text; empty while the call is being made, and cut off where the status is `incomplete`.",
    }),
  },
  {
    title: "FunctionCallItem",
    description:
      "The model's call of a function. Run it once, when the item is completed; a call of a cancelled response may have its arguments cut off.",
  },
);

/**
 * The result of a function, from the client. The model does not go on by itself: send `response.create`
 * after the last output.
 */
export const FunctionCallOutputItem = Type.Object(
  {
    type: Type.Literal("function_call_output", { description: "Marks a result." }),
    id: Type.Optional(
      Type.String({
        description:
          "The id of the item. A client may choose it, with at most 32 characters at OpenAI; otherwise the service does.",
      }),
    ),
    object: Type.Optional(
      Type.Literal("realtime.item", { description: "What the object is. The live service leaves it out." }),
    ),
    status: Type.Optional(ItemStatus),
    call_id: Type.String({
      description: "The call that this answers: the `call_id` of its item, not the `id`.",
    }),
    output: Type.String({ description: "The result as text; JSON by custom, empty where there is none." }),
  },
  {
    title: "FunctionCallOutputItem",
    description:
      "The result of a function, from the client. The model does not go on by itself: send `response.create` after the last output.",
  },
);

/**
 * A tool of an MCP server, as the server lists it.
 */
export const McpToolDescription = Type.Object(
  {
    description: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "What it does, in the server's words, for the model to read.",
      }),
    ),
    name: Type.String({ description: "The name by which the model calls the tool." }),
    input_schema: Type.Record(Type.String(), Type.Unknown(), {
      description: "A JSON Schema of its arguments.",
    }),
    annotations: Type.Optional(
      Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
        description: "The server's hints about the tool, such as that it only reads. Hints, not promises.",
      }),
    ),
  },
  { title: "McpToolDescription", description: "A tool of an MCP server, as the server lists it." },
);

/**
 * The tools that an MCP server offers, listed by the service.
 */
export const McpListToolsItem = Type.Object(
  {
    type: Type.Literal("mcp_list_tools", { description: "Marks a list of tools." }),
    id: Type.Optional(
      Type.String({ description: "The id of the item, which `mcp_list_tools.*` events name." }),
    ),
    server_label: Type.String({ description: "The MCP server, as the session's tools name it." }),
    tools: Type.Array(McpToolDescription, { description: "The tools that it offers, with what they take." }),
  },
  { title: "McpListToolsItem", description: "The tools that an MCP server offers, listed by the service." },
);

/**
 * The MCP server answered with an error of its protocol.
 */
export const McpProtocolError = Type.Object(
  {
    type: Type.Literal("protocol_error", { description: "Marks an error of the protocol." }),
    code: Type.Integer({ description: "The JSON-RPC error code, a negative number as a rule." }),
    message: Type.String({ description: "What went wrong, for a person to read." }),
  },
  { title: "McpProtocolError", description: "The MCP server answered with an error of its protocol." },
);

/**
 * The tool ran and failed.
 */
export const McpToolExecutionError = Type.Object(
  {
    type: Type.Literal("tool_execution_error", { description: "Marks a failed tool." }),
    message: Type.String({ description: "What went wrong, for a person to read." }),
  },
  { title: "McpToolExecutionError", description: "The tool ran and failed." },
);

/**
 * The MCP server could not be reached or answered with an HTTP error.
 */
export const McpHttpError = Type.Object(
  {
    type: Type.Literal("http_error", { description: "Marks an HTTP error." }),
    code: Type.Integer({ description: "The HTTP status that the MCP server answered with." }),
    message: Type.String({ description: "What went wrong, for a person to read." }),
  },
  {
    title: "McpHttpError",
    description: "The MCP server could not be reached or answered with an HTTP error.",
  },
);

/**
 * Why a call of an MCP tool failed.
 */
export const McpError = Type.Union([McpProtocolError, McpToolExecutionError, McpHttpError], {
  title: "McpError",
  description: "Why a call of an MCP tool failed.",
});

/**
 * A call of an MCP tool, made by the service.
 */
export const McpCallItem = Type.Object(
  {
    type: Type.Literal("mcp_call", { description: "Marks a call." }),
    id: Type.String({ description: "The id of the item, which the events of the call name." }),
    server_label: Type.String({ description: "The MCP server, as the session's tools name it." }),
    name: Type.String({ description: "The tool that is called." }),
    arguments: Type.String({ description: "The arguments as JSON text; empty while they are being made." }),
    approval_request_id: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "The approval request that allowed the call, if one was needed.",
      }),
    ),
    output: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "What the tool gave back; `null` until it has, and when it failed.",
      }),
    ),
    error: Type.Optional(
      Type.Union([McpError, Type.Null()], { description: "Why the call failed; `null` when it did not." }),
    ),
  },
  { title: "McpCallItem", description: "A call of an MCP tool, made by the service." },
);

/**
 * The service asks whether it may call an MCP tool. Nothing goes on until an `mcp_approval_response` item
 * answers.
 */
export const McpApprovalRequestItem = Type.Object(
  {
    type: Type.Literal("mcp_approval_request", { description: "Marks a request." }),
    id: Type.String({ description: "The id of the item, which the answer names." }),
    server_label: Type.String({ description: "The MCP server, as the session's tools name it." }),
    name: Type.String({ description: "The tool that the model wants to call." }),
    arguments: Type.String({ description: "The arguments as JSON text, for a person or a rule to judge." }),
  },
  {
    title: "McpApprovalRequestItem",
    description:
      "The service asks whether it may call an MCP tool. Nothing goes on until an `mcp_approval_response` item answers.",
  },
);

/**
 * The client's answer to a request for approval.
 */
export const McpApprovalResponseItem = Type.Object(
  {
    type: Type.Literal("mcp_approval_response", { description: "Marks an answer." }),
    id: Type.Optional(Type.String({ description: "The id of the item. A client need not choose one." })),
    approval_request_id: Type.String({
      description: "The id of the `mcp_approval_request` item that this answers.",
    }),
    approve: Type.Boolean({
      description:
        "Whether the call may be made. After a refusal send `response.create`, so that the model can go on.",
    }),
    reason: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "Why, for the model to read; above all after a refusal.",
      }),
    ),
  },
  { title: "McpApprovalResponseItem", description: "The client's answer to a request for approval." },
);

/**
 * A thing in a conversation: a message, a call of a tool or its result, or a step of an MCP exchange.
 * Told apart by `type`, messages also by `role`.
 */
export const Item = Type.Union(
  [
    SystemMessage,
    UserMessage,
    AssistantMessage,
    FunctionCallItem,
    FunctionCallOutputItem,
    McpListToolsItem,
    McpCallItem,
    McpApprovalRequestItem,
    McpApprovalResponseItem,
  ],
  {
    title: "Item",
    description:
      "A thing in a conversation: a message, a call of a tool or its result, or a step of an MCP exchange. Told apart by `type`, messages also by `role`.",
  },
);

/**
 * Puts an item into the conversation: a message, the result of a function, an approval, a piece of
 * history. It does not ask for a response. Assistant speech cannot be put in, assistant text can.
 */
export const ConversationItemCreateEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.create", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    previous_item_id: Type.Optional(
      Type.String({
        description:
          'Where to put it: after the item with this id; `"root"` for the very beginning; left out or empty for the end. An unknown id is an error and nothing is added.',
      }),
    ),
    item: Item,
  },
  {
    title: "ConversationItemCreateEvent",
    description:
      "Puts an item into the conversation: a message, the result of a function, an approval, a piece of history. It does not ask for a response. Assistant speech cannot be put in, assistant text can.",
  },
);

/**
 * Takes an item out of the conversation: the model no longer knows of it. An unknown id is an error.
 */
export const ConversationItemDeleteEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.delete", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    item_id: Type.String({ description: "The id of the item to take out." }),
  },
  {
    title: "ConversationItemDeleteEvent",
    description:
      "Takes an item out of the conversation: the model no longer knows of it. An unknown id is an error.",
  },
);

/**
 * Asks for an item as the service has it: the only way to get the user's audio after noise reduction.
 */
export const ConversationItemRetrieveEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.retrieve", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    item_id: Type.String({ description: "The id of the item to fetch. An unknown one is an error." }),
  },
  {
    title: "ConversationItemRetrieveEvent",
    description:
      "Asks for an item as the service has it: the only way to get the user's audio after noise reduction.",
  },
);

/**
 * Tells the model how much of its speech was heard, when the user interrupted. The audio after that and
 * the whole transcript leave the model's memory. Only for assistant speech. On WebRTC and SIP the service
 * does this itself.
 */
export const ConversationItemTruncateEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.truncate", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    item_id: Type.String({ description: "The id of the assistant's message that was cut short." }),
    content_index: Type.Integer({
      description: "The content part; 0 is the only one that OpenAI takes.",
      minimum: 0,
    }),
    audio_end_ms: Type.Integer({
      description: "Milliseconds of the part's audio that were heard. More than exist is an error.",
      minimum: 0,
    }),
  },
  {
    title: "ConversationItemTruncateEvent",
    description:
      "Tells the model how much of its speech was heard, when the user interrupted. The audio after that and the whole transcript leave the model's memory. Only for assistant speech. On WebRTC and SIP the service does this itself.",
  },
);

/**
 * Adds audio of the user to the input buffer. Never answered. With turn detection the service decides
 * what becomes a turn; without, commit it. On WebRTC and SIP the media track does this.
 */
export const InputAudioBufferAppendEvent = Type.Object(
  {
    type: Type.Literal("input_audio_buffer.append", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    audio: Type.String({
      description:
        "The audio, base64, in the session's input format; at most 15 MiB before encoding. Chunks of 20 to 100 ms serve well.",
      maxLength: 20971520,
      contentEncoding: "base64",
    }),
  },
  {
    title: "InputAudioBufferAppendEvent",
    description:
      "Adds audio of the user to the input buffer. Never answered. With turn detection the service decides what becomes a turn; without, commit it. On WebRTC and SIP the media track does this.",
  },
);

/**
 * Throws the input buffer away: nothing of it becomes a message.
 */
export const InputAudioBufferClearEvent = Type.Object(
  {
    type: Type.Literal("input_audio_buffer.clear", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
  },
  {
    title: "InputAudioBufferClearEvent",
    description: "Throws the input buffer away: nothing of it becomes a message.",
  },
);

/**
 * Makes a user message out of the input buffer. Needs at least 100 ms of audio, otherwise an `error`
 * comes, which is harmless. It does not ask for a response. Not needed with turn detection.
 */
export const InputAudioBufferCommitEvent = Type.Object(
  {
    type: Type.Literal("input_audio_buffer.commit", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
  },
  {
    title: "InputAudioBufferCommitEvent",
    description:
      "Makes a user message out of the input buffer. Needs at least 100 ms of audio, otherwise an `error` comes, which is harmless. It does not ask for a response. Not needed with turn detection.",
  },
);

/**
 * Stops the service from playing what it still has. Send `response.cancel` first, so that no more is
 * made. Refused on plain WebSocket, where the client plays.
 */
export const OutputAudioBufferClearEvent = Type.Object(
  {
    type: Type.Literal("output_audio_buffer.clear", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
  },
  {
    title: "OutputAudioBufferClearEvent",
    description:
      "Stops the service from playing what it still has. Send `response.cancel` first, so that no more is made. Refused on plain WebSocket, where the client plays.",
  },
);

/**
 * Stops a response. It ends with `response.done` and the status `cancelled`. When nothing runs, an
 * `error` comes, which is harmless.
 */
export const ResponseCancelEvent = Type.Object(
  {
    type: Type.Literal("response.cancel", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    response_id: Type.Optional(
      Type.String({
        description:
          "The id of the response to stop; when left out, the one that writes into the conversation. A response beside the conversation has to be named.",
      }),
    ),
  },
  {
    title: "ResponseCancelEvent",
    description:
      "Stops a response. It ends with `response.done` and the status `cancelled`. When nothing runs, an `error` comes, which is harmless.",
  },
);

/**
 * Stands for an item that is already in the session. Only in the `input` of `response.create`.
 */
export const ItemReference = Type.Object(
  {
    type: Type.Literal("item_reference", { description: "Marks a reference." }),
    id: Type.String({ description: "The id of an item of this session; it stands for the whole item." }),
  },
  {
    title: "ItemReference",
    description:
      "Stands for an item that is already in the session. Only in the `input` of `response.create`.",
  },
);

/**
 * What a response can be given as its context: an item, or a reference to one.
 */
export const ResponseInputItem = Type.Union([Item, ItemReference], {
  title: "ResponseInputItem",
  description: "What a response can be given as its context: an item, or a reference to one.",
});

/**
 * What the model makes: speech or text. Speech always comes with its transcript.
 */
export const Modality = Type.Union([Type.Literal("text"), Type.Literal("audio")], {
  title: "Modality",
  description: "What the model makes: speech or text. Speech always comes with its transcript.",
});

/**
 * What a response consists of. The service takes exactly one entry: `["audio"]` (speech and its
 * transcript) or `["text"]`.
 */
export const OutputModalities = Type.Array(Modality, {
  title: "OutputModalities",
  description:
    'What a response consists of. The service takes exactly one entry: `["audio"]` (speech and its transcript) or `["text"]`.',
});

/**
 * Linear PCM: 16-bit signed little-endian samples, one channel, 24,000 a second, so 48,000 bytes a
 * second.
 */
export const PcmFormat = Type.Object(
  {
    type: Type.Literal("audio/pcm", { description: "Marks linear PCM." }),
    rate: Type.Optional(
      Type.Literal(24000, {
        description:
          "Samples a second. OpenAI takes 24000 and nothing else: an update with another rate is refused as a whole.",
      }),
    ),
  },
  {
    title: "PcmFormat",
    description:
      "Linear PCM: 16-bit signed little-endian samples, one channel, 24,000 a second, so 48,000 bytes a second.",
  },
);

/**
 * G.711 µ-law: one byte a sample, one channel, 8,000 a second. The telephone codec of North America and
 * Japan.
 */
export const PcmuFormat = Type.Object(
  { type: Type.Literal("audio/pcmu", { description: "Marks G.711 µ-law." }) },
  {
    title: "PcmuFormat",
    description:
      "G.711 µ-law: one byte a sample, one channel, 8,000 a second. The telephone codec of North America and Japan.",
  },
);

/**
 * G.711 A-law: one byte a sample, one channel, 8,000 a second. The telephone codec of the rest of the
 * world.
 */
export const PcmaFormat = Type.Object(
  { type: Type.Literal("audio/pcma", { description: "Marks G.711 A-law." }) },
  {
    title: "PcmaFormat",
    description:
      "G.711 A-law: one byte a sample, one channel, 8,000 a second. The telephone codec of the rest of the world.",
  },
);

/**
 * How audio in events is encoded. On WebRTC and SIP the media track has its own codec and this says
 * nothing about it.
 */
export const AudioFormat = Type.Union([PcmFormat, PcmuFormat, PcmaFormat], {
  title: "AudioFormat",
  description:
    "How audio in events is encoded. On WebRTC and SIP the media track has its own codec and this says nothing about it.",
});

/**
 * The name of a built-in voice. Any string is taken; the ones listed are known.
 */
export const VoiceName = Type.Unsafe<
  | "alloy"
  | "ash"
  | "ballad"
  | "coral"
  | "echo"
  | "sage"
  | "shimmer"
  | "verse"
  | "marin"
  | "cedar"
  | (string & {})
>(
  Type.String({
    title: "VoiceName",
    description: "The name of a built-in voice. Any string is taken; the ones listed are known.",
    examples: ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"],
  }),
);

/**
 * A voice that was made for one organisation, named by its id.
 */
export const CustomVoice = Type.Object(
  { id: Type.String({ description: "The id of the voice, `voice_…`." }) },
  { title: "CustomVoice", description: "A voice that was made for one organisation, named by its id." },
);

/**
 * The voice of the assistant: a built-in one by name, or a custom one by id. It cannot change once the
 * assistant has made audio in this session.
 */
export const Voice = Type.Union([VoiceName, CustomVoice], {
  title: "Voice",
  description:
    "The voice of the assistant: a built-in one by name, or a custom one by id. It cannot change once the assistant has made audio in this session.",
});

/**
 * How one response sounds.
 */
export const ResponseAudioOutput = Type.Object(
  { format: Type.Optional(AudioFormat), voice: Type.Optional(Voice) },
  { title: "ResponseAudioOutput", description: "How one response sounds." },
);

/**
 * The audio settings of one response.
 */
export const ResponseAudio = Type.Object(
  { output: Type.Optional(ResponseAudioOutput) },
  { title: "ResponseAudio", description: "The audio settings of one response." },
);

/**
 * A function that the client runs when the model asks for it. The fields stand flat, not under a
 * `function` key.
 */
export const FunctionTool = Type.Object(
  {
    description: Type.Optional(
      Type.String({ description: "What it does and when to call it, for the model to read." }),
    ),
    type: Type.Literal("function", { description: "Marks a function." }),
    name: Type.String({ description: "The name by which the model calls it." }),
    parameters: Type.Optional(
      Type.Unsafe<object>(
        Type.Object(
          {},
          { description: "A JSON Schema of the arguments. Left out, the function takes none." },
        ),
      ),
    ),
  },
  {
    title: "FunctionTool",
    description:
      "A function that the client runs when the model asks for it. The fields stand flat, not under a `function` key.",
  },
);

/**
 * Picks some tools of an MCP server.
 */
export const McpToolFilter = Type.Object(
  {
    read_only: Type.Optional(Type.Boolean({ description: "Pick the tools that declare to change nothing." })),
    tool_names: Type.Optional(Type.Array(Type.String(), { description: "Pick the tools with these names." })),
  },
  { title: "McpToolFilter", description: "Picks some tools of an MCP server." },
);

/**
 * Says for which tools of an MCP server the service asks the client before it calls them, and for which
 * it never does.
 */
export const McpApprovalFilter = Type.Object(
  { always: Type.Optional(McpToolFilter), never: Type.Optional(McpToolFilter) },
  {
    title: "McpApprovalFilter",
    description:
      "Says for which tools of an MCP server the service asks the client before it calls them, and for which it never does.",
  },
);

/**
 * A server of tools that the service itself calls, by the Model Context Protocol. Its tools are imported
 * in the background: they can be used after `mcp_list_tools.completed`. Once defined in a session, later
 * events may name it by `server_label` alone.
 */
export const McpTool = Type.Object(
  {
    type: Type.Literal("mcp", { description: "Marks an MCP server." }),
    server_label: Type.String({
      description: "The name by which this session knows the server; no two servers share one.",
    }),
    server_url: Type.Optional(
      Type.String({
        description:
          "Where the server is. Exactly one of `server_url`, `connector_id` and `tunnel_id` defines it.",
      }),
    ),
    connector_id: Type.Optional(
      Type.Unsafe<
        | "connector_dropbox"
        | "connector_gmail"
        | "connector_googlecalendar"
        | "connector_googledrive"
        | "connector_microsoftteams"
        | "connector_outlookcalendar"
        | "connector_outlookemail"
        | "connector_sharepoint"
        | (string & {})
      >(
        Type.String({
          description:
            "A connector that OpenAI hosts, in place of a server. Not for models released after 2026-09-01.",
          examples: [
            "connector_dropbox",
            "connector_gmail",
            "connector_googlecalendar",
            "connector_googledrive",
            "connector_microsoftteams",
            "connector_outlookcalendar",
            "connector_outlookemail",
            "connector_sharepoint",
          ],
        }),
      ),
    ),
    tunnel_id: Type.Optional(
      Type.String({ description: "The id of a secure tunnel to the server, in place of an address." }),
    ),
    authorization: Type.Optional(
      Type.String({ description: "An OAuth access token for the server. A secret: keep it out of logs." }),
    ),
    headers: Type.Optional(
      Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()], {
        description:
          "HTTP headers to send to the server. They can carry secrets. `Authorization` here excludes the field `authorization`.",
      }),
    ),
    allowed_tools: Type.Optional(
      Type.Union([Type.Array(Type.String()), McpToolFilter, Type.Null()], {
        description:
          "Which of its tools the model may use: a list of names, or a filter. All when left out or `null`.",
      }),
    ),
    require_approval: Type.Optional(
      Type.Union(
        [Type.Union([Type.Literal("always"), Type.Literal("never")]), McpApprovalFilter, Type.Null()],
        { description: "Whether the service asks the client before a call: `always`, `never`, or by tool." },
      ),
    ),
    server_description: Type.Optional(
      Type.String({ description: "What the server is for, for the model to read." }),
    ),
    defer_loading: Type.Optional(
      Type.Boolean({
        description:
          "Whether the model finds its tools by searching, rather than being given them all at once.",
      }),
    ),
    allowed_callers: Type.Optional(
      Type.Union(
        [Type.Array(Type.Union([Type.Literal("direct"), Type.Literal("programmatic")])), Type.Null()],
        {
          description:
            "How its tools may be called: by the model itself (`direct`), or from a program (`programmatic`).",
        },
      ),
    ),
  },
  {
    title: "McpTool",
    description:
      "A server of tools that the service itself calls, by the Model Context Protocol. Its tools are imported in the background: they can be used after `mcp_list_tools.completed`. Once defined in a session, later events may name it by `server_label` alone.",
  },
);

/**
 * Something the model can use: a function that the client runs, or an MCP server that the service calls.
 */
export const Tool = Type.Union([FunctionTool, McpTool], {
  title: "Tool",
  description:
    "Something the model can use: a function that the client runs, or an MCP server that the service calls.",
});

/**
 * Whether the model calls tools: `none` never, `auto` as it sees fit, `required` at least one.
 */
export const ToolChoiceMode = Type.Union(
  [Type.Literal("none"), Type.Literal("auto"), Type.Literal("required")],
  {
    title: "ToolChoiceMode",
    description:
      "Whether the model calls tools: `none` never, `auto` as it sees fit, `required` at least one.",
  },
);

/**
 * Makes the model call one particular function.
 */
export const FunctionToolChoice = Type.Object(
  {
    type: Type.Literal("function", { description: "Marks a function." }),
    name: Type.String({ description: "The name of the function, as the session's tools have it." }),
  },
  { title: "FunctionToolChoice", description: "Makes the model call one particular function." },
);

/**
 * Makes the model call a tool of one particular MCP server.
 */
export const McpToolChoice = Type.Object(
  {
    type: Type.Literal("mcp", { description: "Marks an MCP server." }),
    server_label: Type.String({ description: "The server, as this session knows it." }),
    name: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "The tool. Any tool of the server when left out or `null`.",
      }),
    ),
  },
  { title: "McpToolChoice", description: "Makes the model call a tool of one particular MCP server." },
);

/**
 * How the model picks tools: by a mode, or one that it must call.
 */
export const ToolChoice = Type.Union([ToolChoiceMode, FunctionToolChoice, McpToolChoice], {
  title: "ToolChoice",
  description: "How the model picks tools: by a mode, or one that it must call.",
});

/**
 * How much a reasoning model thinks before it speaks. Only for models that reason, such as
 * `gpt-realtime-2`.
 */
export const Reasoning = Type.Object(
  {
    effort: Type.Optional(
      Type.Unsafe<"minimal" | "low" | "medium" | "high" | "xhigh" | (string & {})>(
        Type.String({
          description: "How much it thinks; more is better and slower.",
          examples: ["minimal", "low", "medium", "high", "xhigh"],
        }),
      ),
    ),
  },
  {
    title: "Reasoning",
    description:
      "How much a reasoning model thinks before it speaks. Only for models that reason, such as `gpt-realtime-2`.",
  },
);

/**
 * How many tokens one response may have, tool calls included: 1 to 4096, or `"inf"` for as many as the
 * model can make.
 */
export const MaxOutputTokens = Type.Union(
  [Type.Integer({ minimum: 1, maximum: 4096 }), Type.Literal("inf")],
  {
    title: "MaxOutputTokens",
    description:
      'How many tokens one response may have, tool calls included: 1 to 4096, or `"inf"` for as many as the model can make.',
  },
);

/**
 * A prompt that is kept at the provider, with values for its variables.
 */
export const Prompt = Type.Object(
  {
    id: Type.String({ description: "The id of the prompt, `pmpt_…`." }),
    version: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "Its version; the current one when left out or `null`.",
      }),
    ),
    variables: Type.Optional(
      Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
        description:
          "Values for its variables, by name: strings, or input parts of the Responses API such as images and files.",
      }),
    ),
  },
  { title: "Prompt", description: "A prompt that is kept at the provider, with values for its variables." },
);

/**
 * Up to 16 pairs of strings that the service keeps and gives back with the response: the way to recognise
 * which response answers which request. Keys have at most 64 characters, values at most 512.
 */
export const Metadata = Type.Record(
  Type.String({ pattern: "^[\\s\\S]{0,64}$" }),
  Type.String({ maxLength: 512 }),
  {
    title: "Metadata",
    description:
      "Up to 16 pairs of strings that the service keeps and gives back with the response: the way to recognise which response answers which request. Keys have at most 64 characters, values at most 512.",
    maxProperties: 16,
    additionalProperties: false,
  },
);

/**
 * What one response should be. Whatever is left out is taken from the session.
 */
export const ResponseConfig = Type.Object(
  {
    conversation: Type.Optional(
      Type.Unsafe<"auto" | "none" | (string & {})>(
        Type.String({
          description:
            "Where the output goes: `auto`, the default, into the conversation; `none` nowhere, so that it may run beside another response.",
          examples: ["auto", "none"],
        }),
      ),
    ),
    input: Type.Optional(
      Type.Array(ResponseInputItem, {
        description: "The context, in place of the conversation so far. `[]` means no context.",
      }),
    ),
    instructions: Type.Optional(
      Type.String({
        description: "What the model should be and do, in place of the session's instructions.",
      }),
    ),
    output_modalities: Type.Optional(OutputModalities),
    audio: Type.Optional(ResponseAudio),
    tools: Type.Optional(
      Type.Array(Tool, {
        description:
          "What the model can use for this response, in place of the session's tools; `[]` for none.",
      }),
    ),
    tool_choice: Type.Optional(ToolChoice),
    parallel_tool_calls: Type.Optional(
      Type.Boolean({ description: "Whether it may call several tools. Only for models that reason." }),
    ),
    reasoning: Type.Optional(Reasoning),
    max_output_tokens: Type.Optional(MaxOutputTokens),
    prompt: Type.Optional(
      Type.Union([Prompt, Type.Null()], { description: "A stored prompt to start from." }),
    ),
    metadata: Type.Optional(
      Type.Union([Metadata, Type.Null()], {
        description:
          "Comes back with the response: the only sure way to tell which response answers which request.",
      }),
    ),
  },
  {
    title: "ResponseConfig",
    description: "What one response should be. Whatever is left out is taken from the session.",
  },
);

/**
 * Asks the model to answer. One response at a time may write into the conversation: a second one is
 * refused until the first is done. Responses with `conversation: "none"` may run beside it.
 */
export const ResponseCreateEvent = Type.Object(
  {
    type: Type.Literal("response.create", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    response: Type.Optional(ResponseConfig),
  },
  {
    title: "ResponseCreateEvent",
    description:
      'Asks the model to answer. One response at a time may write into the conversation: a second one is refused until the first is done. Responses with `conversation: "none"` may run beside it.',
  },
);

/**
 * The name of a speech-to-speech model. Any string is taken, since models come and go; the ones listed
 * are known. On Azure it is the name of the deployment.
 */
export const ModelName = Type.Unsafe<
  | "gpt-realtime"
  | "gpt-realtime-1.5"
  | "gpt-realtime-2"
  | "gpt-realtime-2.1"
  | "gpt-realtime-2.1-mini"
  | "gpt-realtime-2025-08-28"
  | "gpt-realtime-mini"
  | "gpt-realtime-mini-2025-10-06"
  | "gpt-realtime-mini-2025-12-15"
  | "gpt-audio-1.5"
  | "gpt-audio-mini"
  | "gpt-audio-mini-2025-10-06"
  | "gpt-audio-mini-2025-12-15"
  | "gpt-4o-realtime-preview"
  | "gpt-4o-realtime-preview-2024-10-01"
  | "gpt-4o-realtime-preview-2024-12-17"
  | "gpt-4o-realtime-preview-2025-06-03"
  | "gpt-4o-mini-realtime-preview"
  | "gpt-4o-mini-realtime-preview-2024-12-17"
  | (string & {})
>(
  Type.String({
    title: "ModelName",
    description:
      "The name of a speech-to-speech model. Any string is taken, since models come and go; the ones listed are known. On Azure it is the name of the deployment.",
    examples: [
      "gpt-realtime",
      "gpt-realtime-1.5",
      "gpt-realtime-2",
      "gpt-realtime-2.1",
      "gpt-realtime-2.1-mini",
      "gpt-realtime-2025-08-28",
      "gpt-realtime-mini",
      "gpt-realtime-mini-2025-10-06",
      "gpt-realtime-mini-2025-12-15",
      "gpt-audio-1.5",
      "gpt-audio-mini",
      "gpt-audio-mini-2025-10-06",
      "gpt-audio-mini-2025-12-15",
      "gpt-4o-realtime-preview",
      "gpt-4o-realtime-preview-2024-10-01",
      "gpt-4o-realtime-preview-2024-12-17",
      "gpt-4o-realtime-preview-2025-06-03",
      "gpt-4o-mini-realtime-preview",
      "gpt-4o-mini-realtime-preview-2024-12-17",
    ],
  }),
);

/**
 * The name of a model that writes down what the user says. Any string is taken; the ones listed are
 * known.
 */
export const TranscriptionModelName = Type.Unsafe<
  | "whisper-1"
  | "gpt-transcribe"
  | "gpt-live-transcribe"
  | "gpt-4o-mini-transcribe"
  | "gpt-4o-mini-transcribe-2025-12-15"
  | "gpt-4o-transcribe"
  | "gpt-4o-transcribe-diarize"
  | "gpt-realtime-whisper"
  | (string & {})
>(
  Type.String({
    title: "TranscriptionModelName",
    description:
      "The name of a model that writes down what the user says. Any string is taken; the ones listed are known.",
    examples: [
      "whisper-1",
      "gpt-transcribe",
      "gpt-live-transcribe",
      "gpt-4o-mini-transcribe",
      "gpt-4o-mini-transcribe-2025-12-15",
      "gpt-4o-transcribe",
      "gpt-4o-transcribe-diarize",
      "gpt-realtime-whisper",
    ],
  }),
);

/**
 * Has the user's speech written down, apart from the model that answers. The result comes in
 * `conversation.item.input_audio_transcription.*` events, at any time after the item, and may differ from
 * what the answering model heard.
 */
export const TranscriptionConfig = Type.Object(
  {
    model: Type.Optional(TranscriptionModelName),
    language: Type.Optional(
      Type.String({
        description:
          "The language spoken, as an ISO 639-1 code such as `en`; makes the result better and faster.",
      }),
    ),
    languages: Type.Optional(
      Type.Array(Type.String(), {
        description:
          "Languages that may be spoken, for `gpt-transcribe` and `gpt-live-transcribe`. At least one.",
        minItems: 1,
      }),
    ),
    keywords: Type.Optional(
      Type.Array(Type.String(), {
        description: "Words to expect, such as names, for `gpt-transcribe` and `gpt-live-transcribe`.",
      }),
    ),
    prompt: Type.Optional(
      Type.String({
        description:
          "Text that guides the transcription: words to expect for `whisper-1`, a sentence about what is said for others. Not for `gpt-realtime-whisper`.",
      }),
    ),
    delay: Type.Optional(
      Type.Unsafe<"minimal" | "low" | "medium" | "high" | "xhigh" | (string & {})>(
        Type.String({
          description: "How long `gpt-realtime-whisper` may wait before it writes: longer is more exact.",
          examples: ["minimal", "low", "medium", "high", "xhigh"],
        }),
      ),
    ),
  },
  {
    title: "TranscriptionConfig",
    description:
      "Has the user's speech written down, apart from the model that answers. The result comes in `conversation.item.input_audio_transcription.*` events, at any time after the item, and may differ from what the answering model heard.",
  },
);

/**
 * Filters noise out of the input before the turn detection and the model hear it.
 */
export const NoiseReduction = Type.Object(
  {
    type: Type.Optional(
      Type.Union([Type.Literal("near_field"), Type.Literal("far_field")], {
        description: "`near_field` for headsets and handsets, `far_field` for laptops and rooms.",
      }),
    ),
    strength: Type.Optional(
      Type.Number({
        description:
          "How strongly to filter: more is stronger. 1 when the filter is first turned on; left out later, it stays as it was.",
      }),
    ),
  },
  {
    title: "NoiseReduction",
    description: "Filters noise out of the input before the turn detection and the model hear it.",
  },
);

/**
 * Turn detection by loudness: a turn begins when the input becomes loud enough and ends after some
 * silence.
 */
export const ServerVad = Type.Object(
  {
    type: Type.Literal("server_vad", { description: "Marks turn detection by loudness." }),
    threshold: Type.Optional(
      Type.Number({
        description: "How loud counts as speech, 0 to 1; 0.5 by default. Higher suits noisy places.",
        minimum: 0,
        maximum: 1,
      }),
    ),
    prefix_padding_ms: Type.Optional(
      Type.Integer({
        description:
          "Milliseconds of audio before the detected start that belong to the turn; 300 by default.",
        minimum: 0,
      }),
    ),
    silence_duration_ms: Type.Optional(
      Type.Integer({
        description:
          "Milliseconds of silence that end a turn. The live service starts with 200, its documents say 500.",
        minimum: 0,
      }),
    ),
    create_response: Type.Optional(
      Type.Boolean({
        description: "Whether the end of a turn makes the model answer by itself; true by default.",
      }),
    ),
    interrupt_response: Type.Optional(
      Type.Boolean({
        description:
          "Whether the start of a turn cancels the response that is being made for the default conversation; true by default.",
      }),
    ),
    idle_timeout_ms: Type.Optional(
      Type.Union([Type.Integer({ minimum: 5000, maximum: 30000 }), Type.Null()], {
        description:
          "Milliseconds of silence after the assistant has finished speaking before the model is asked to speak again; 5000 to 30000, `null` for never.",
      }),
    ),
  },
  {
    title: "ServerVad",
    description:
      "Turn detection by loudness: a turn begins when the input becomes loud enough and ends after some silence.",
  },
);

/**
 * Turn detection by meaning: a model judges from what was said whether the speaker has finished.
 */
export const SemanticVad = Type.Object(
  {
    type: Type.Literal("semantic_vad", { description: "Marks turn detection by meaning." }),
    eagerness: Type.Optional(
      Type.Union([Type.Literal("low"), Type.Literal("medium"), Type.Literal("high"), Type.Literal("auto")], {
        description:
          "How soon a turn is taken as finished: `low` waits up to 8 seconds, `medium` 4, `high` 2; `auto`, the default, equals `medium`.",
      }),
    ),
    create_response: Type.Optional(
      Type.Boolean({
        description: "Whether the end of a turn makes the model answer by itself; true by default.",
      }),
    ),
    interrupt_response: Type.Optional(
      Type.Boolean({
        description:
          "Whether the start of a turn cancels the response that is being made for the default conversation; true by default.",
      }),
    ),
  },
  {
    title: "SemanticVad",
    description:
      "Turn detection by meaning: a model judges from what was said whether the speaker has finished.",
  },
);

/**
 * How the service finds out that the user has begun and ended speaking. `null` in its place turns this
 * off: the client then commits the input and asks for responses itself.
 */
export const TurnDetection = Type.Union([ServerVad, SemanticVad], {
  title: "TurnDetection",
  description:
    "How the service finds out that the user has begun and ended speaking. `null` in its place turns this off: the client then commits the input and asks for responses itself.",
});

/**
 * What to do with the user's audio.
 */
export const AudioInputConfig = Type.Object(
  {
    format: Type.Optional(AudioFormat),
    transcription: Type.Optional(
      Type.Union([TranscriptionConfig, Type.Null()], {
        description: "How to write down what the user says; `null` turns it off.",
      }),
    ),
    noise_reduction: Type.Optional(
      Type.Union([NoiseReduction, Type.Null()], { description: "How to filter noise; `null` turns it off." }),
    ),
    turn_detection: Type.Optional(
      Type.Union([TurnDetection, Type.Null()], { description: "How turns are found; `null` turns it off." }),
    ),
  },
  { title: "AudioInputConfig", description: "What to do with the user's audio." },
);

/**
 * How the assistant sounds.
 */
export const AudioOutputConfig = Type.Object(
  {
    format: Type.Optional(AudioFormat),
    voice: Type.Optional(Voice),
    speed: Type.Optional(
      Type.Number({
        description:
          "How fast it speaks: 0.25 to 1.5 times the natural speed. It can change only between responses.",
        minimum: 0.25,
        maximum: 1.5,
      }),
    ),
  },
  { title: "AudioOutputConfig", description: "How the assistant sounds." },
);

/**
 * The audio settings of a session, both ways.
 */
export const AudioConfig = Type.Object(
  { input: Type.Optional(AudioInputConfig), output: Type.Optional(AudioOutputConfig) },
  { title: "AudioConfig", description: "The audio settings of a session, both ways." },
);

/**
 * Bounds on parts of the context.
 */
export const TokenLimits = Type.Object(
  {
    post_instructions: Type.Optional(
      Type.Integer({
        description:
          "Tokens that the conversation after the instructions may take. Lower is cheaper and forgets sooner.",
        minimum: 0,
      }),
    ),
  },
  { title: "TokenLimits", description: "Bounds on parts of the context." },
);

/**
 * When the context overflows, cut it down to a share of its size at once, so that the next turns find
 * their cache intact.
 */
export const RetentionRatioTruncation = Type.Object(
  {
    type: Type.Literal("retention_ratio", { description: "Marks this way of truncating." }),
    retention_ratio: Type.Number({
      description: "The share of the tokens after the instructions that is kept, 0 to 1.",
      minimum: 0,
      maximum: 1,
    }),
    token_limits: Type.Optional(TokenLimits),
  },
  {
    title: "RetentionRatioTruncation",
    description:
      "When the context overflows, cut it down to a share of its size at once, so that the next turns find their cache intact.",
  },
);

/**
 * What happens when the conversation outgrows the context of the model: `auto` drops the oldest messages,
 * `disabled` fails the response, `retention_ratio` drops more at once.
 */
export const Truncation = Type.Union(
  [Type.Union([Type.Literal("auto"), Type.Literal("disabled")]), RetentionRatioTruncation],
  {
    title: "Truncation",
    description:
      "What happens when the conversation outgrows the context of the model: `auto` drops the oldest messages, `disabled` fails the response, `retention_ratio` drops more at once.",
  },
);

/**
 * How the session shows up in the provider's tracing dashboard.
 */
export const TracingConfig = Type.Object(
  {
    workflow_name: Type.Optional(
      Type.String({ description: "The name of the trace, by which the dashboard lists it." }),
    ),
    group_id: Type.Optional(Type.String({ description: "Groups traces of one conversation." })),
    metadata: Type.Optional(Type.Unknown({ description: "Anything to keep with the trace." })),
  },
  { title: "TracingConfig", description: "How the session shows up in the provider's tracing dashboard." },
);

/**
 * Whether the provider keeps a trace of the session: `auto`, or with a name and a group. It cannot change
 * once it is on.
 */
export const Tracing = Type.Union([Type.Literal("auto"), TracingConfig], {
  title: "Tracing",
  description:
    "Whether the provider keeps a trace of the session: `auto`, or with a name and a group. It cannot change once it is on.",
});

/**
 * An extra that the service adds to its events on demand. One is known:
 * `item.input_audio_transcription.logprobs`, the log probabilities of the user's transcript.
 */
export const IncludeField = Type.Unsafe<"item.input_audio_transcription.logprobs" | (string & {})>(
  Type.String({
    title: "IncludeField",
    description:
      "An extra that the service adds to its events on demand. One is known: `item.input_audio_transcription.logprobs`, the log probabilities of the user's transcript.",
    examples: ["item.input_audio_transcription.logprobs"],
  }),
);

/**
 * The settings of a conversation, as a client asks for them. Only the fields present change; a refused
 * update changes nothing at all.
 */
export const SessionConfig = Type.Object(
  {
    type: Type.Literal("realtime", {
      description: "Marks a conversation. Required in every update, and it cannot change.",
    }),
    model: Type.Optional(ModelName),
    output_modalities: Type.Optional(OutputModalities),
    instructions: Type.Optional(
      Type.String({
        description:
          'What the model should be and do. The service has a default, visible in `session.created`; `""` clears it.',
      }),
    ),
    audio: Type.Optional(AudioConfig),
    tools: Type.Optional(Type.Array(Tool, { description: "What the model can use; `[]` takes all away." })),
    tool_choice: Type.Optional(ToolChoice),
    parallel_tool_calls: Type.Optional(
      Type.Boolean({
        description: "Whether one response may call several tools. Only for models that reason.",
      }),
    ),
    reasoning: Type.Optional(Reasoning),
    max_output_tokens: Type.Optional(MaxOutputTokens),
    truncation: Type.Optional(Truncation),
    prompt: Type.Optional(
      Type.Union([Prompt, Type.Null()], { description: "A stored prompt to start from." }),
    ),
    tracing: Type.Optional(
      Type.Union([Tracing, Type.Null()], {
        description: "Whether the provider keeps a trace. It cannot change once it is on.",
      }),
    ),
    include: Type.Optional(
      Type.Array(IncludeField, { description: "Extras that the service should add to its events." }),
    ),
  },
  {
    title: "SessionConfig",
    description:
      "The settings of a conversation, as a client asks for them. Only the fields present change; a refused update changes nothing at all.",
  },
);

/**
 * The audio settings of a transcription session, which has input only.
 */
export const TranscriptionAudioConfig = Type.Object(
  { input: Type.Optional(AudioInputConfig) },
  {
    title: "TranscriptionAudioConfig",
    description: "The audio settings of a transcription session, which has input only.",
  },
);

/**
 * The settings of a session that writes down speech and never answers, as a client asks for them. Without
 * a transcription model the service takes the audio and says nothing.
 */
export const TranscriptionSessionConfig = Type.Object(
  {
    type: Type.Literal("transcription", {
      description: "Marks transcription. Required in every update, and it cannot change.",
    }),
    audio: Type.Optional(TranscriptionAudioConfig),
    include: Type.Optional(
      Type.Array(IncludeField, { description: "Extras that the service should add to its events." }),
    ),
  },
  {
    title: "TranscriptionSessionConfig",
    description:
      "The settings of a session that writes down speech and never answers, as a client asks for them. Without a transcription model the service takes the audio and says nothing.",
  },
);

/**
 * The settings of a session of either kind, as a client asks for them. Told apart by `type`.
 */
export const AnySessionConfig = Type.Union([SessionConfig, TranscriptionSessionConfig], {
  title: "AnySessionConfig",
  description: "The settings of a session of either kind, as a client asks for them. Told apart by `type`.",
});

/**
 * Changes settings of the session. Answered by `session.updated` with all of them, or by `error`, and
 * then nothing changed. Wait for the answer before the microphone opens: until then the defaults hold.
 */
export const SessionUpdateEvent = Type.Object(
  {
    type: Type.Literal("session.update", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    session: AnySessionConfig,
  },
  {
    title: "SessionUpdateEvent",
    description:
      "Changes settings of the session. Answered by `session.updated` with all of them, or by `error`, and then nothing changed. Wait for the answer before the microphone opens: until then the defaults hold.",
  },
);

/**
 * A conversation, by its id.
 */
export const Conversation = Type.Object(
  {
    id: Type.Optional(Type.String({ description: "The id of the conversation, `conv_…`." })),
    object: Type.Optional(Type.Literal("realtime.conversation", { description: "What the object is." })),
  },
  { title: "Conversation", description: "A conversation, by its id." },
);

/**
 * A conversation exists. In the list of events, but the live service does not send it; xAI does.
 */
export const ConversationCreatedEvent = Type.Object(
  {
    type: Type.Literal("conversation.created", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    conversation: Conversation,
  },
  {
    title: "ConversationCreatedEvent",
    description:
      "A conversation exists. In the list of events, but the live service does not send it; xAI does.",
  },
);

/**
 * An item as the service reports it: always with its id.
 */
export const ServerItem = Type.Intersect(
  [Item, Type.Object({ id: Type.String({ description: "The id of the item." }) })],
  { title: "ServerItem", description: "An item as the service reports it: always with its id." },
);

/**
 * An item has its place in the default conversation. Items of the model come empty and `in_progress`. The
 * order of the conversation follows from `previous_item_id`, not from the order of events.
 */
export const ConversationItemAddedEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.added", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    previous_item_id: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description:
          "The item after which this one stands; `null` for the first. It may be one that has not been seen yet.",
      }),
    ),
    item: ServerItem,
  },
  {
    title: "ConversationItemAddedEvent",
    description:
      "An item has its place in the default conversation. Items of the model come empty and `in_progress`. The order of the conversation follows from `previous_item_id`, not from the order of events.",
  },
);

/**
 * An item is in the conversation: the name of an earlier protocol, which some providers still send.
 * OpenAI sends `conversation.item.added` and `conversation.item.done`.
 */
export const ConversationItemCreatedEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.created", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    previous_item_id: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description:
          "The item after which this one stands; `null` for the first. It may be one that has not been seen yet.",
      }),
    ),
    item: ServerItem,
  },
  {
    title: "ConversationItemCreatedEvent",
    description:
      "An item is in the conversation: the name of an earlier protocol, which some providers still send. OpenAI sends `conversation.item.added` and `conversation.item.done`.",
  },
);

/**
 * An item left the conversation: the model no longer knows of it. Take it off the screen as well.
 */
export const ConversationItemDeletedEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.deleted", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The id of the item that is gone." }),
  },
  {
    title: "ConversationItemDeletedEvent",
    description:
      "An item left the conversation: the model no longer knows of it. Take it off the screen as well.",
  },
);

/**
 * An item of the default conversation is final. The transcript of a user's speech may still be `null`. A
 * `previous_item_id` of `null` here says nothing about its place.
 */
export const ConversationItemDoneEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.done", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    previous_item_id: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description:
          "The item after which this one stands, or `null`, which is often sent for items that are not the first: keep the place that an earlier event gave.",
      }),
    ),
    item: ServerItem,
  },
  {
    title: "ConversationItemDoneEvent",
    description:
      "An item of the default conversation is final. The transcript of a user's speech may still be `null`. A `previous_item_id` of `null` here says nothing about its place.",
  },
);

/**
 * Input tokens of a transcription by kind.
 */
export const TranscriptionInputTokenDetails = Type.Object(
  {
    text_tokens: Type.Optional(
      Type.Integer({ description: "Tokens of the prompt that guided it.", minimum: 0 }),
    ),
    audio_tokens: Type.Optional(
      Type.Integer({ description: "Tokens of the audio that was transcribed.", minimum: 0 }),
    ),
  },
  { title: "TranscriptionInputTokenDetails", description: "Input tokens of a transcription by kind." },
);

/**
 * A transcription billed by tokens.
 */
export const TokenTranscriptionUsage = Type.Object(
  {
    type: Type.Literal("tokens", { description: "Marks billing by tokens." }),
    total_tokens: Type.Integer({ description: "Input and output together.", minimum: 0 }),
    input_tokens: Type.Integer({ description: "Tokens that went in: the audio and the prompt.", minimum: 0 }),
    output_tokens: Type.Integer({ description: "Tokens that came out: the transcript.", minimum: 0 }),
    input_token_details: Type.Optional(TranscriptionInputTokenDetails),
  },
  { title: "TokenTranscriptionUsage", description: "A transcription billed by tokens." },
);

/**
 * A transcription billed by time.
 */
export const DurationTranscriptionUsage = Type.Object(
  {
    type: Type.Literal("duration", { description: "Marks billing by time." }),
    seconds: Type.Number({ description: "Seconds of audio that were transcribed.", minimum: 0 }),
  },
  { title: "DurationTranscriptionUsage", description: "A transcription billed by time." },
);

/**
 * What the transcription of one item is billed for, apart from the responses and at the price of the
 * transcription model.
 */
export const TranscriptionUsage = Type.Union([TokenTranscriptionUsage, DurationTranscriptionUsage], {
  title: "TranscriptionUsage",
  description:
    "What the transcription of one item is billed for, apart from the responses and at the price of the transcription model.",
});

/**
 * A language that the transcription heard.
 */
export const TranscriptionLanguage = Type.Object(
  { code: Type.String({ description: "Its code, such as `en`." }) },
  { title: "TranscriptionLanguage", description: "A language that the transcription heard." },
);

/**
 * How sure the transcription was of one token.
 */
export const LogProb = Type.Object(
  {
    token: Type.String({ description: "The token, as text." }),
    bytes: Type.Array(Type.Integer(), {
      description: "Its bytes in UTF-8; a token may be a part of a character.",
    }),
    logprob: Type.Number({ description: "The natural logarithm of its probability." }),
  },
  { title: "LogProb", description: "How sure the transcription was of one token." },
);

/**
 * The whole transcript of a user's speech. It replaces what the deltas built.
 */
export const ConversationItemInputAudioTranscriptionCompletedEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.input_audio_transcription.completed", {
      description: "Says which event this is.",
    }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The id of the user's message whose speech this is." }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    transcript: Type.String({ description: "What was said, whole; empty where there were no words." }),
    usage: Type.Optional(TranscriptionUsage),
    languages: Type.Optional(
      Type.Array(TranscriptionLanguage, {
        description: "The languages heard, from `gpt-transcribe`; other models leave it out.",
      }),
    ),
    logprobs: Type.Optional(
      Type.Union([Type.Array(LogProb), Type.Null()], {
        description:
          "How sure the transcription was of each token, if the session's `include` asks for it; otherwise `null` or left out.",
      }),
    ),
  },
  {
    title: "ConversationItemInputAudioTranscriptionCompletedEvent",
    description: "The whole transcript of a user's speech. It replaces what the deltas built.",
  },
);

/**
 * More of the transcript of a user's speech. Append it. Comes at any time after the item, also during and
 * after the answer.
 */
export const ConversationItemInputAudioTranscriptionDeltaEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.input_audio_transcription.delta", {
      description: "Says which event this is.",
    }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The id of the user's message whose speech this is." }),
    content_index: Type.Optional(
      Type.Integer({ description: "The place of the content part in the item, from 0.", minimum: 0 }),
    ),
    delta: Type.Optional(Type.String({ description: "The text to append. `whisper-1` sends all at once." })),
    logprobs: Type.Optional(
      Type.Union([Type.Array(LogProb), Type.Null()], {
        description:
          "How sure the transcription was of each token, if the session's `include` asks for it; otherwise `null` or left out.",
      }),
    ),
    obfuscation: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "Random filling that hides the length of the text on the wire. Ignore it.",
      }),
    ),
  },
  {
    title: "ConversationItemInputAudioTranscriptionDeltaEvent",
    description:
      "More of the transcript of a user's speech. Append it. Comes at any time after the item, also during and after the answer.",
  },
);

/**
 * Why an item could not be transcribed.
 */
export const TranscriptionError = Type.Object(
  {
    type: Type.Optional(
      Type.String({ description: "The class of the error, such as `transcription_error`." }),
    ),
    code: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { description: "The code, such as `audio_unintelligible`." }),
    ),
    message: Type.Optional(Type.String({ description: "What went wrong, for a person to read." })),
    param: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { description: "The setting at fault, where there is one." }),
    ),
  },
  { title: "TranscriptionError", description: "Why an item could not be transcribed." },
);

/**
 * A user's speech could not be transcribed. The item stays, without a transcript; the conversation goes
 * on.
 */
export const ConversationItemInputAudioTranscriptionFailedEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.input_audio_transcription.failed", {
      description: "Says which event this is.",
    }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The id of the user's message whose speech this is." }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    error: TranscriptionError,
  },
  {
    title: "ConversationItemInputAudioTranscriptionFailedEvent",
    description:
      "A user's speech could not be transcribed. The item stays, without a transcript; the conversation goes on.",
  },
);

/**
 * One piece of a transcript with its speaker and its time, from models that tell speakers apart. Comes
 * before `completed`.
 */
export const ConversationItemInputAudioTranscriptionSegmentEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.input_audio_transcription.segment", {
      description: "Says which event this is.",
    }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The id of the user's message whose speech this is." }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    id: Type.String({ description: "The id of the segment." }),
    text: Type.String({ description: "What was said in it." }),
    speaker: Type.String({
      description: "Who said it, as a label such as `spk_1`: it tells voices apart and names nobody.",
    }),
    start: Type.Number({
      description: "Seconds from the beginning of the item's audio to the segment.",
      minimum: 0,
    }),
    end: Type.Number({
      description: "Seconds from the beginning of the item's audio to the segment's end.",
      minimum: 0,
    }),
  },
  {
    title: "ConversationItemInputAudioTranscriptionSegmentEvent",
    description:
      "One piece of a transcript with its speaker and its time, from models that tell speakers apart. Comes before `completed`.",
  },
);

/**
 * The item asked for with `conversation.item.retrieve`, audio included.
 */
export const ConversationItemRetrievedEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.retrieved", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item: ServerItem,
  },
  {
    title: "ConversationItemRetrievedEvent",
    description: "The item asked for with `conversation.item.retrieve`, audio included.",
  },
);

/**
 * Assistant speech was cut to what was heard: because the client said so, or on WebRTC and SIP because
 * the user interrupted. The service has no transcript of the item any more.
 */
export const ConversationItemTruncatedEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.truncated", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The id of the assistant's message that was cut." }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    audio_end_ms: Type.Integer({
      description: "Milliseconds of audio that remain, from the beginning of the content part.",
      minimum: 0,
    }),
  },
  {
    title: "ConversationItemTruncatedEvent",
    description:
      "Assistant speech was cut to what was heard: because the client said so, or on WebRTC and SIP because the user interrupted. The service has no transcript of the item any more.",
  },
);

/**
 * What the service objects to.
 */
export const ErrorDetails = Type.Object(
  {
    type: Type.String({
      description: "The class of the error, such as `invalid_request_error` or `server_error`.",
    }),
    code: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "The code, for programs; `null` where the service has none.",
      }),
    ),
    message: Type.String({ description: "What is wrong, for a person to read." }),
    param: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "The path of the field at fault, such as `session.type`; `null` where no field is.",
      }),
    ),
    event_id: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "The `event_id` of the client event that caused this; `null` when that event had none.",
      }),
    ),
  },
  { title: "ErrorDetails", description: "What the service objects to." },
);

/**
 * The service refuses something. The session goes on unless the link closes right after. Which command it
 * means stands in `error.event_id`, if that command had an `event_id`.
 */
export const ServerErrorEvent = Type.Object(
  {
    type: Type.Literal("error", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    error: ErrorDetails,
  },
  {
    title: "ServerErrorEvent",
    description:
      "The service refuses something. The session goes on unless the link closes right after. Which command it means stands in `error.event_id`, if that command had an `event_id`.",
  },
);

/**
 * The input buffer is empty, as the client asked; nothing of it becomes a message.
 */
export const InputAudioBufferClearedEvent = Type.Object(
  {
    type: Type.Literal("input_audio_buffer.cleared", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
  },
  {
    title: "InputAudioBufferClearedEvent",
    description: "The input buffer is empty, as the client asked; nothing of it becomes a message.",
  },
);

/**
 * The input buffer became a user message, by the turn detection or by the client.
 * `conversation.item.added` follows with the item.
 */
export const InputAudioBufferCommittedEvent = Type.Object(
  {
    type: Type.Literal("input_audio_buffer.committed", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    previous_item_id: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description:
          "The item after which the user message stands; `null` for the first. Transcripts that come out of order are put in order by this.",
      }),
    ),
    item_id: Type.String({
      description:
        "The id of the user message, the same as in `input_audio_buffer.speech_started` where turn detection found it.",
    }),
  },
  {
    title: "InputAudioBufferCommittedEvent",
    description:
      "The input buffer became a user message, by the turn detection or by the client. `conversation.item.added` follows with the item.",
  },
);

/**
 * The caller pressed a key of the telephone. For information: it makes no item and no response. Only on
 * the control socket of a SIP call.
 */
export const InputAudioBufferDtmfEventReceivedEvent = Type.Object(
  {
    type: Type.Literal("input_audio_buffer.dtmf_event_received", {
      description: "Says which event this is.",
    }),
    event_id: Type.Optional(
      Type.String({ description: "The service's name for this event; it leaves it out as a rule." }),
    ),
    event: Type.Unsafe<
      | "0"
      | "1"
      | "2"
      | "3"
      | "4"
      | "5"
      | "6"
      | "7"
      | "8"
      | "9"
      | "*"
      | "#"
      | "A"
      | "B"
      | "C"
      | "D"
      | (string & {})
    >(
      Type.String({
        description: "The key: a digit, `*`, `#`, or a letter from `A` to `D`.",
        examples: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "A", "B", "C", "D"],
      }),
    ),
    received_at: Type.Integer({ description: "When it was pressed, in seconds since 1970." }),
  },
  {
    title: "InputAudioBufferDtmfEventReceivedEvent",
    description:
      "The caller pressed a key of the telephone. For information: it makes no item and no response. Only on the control socket of a SIP call.",
  },
);

/**
 * The user speaks. Stop the loudspeaker now, whether or not a response is still being made, and report
 * what was heard with `conversation.item.truncate` where audio travels as events.
 */
export const InputAudioBufferSpeechStartedEvent = Type.Object(
  {
    type: Type.Literal("input_audio_buffer.speech_started", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    audio_start_ms: Type.Integer({
      description:
        "Where the turn begins, in milliseconds of all audio that was sent in this session, padding included.",
      minimum: 0,
    }),
    item_id: Type.String({ description: "The id that the user message will have." }),
  },
  {
    title: "InputAudioBufferSpeechStartedEvent",
    description:
      "The user speaks. Stop the loudspeaker now, whether or not a response is still being made, and report what was heard with `conversation.item.truncate` where audio travels as events.",
  },
);

/**
 * The user has stopped speaking. The turn is committed next, and answered if the session says so.
 */
export const InputAudioBufferSpeechStoppedEvent = Type.Object(
  {
    type: Type.Literal("input_audio_buffer.speech_stopped", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    audio_end_ms: Type.Integer({
      description:
        "Where the turn ends, in milliseconds of all audio that was sent in this session, the silence included.",
      minimum: 0,
    }),
    item_id: Type.String({ description: "The id that the user message will have." }),
  },
  {
    title: "InputAudioBufferSpeechStoppedEvent",
    description:
      "The user has stopped speaking. The turn is committed next, and answered if the session says so.",
  },
);

/**
 * The user has said nothing for `idle_timeout_ms`: the silence is committed as a turn and the model
 * answers.
 */
export const InputAudioBufferTimeoutTriggeredEvent = Type.Object(
  {
    type: Type.Literal("input_audio_buffer.timeout_triggered", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    audio_start_ms: Type.Integer({
      description: "Where the silence begins, in milliseconds of all audio that was sent in this session.",
      minimum: 0,
    }),
    audio_end_ms: Type.Integer({
      description: "Where the silence ends, in milliseconds of all audio that was sent in this session.",
      minimum: 0,
    }),
    item_id: Type.String({ description: "The id that the silent user message will have." }),
  },
  {
    title: "InputAudioBufferTimeoutTriggeredEvent",
    description:
      "The user has said nothing for `idle_timeout_ms`: the silence is committed as a turn and the model answers.",
  },
);

/**
 * The tools of an MCP server can be used from now on. The item that lists them may come before or after.
 */
export const McpListToolsCompletedEvent = Type.Object(
  {
    type: Type.Literal("mcp_list_tools.completed", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The id of the `mcp_list_tools` item, which names the server." }),
  },
  {
    title: "McpListToolsCompletedEvent",
    description:
      "The tools of an MCP server can be used from now on. The item that lists them may come before or after.",
  },
);

/**
 * The tools of an MCP server cannot be used: it did not list them.
 */
export const McpListToolsFailedEvent = Type.Object(
  {
    type: Type.Literal("mcp_list_tools.failed", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The id of the `mcp_list_tools` item, which names the server." }),
  },
  {
    title: "McpListToolsFailedEvent",
    description: "The tools of an MCP server cannot be used: it did not list them.",
  },
);

/**
 * The service asks an MCP server for its tools. May come before `session.updated`.
 */
export const McpListToolsInProgressEvent = Type.Object(
  {
    type: Type.Literal("mcp_list_tools.in_progress", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The id of the `mcp_list_tools` item, which names the server." }),
  },
  {
    title: "McpListToolsInProgressEvent",
    description: "The service asks an MCP server for its tools. May come before `session.updated`.",
  },
);

/**
 * The service stopped playing before the end: the user interrupted, or the client asked for it.
 * `conversation.item.truncated` tells what was heard.
 */
export const OutputAudioBufferClearedEvent = Type.Object(
  {
    type: Type.Literal("output_audio_buffer.cleared", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({ description: "The response whose speech was cut off." }),
  },
  {
    title: "OutputAudioBufferClearedEvent",
    description:
      "The service stopped playing before the end: the user interrupted, or the client asked for it. `conversation.item.truncated` tells what was heard.",
  },
);

/**
 * The service has begun to play a response to the user. Where audio travels as events, the client plays
 * and knows itself.
 */
export const OutputAudioBufferStartedEvent = Type.Object(
  {
    type: Type.Literal("output_audio_buffer.started", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({ description: "The response that is heard from now on." }),
  },
  {
    title: "OutputAudioBufferStartedEvent",
    description:
      "The service has begun to play a response to the user. Where audio travels as events, the client plays and knows itself.",
  },
);

/**
 * The service has played a response to its end: after `response.done`, often by seconds.
 */
export const OutputAudioBufferStoppedEvent = Type.Object(
  {
    type: Type.Literal("output_audio_buffer.stopped", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({ description: "The response that was heard to its end." }),
  },
  {
    title: "OutputAudioBufferStoppedEvent",
    description: "The service has played a response to its end: after `response.done`, often by seconds.",
  },
);

/**
 * How much of one allowance is left.
 */
export const RateLimit = Type.Object(
  {
    name: Type.Optional(
      Type.Unsafe<"requests" | "tokens" | (string & {})>(
        Type.String({
          description: "What is counted. The live service sends `tokens` only.",
          examples: ["requests", "tokens"],
        }),
      ),
    ),
    limit: Type.Optional(
      Type.Integer({ description: "How much the allowance has when it is whole.", minimum: 0 }),
    ),
    remaining: Type.Optional(
      Type.Integer({
        description:
          "How much of it is left. When nothing is left, responses fail with `rate_limit_exceeded`.",
      }),
    ),
    reset_seconds: Type.Optional(
      Type.Number({ description: "Seconds until it is whole again.", minimum: 0 }),
    ),
  },
  { title: "RateLimit", description: "How much of one allowance is left." },
);

/**
 * How much of the allowance is left. The live service sends it after `response.done`, and never in a
 * transcription session.
 */
export const RateLimitsUpdatedEvent = Type.Object(
  {
    type: Type.Literal("rate_limits.updated", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    rate_limits: Type.Array(RateLimit, {
      description: "One entry for each allowance that the service counts.",
    }),
  },
  {
    title: "RateLimitsUpdatedEvent",
    description:
      "How much of the allowance is left. The live service sends it after `response.done`, and never in a transcription session.",
  },
);

/**
 * A text part as `response.content_part.*` names it: `text`, where the item says `output_text`.
 */
export const ResponseTextPart = Type.Object(
  {
    type: Type.Literal("text", { description: "Marks text." }),
    text: Type.String({
      description: "The text so far: empty when the part is added, whole when it is done.",
    }),
  },
  {
    title: "ResponseTextPart",
    description:
      "A text part as `response.content_part.*` names it: `text`, where the item says `output_text`.",
  },
);

/**
 * A speech part as `response.content_part.*` names it: `audio`, where the item says `output_audio`.
 */
export const ResponseAudioPart = Type.Object(
  {
    type: Type.Literal("audio", { description: "Marks speech." }),
    transcript: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "What is said: empty when the part is added, whole when it is done.",
      }),
    ),
    audio: Type.Optional(
      Type.Union([Type.String({ contentEncoding: "base64" }), Type.Null()], {
        description: "The audio, base64. The live service leaves it out.",
      }),
    ),
  },
  {
    title: "ResponseAudioPart",
    description:
      "A speech part as `response.content_part.*` names it: `audio`, where the item says `output_audio`.",
  },
);

/**
 * A content part as the events of a response show it.
 */
export const ResponsePart = Type.Union([ResponseTextPart, ResponseAudioPart], {
  title: "ResponsePart",
  description: "A content part as the events of a response show it.",
});

/**
 * A message of a response begins a new content part; the deltas that name it follow.
 */
export const ResponseContentPartAddedEvent = Type.Object(
  {
    type: Type.Literal("response.content_part.added", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({ description: "The id of the response, the same in all its events." }),
    item_id: Type.String({
      description: "The id of the assistant's message, the same in all events about it.",
    }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    part: ResponsePart,
  },
  {
    title: "ResponseContentPartAddedEvent",
    description: "A message of a response begins a new content part; the deltas that name it follow.",
  },
);

/**
 * A content part is final, also when the response was interrupted.
 */
export const ResponseContentPartDoneEvent = Type.Object(
  {
    type: Type.Literal("response.content_part.done", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({ description: "The id of the response, the same in all its events." }),
    item_id: Type.String({
      description: "The id of the assistant's message, the same in all events about it.",
    }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    part: ResponsePart,
  },
  {
    title: "ResponseContentPartDoneEvent",
    description: "A content part is final, also when the response was interrupted.",
  },
);

/**
 * How far a response has come. `in_progress` until it ends; then `completed`, `cancelled` (by the client
 * or by the user speaking), `failed` (an error) or `incomplete` (a token limit or the content filter).
 */
export const ResponseStatus = Type.Union(
  [
    Type.Literal("in_progress"),
    Type.Literal("completed"),
    Type.Literal("cancelled"),
    Type.Literal("failed"),
    Type.Literal("incomplete"),
  ],
  {
    title: "ResponseStatus",
    description:
      "How far a response has come. `in_progress` until it ends; then `completed`, `cancelled` (by the client or by the user speaking), `failed` (an error) or `incomplete` (a token limit or the content filter).",
  },
);

/**
 * Why a response failed. No `error` event needs to come with it.
 */
export const ResponseError = Type.Object(
  {
    type: Type.Optional(Type.String({ description: "The class of the error, such as `server_error`." })),
    code: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { description: "The code, such as `rate_limit_exceeded`." }),
    ),
    message: Type.Optional(Type.String({ description: "What went wrong, for a person to read." })),
  },
  { title: "ResponseError", description: "Why a response failed. No `error` event needs to come with it." },
);

/**
 * Why a response ended as it did.
 */
export const ResponseStatusDetails = Type.Object(
  {
    type: Type.Optional(
      Type.Union(
        [
          Type.Literal("completed"),
          Type.Literal("cancelled"),
          Type.Literal("incomplete"),
          Type.Literal("failed"),
        ],
        { description: "The status of the response once more." },
      ),
    ),
    reason: Type.Optional(
      Type.Unsafe<
        "turn_detected" | "client_cancelled" | "max_output_tokens" | "content_filter" | (string & {})
      >(
        Type.String({
          description:
            "For a cancelled response `turn_detected` (the user spoke) or `client_cancelled`; for an incomplete one `max_output_tokens` or `content_filter`.",
          examples: ["turn_detected", "client_cancelled", "max_output_tokens", "content_filter"],
        }),
      ),
    ),
    error: Type.Optional(ResponseError),
  },
  { title: "ResponseStatusDetails", description: "Why a response ended as it did." },
);

/**
 * Cached input tokens by kind.
 */
export const CachedTokenDetails = Type.Object(
  {
    text_tokens: Type.Optional(Type.Integer({ description: "Cached tokens of text.", minimum: 0 })),
    audio_tokens: Type.Optional(Type.Integer({ description: "Cached tokens of audio.", minimum: 0 })),
    image_tokens: Type.Optional(Type.Integer({ description: "Cached tokens of images.", minimum: 0 })),
  },
  { title: "CachedTokenDetails", description: "Cached input tokens by kind." },
);

/**
 * Input tokens by kind. Cached tokens are a part of the others, not an addition.
 */
export const InputTokenDetails = Type.Object(
  {
    text_tokens: Type.Optional(
      Type.Integer({ description: "Tokens of text, instructions and tools included.", minimum: 0 }),
    ),
    audio_tokens: Type.Optional(
      Type.Integer({
        description: "Tokens of audio: at OpenAI one for every 100 ms of the user's speech.",
        minimum: 0,
      }),
    ),
    image_tokens: Type.Optional(
      Type.Integer({ description: "Tokens of images that the user showed.", minimum: 0 }),
    ),
    cached_tokens: Type.Optional(
      Type.Integer({ description: "How many of all of these came from the cache.", minimum: 0 }),
    ),
    cached_tokens_details: Type.Optional(CachedTokenDetails),
  },
  {
    title: "InputTokenDetails",
    description: "Input tokens by kind. Cached tokens are a part of the others, not an addition.",
  },
);

/**
 * Output tokens by kind.
 */
export const OutputTokenDetails = Type.Object(
  {
    text_tokens: Type.Optional(
      Type.Integer({
        description: "Tokens of text, the transcript of speech and the arguments of calls included.",
        minimum: 0,
      }),
    ),
    audio_tokens: Type.Optional(
      Type.Integer({ description: "Tokens of speech: at OpenAI one for every 50 ms.", minimum: 0 }),
    ),
  },
  { title: "OutputTokenDetails", description: "Output tokens by kind." },
);

/**
 * What one response is billed for. The context counts again with every response. Transcription of the
 * user is billed apart.
 */
export const Usage = Type.Object(
  {
    total_tokens: Type.Optional(Type.Integer({ description: "Input and output together.", minimum: 0 })),
    input_tokens: Type.Optional(
      Type.Integer({ description: "Everything that went in, cached or not.", minimum: 0 }),
    ),
    output_tokens: Type.Optional(
      Type.Integer({ description: "Everything that came out: speech, text and calls of tools.", minimum: 0 }),
    ),
    input_token_details: Type.Optional(InputTokenDetails),
    output_token_details: Type.Optional(OutputTokenDetails),
  },
  {
    title: "Usage",
    description:
      "What one response is billed for. The context counts again with every response. Transcription of the user is billed apart.",
  },
);

/**
 * One answer of the model, from `response.created` to `response.done`.
 */
export const RealtimeResponse = Type.Object(
  {
    id: Type.String({ description: "The id of the response, `resp_…`." }),
    object: Type.Optional(Type.Literal("realtime.response", { description: "What the object is." })),
    status: ResponseStatus,
    status_details: Type.Optional(
      Type.Union([ResponseStatusDetails, Type.Null()], {
        description: "Why it ended as it did; `null` while it runs and when it completed.",
      }),
    ),
    output: Type.Array(ServerItem, {
      description:
        "The items it made: empty at first, whole in `response.done`. Audio bytes are never among them.",
    }),
    conversation_id: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "The conversation it writes into; `null` for one that writes nowhere.",
      }),
    ),
    output_modalities: Type.Optional(OutputModalities),
    max_output_tokens: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1 }), Type.Literal("inf")], {
        description: 'How long it may be, in tokens; `"inf"` for no bound.',
      }),
    ),
    audio: Type.Optional(ResponseAudio),
    usage: Type.Optional(
      Type.Union([Usage, Type.Null()], { description: "What it is billed for; `null` until it is done." }),
    ),
    metadata: Type.Optional(
      Type.Union([Type.Record(Type.String(), Type.String()), Type.Null()], {
        description: "What the client sent along with `response.create`, or `null`.",
      }),
    ),
  },
  {
    title: "RealtimeResponse",
    description: "One answer of the model, from `response.created` to `response.done`.",
  },
);

/**
 * A response has begun, asked for by the client or by the turn detection. Remember its id: an
 * interruption may cancel it before anything else comes.
 */
export const ResponseCreatedEvent = Type.Object(
  {
    type: Type.Literal("response.created", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response: RealtimeResponse,
  },
  {
    title: "ResponseCreatedEvent",
    description:
      "A response has begun, asked for by the client or by the turn detection. Remember its id: an interruption may cancel it before anything else comes.",
  },
);

/**
 * A response has ended, in whatever way: look at `response.status`. Always sent, once. Playback may go on
 * for seconds. `rate_limits.updated` follows.
 */
export const ResponseDoneEvent = Type.Object(
  {
    type: Type.Literal("response.done", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response: RealtimeResponse,
  },
  {
    title: "ResponseDoneEvent",
    description:
      "A response has ended, in whatever way: look at `response.status`. Always sent, once. Playback may go on for seconds. `rate_limits.updated` follows.",
  },
);

/**
 * More of the arguments of a function call. Append it; it is not yet JSON.
 */
export const ResponseFunctionCallArgumentsDeltaEvent = Type.Object(
  {
    type: Type.Literal("response.function_call_arguments.delta", {
      description: "Says which event this is.",
    }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({
      description:
        "The id of the response, the same in all its events. Some may still come after it was cancelled: drop them.",
    }),
    item_id: Type.String({ description: "The id of the `function_call` item." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    call_id: Type.String({ description: "The call, which the client's output will have to name." }),
    delta: Type.String({ description: "The piece of JSON text to append." }),
    obfuscation: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "Random filling that hides the length of the text on the wire. Ignore it.",
      }),
    ),
  },
  {
    title: "ResponseFunctionCallArgumentsDeltaEvent",
    description: "More of the arguments of a function call. Append it; it is not yet JSON.",
  },
);

/**
 * The arguments of a function call are final, also when the response was interrupted and they are cut
 * off. Run the function on `response.output_item.done`, not here, so that it runs once.
 */
export const ResponseFunctionCallArgumentsDoneEvent = Type.Object(
  {
    type: Type.Literal("response.function_call_arguments.done", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({ description: "The id of the response, the same in all its events." }),
    item_id: Type.String({ description: "The id of the `function_call` item." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    call_id: Type.String({ description: "The call, which the client's output has to name." }),
    name: Type.String({ description: "The function to run." }),
    arguments: Type.String({ description: "All the arguments as JSON text. Cut off, they do not parse." }),
  },
  {
    title: "ResponseFunctionCallArgumentsDoneEvent",
    description:
      "The arguments of a function call are final, also when the response was interrupted and they are cut off. Run the function on `response.output_item.done`, not here, so that it runs once.",
  },
);

/**
 * An MCP tool has answered; the item carries the output. If the response that called it is done and no
 * other begins, send `response.create`.
 */
export const ResponseMcpCallCompletedEvent = Type.Object(
  {
    type: Type.Literal("response.mcp_call.completed", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The id of the `mcp_call` item." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
  },
  {
    title: "ResponseMcpCallCompletedEvent",
    description:
      "An MCP tool has answered; the item carries the output. If the response that called it is done and no other begins, send `response.create`.",
  },
);

/**
 * An MCP tool has failed; the item carries the error. If the response that called it is done and no other
 * begins, send `response.create`, so that the model can say so.
 */
export const ResponseMcpCallFailedEvent = Type.Object(
  {
    type: Type.Literal("response.mcp_call.failed", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The id of the `mcp_call` item." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
  },
  {
    title: "ResponseMcpCallFailedEvent",
    description:
      "An MCP tool has failed; the item carries the error. If the response that called it is done and no other begins, send `response.create`, so that the model can say so.",
  },
);

/**
 * The service calls an MCP tool. `response.mcp_call.completed` or `response.mcp_call.failed` follows,
 * perhaps after the response is done.
 */
export const ResponseMcpCallInProgressEvent = Type.Object(
  {
    type: Type.Literal("response.mcp_call.in_progress", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The id of the `mcp_call` item." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
  },
  {
    title: "ResponseMcpCallInProgressEvent",
    description:
      "The service calls an MCP tool. `response.mcp_call.completed` or `response.mcp_call.failed` follows, perhaps after the response is done.",
  },
);

/**
 * More of the arguments of an MCP call. Append it; it is not yet JSON.
 */
export const ResponseMcpCallArgumentsDeltaEvent = Type.Object(
  {
    type: Type.Literal("response.mcp_call_arguments.delta", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({
      description:
        "The id of the response, the same in all its events. Some may still come after it was cancelled: drop them.",
    }),
    item_id: Type.String({ description: "The id of the `mcp_call` item." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    delta: Type.String({ description: "The piece of JSON text to append." }),
    obfuscation: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "Random filling that hides the length of the text on the wire. Ignore it.",
      }),
    ),
  },
  {
    title: "ResponseMcpCallArgumentsDeltaEvent",
    description: "More of the arguments of an MCP call. Append it; it is not yet JSON.",
  },
);

/**
 * The arguments of an MCP call are final. The call itself comes later, after an approval where one is
 * needed.
 */
export const ResponseMcpCallArgumentsDoneEvent = Type.Object(
  {
    type: Type.Literal("response.mcp_call_arguments.done", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({ description: "The id of the response, the same in all its events." }),
    item_id: Type.String({ description: "The id of the `mcp_call` item." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    arguments: Type.String({ description: "All the arguments as JSON text." }),
  },
  {
    title: "ResponseMcpCallArgumentsDoneEvent",
    description:
      "The arguments of an MCP call are final. The call itself comes later, after an approval where one is needed.",
  },
);

/**
 * More speech of the assistant. It comes faster than it plays. On WebRTC and SIP the media track carries
 * it instead.
 */
export const ResponseOutputAudioDeltaEvent = Type.Object(
  {
    type: Type.Literal("response.output_audio.delta", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({
      description:
        "The id of the response, the same in all its events. Some may still come after it was cancelled: drop them.",
    }),
    item_id: Type.String({
      description: "The id of the assistant's message, the same in all events about it.",
    }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    delta: Type.String({
      description: "The audio to play next, base64, in the session's output format.",
      contentEncoding: "base64",
    }),
    obfuscation: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "Random filling that hides the length of the text on the wire. Ignore it.",
      }),
    ),
  },
  {
    title: "ResponseOutputAudioDeltaEvent",
    description:
      "More speech of the assistant. It comes faster than it plays. On WebRTC and SIP the media track carries it instead.",
  },
);

/**
 * The speech of a content part is made, also when the response was interrupted. It is not yet heard.
 */
export const ResponseOutputAudioDoneEvent = Type.Object(
  {
    type: Type.Literal("response.output_audio.done", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({ description: "The id of the response, the same in all its events." }),
    item_id: Type.String({
      description: "The id of the assistant's message, the same in all events about it.",
    }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
  },
  {
    title: "ResponseOutputAudioDoneEvent",
    description:
      "The speech of a content part is made, also when the response was interrupted. It is not yet heard.",
  },
);

/**
 * More of the words of the assistant's speech, ahead of the audio. Append it.
 */
export const ResponseOutputAudioTranscriptDeltaEvent = Type.Object(
  {
    type: Type.Literal("response.output_audio_transcript.delta", {
      description: "Says which event this is.",
    }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({
      description:
        "The id of the response, the same in all its events. Some may still come after it was cancelled: drop them.",
    }),
    item_id: Type.String({
      description: "The id of the assistant's message, the same in all events about it.",
    }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    delta: Type.String({ description: "The words to append, blanks included." }),
    obfuscation: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "Random filling that hides the length of the text on the wire. Ignore it.",
      }),
    ),
  },
  {
    title: "ResponseOutputAudioTranscriptDeltaEvent",
    description: "More of the words of the assistant's speech, ahead of the audio. Append it.",
  },
);

/**
 * The words of a speech part are final, also when the response was interrupted. They may go beyond what
 * was heard.
 */
export const ResponseOutputAudioTranscriptDoneEvent = Type.Object(
  {
    type: Type.Literal("response.output_audio_transcript.done", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({ description: "The id of the response, the same in all its events." }),
    item_id: Type.String({
      description: "The id of the assistant's message, the same in all events about it.",
    }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    transcript: Type.String({
      description: "All the words of the part. They replace what the deltas built.",
    }),
  },
  {
    title: "ResponseOutputAudioTranscriptDoneEvent",
    description:
      "The words of a speech part are final, also when the response was interrupted. They may go beyond what was heard.",
  },
);

/**
 * A response begins a new item. `conversation.item.added` follows for it, unless the response writes into
 * no conversation.
 */
export const ResponseOutputItemAddedEvent = Type.Object(
  {
    type: Type.Literal("response.output_item.added", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({ description: "The id of the response, the same in all its events." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    item: ServerItem,
  },
  {
    title: "ResponseOutputItemAddedEvent",
    description:
      "A response begins a new item. `conversation.item.added` follows for it, unless the response writes into no conversation.",
  },
);

/**
 * An item of a response is final, also when the response was interrupted: look at `item.status`. The
 * place to run a function, once, if it is `completed`.
 */
export const ResponseOutputItemDoneEvent = Type.Object(
  {
    type: Type.Literal("response.output_item.done", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({ description: "The id of the response, the same in all its events." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    item: ServerItem,
  },
  {
    title: "ResponseOutputItemDoneEvent",
    description:
      "An item of a response is final, also when the response was interrupted: look at `item.status`. The place to run a function, once, if it is `completed`.",
  },
);

/**
 * More text of the assistant. Append it.
 */
export const ResponseOutputTextDeltaEvent = Type.Object(
  {
    type: Type.Literal("response.output_text.delta", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({
      description:
        "The id of the response, the same in all its events. Some may still come after it was cancelled: drop them.",
    }),
    item_id: Type.String({
      description: "The id of the assistant's message, the same in all events about it.",
    }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    delta: Type.String({ description: "The text to append, blanks included." }),
    obfuscation: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "Random filling that hides the length of the text on the wire. Ignore it.",
      }),
    ),
  },
  { title: "ResponseOutputTextDeltaEvent", description: "More text of the assistant. Append it." },
);

/**
 * A text part is final, also when the response was interrupted.
 */
export const ResponseOutputTextDoneEvent = Type.Object(
  {
    type: Type.Literal("response.output_text.done", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    response_id: Type.String({ description: "The id of the response, the same in all its events." }),
    item_id: Type.String({
      description: "The id of the assistant's message, the same in all events about it.",
    }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    text: Type.String({ description: "The whole text of the part. It replaces what the deltas built." }),
  },
  {
    title: "ResponseOutputTextDoneEvent",
    description: "A text part is final, also when the response was interrupted.",
  },
);

/**
 * How the service transcribes, as it reports it: a value that is not set may be `null`.
 */
export const TranscriptionState = Type.Object(
  {
    model: Type.Optional(
      Type.Union([TranscriptionModelName, Type.Null()], {
        description: "The model that transcribes; `null` where none is set, and then nothing is transcribed.",
      }),
    ),
    language: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "The language expected, as an ISO 639-1 code; `null` where none is named.",
      }),
    ),
    languages: Type.Optional(
      Type.Union([Type.Array(Type.String()), Type.Null()], {
        description:
          "The languages that may be spoken, where the model takes several; `null` where none is named.",
      }),
    ),
    keywords: Type.Optional(
      Type.Union([Type.Array(Type.String()), Type.Null()], {
        description: "The words to expect, where the model takes any; `null` where none is named.",
      }),
    ),
    prompt: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "The text that guides the transcription; `null` where there is none.",
      }),
    ),
    delay: Type.Optional(
      Type.Union(
        [
          Type.Unsafe<"minimal" | "low" | "medium" | "high" | "xhigh" | (string & {})>(
            Type.String({
              description: "How long the model may wait before it writes.",
              examples: ["minimal", "low", "medium", "high", "xhigh"],
            }),
          ),
          Type.Null(),
        ],
        { description: "How long the model may wait before it writes." },
      ),
    ),
  },
  {
    title: "TranscriptionState",
    description: "How the service transcribes, as it reports it: a value that is not set may be `null`.",
  },
);

/**
 * What the service does with the user's audio, as it reports it.
 */
export const AudioInputState = Type.Object(
  {
    format: Type.Optional(
      Type.Union([AudioFormat, Type.Null()], { description: "The encoding of `input_audio_buffer.append`." }),
    ),
    transcription: Type.Optional(
      Type.Union([TranscriptionState, Type.Null()], {
        description: "How the user's speech is written down; `null` when it is not.",
      }),
    ),
    noise_reduction: Type.Optional(
      Type.Union([NoiseReduction, Type.Null()], {
        description: "How noise is filtered; `null` when it is not.",
      }),
    ),
    turn_detection: Type.Optional(
      Type.Union([TurnDetection, Type.Null()], {
        description: "How turns are found; `null` when the client does it.",
      }),
    ),
  },
  { title: "AudioInputState", description: "What the service does with the user's audio, as it reports it." },
);

/**
 * How the assistant sounds, as the service reports it.
 */
export const AudioOutputState = Type.Object(
  {
    format: Type.Optional(
      Type.Union([AudioFormat, Type.Null()], {
        description: "The encoding of `response.output_audio.delta`.",
      }),
    ),
    voice: Type.Optional(
      Type.Union([Voice, Type.Null()], {
        description: "The voice that speaks, by name, or by id where it is a custom one.",
      }),
    ),
    speed: Type.Optional(
      Type.Number({
        description: "How fast it speaks, as a multiple of the natural speed.",
        minimum: 0.25,
        maximum: 1.5,
      }),
    ),
  },
  { title: "AudioOutputState", description: "How the assistant sounds, as the service reports it." },
);

/**
 * The audio settings in force, both ways.
 */
export const AudioState = Type.Object(
  { input: Type.Optional(AudioInputState), output: Type.Optional(AudioOutputState) },
  { title: "AudioState", description: "The audio settings in force, both ways." },
);

/**
 * The settings in force in a conversation, as the service reports them: complete, with `null` where
 * something is off.
 */
export const SessionState = Type.Object(
  {
    type: Type.Literal("realtime", { description: "Marks a conversation." }),
    id: Type.Optional(Type.String({ description: "The id of the session, `sess_…`." })),
    object: Type.Optional(
      Type.String({
        description: "What the object is: `realtime.session` or `realtime.transcription_session`.",
      }),
    ),
    expires_at: Type.Optional(
      Type.Integer({
        description:
          "When the service ends the session, in seconds since 1970; at OpenAI 60 minutes after it began.",
      }),
    ),
    model: Type.Optional(ModelName),
    output_modalities: Type.Optional(OutputModalities),
    instructions: Type.Optional(
      Type.String({
        description: "What the model was told to be and do; the service's own text until a client sets one.",
      }),
    ),
    audio: Type.Optional(AudioState),
    tools: Type.Optional(
      Type.Array(Tool, { description: "What the model can use; secrets of MCP servers are left out." }),
    ),
    tool_choice: Type.Optional(ToolChoice),
    parallel_tool_calls: Type.Optional(
      Type.Union([Type.Boolean(), Type.Null()], {
        description:
          "Whether one response may call several tools; `null` where the model knows no such choice.",
      }),
    ),
    reasoning: Type.Optional(
      Type.Union([Reasoning, Type.Null()], {
        description: "How much the model thinks; `null` where it does not.",
      }),
    ),
    max_output_tokens: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1 }), Type.Literal("inf")], {
        description: 'How long one response may be, in tokens; `"inf"` for no bound.',
      }),
    ),
    truncation: Type.Optional(Truncation),
    prompt: Type.Optional(
      Type.Union([Prompt, Type.Null()], { description: "The stored prompt in use, or `null`." }),
    ),
    tracing: Type.Optional(
      Type.Union([Tracing, Type.Null()], { description: "Whether the provider keeps a trace, or `null`." }),
    ),
    include: Type.Optional(
      Type.Union([Type.Array(IncludeField), Type.Null()], {
        description: "Extras that the service adds to its events, or `null`.",
      }),
    ),
  },
  {
    title: "SessionState",
    description:
      "The settings in force in a conversation, as the service reports them: complete, with `null` where something is off.",
  },
);

/**
 * The audio settings in force in a transcription session.
 */
export const TranscriptionAudioState = Type.Object(
  { input: Type.Optional(AudioInputState) },
  {
    title: "TranscriptionAudioState",
    description: "The audio settings in force in a transcription session.",
  },
);

/**
 * The settings in force in a transcription session, as the service reports them.
 */
export const TranscriptionSessionState = Type.Object(
  {
    type: Type.Literal("transcription", { description: "Marks transcription." }),
    id: Type.Optional(Type.String({ description: "The id of the session, `sess_…`." })),
    object: Type.Optional(
      Type.String({
        description: "What the object is: `realtime.session` or `realtime.transcription_session`.",
      }),
    ),
    expires_at: Type.Optional(
      Type.Integer({
        description:
          "When the service ends the session, in seconds since 1970; at OpenAI 60 minutes after it began.",
      }),
    ),
    audio: Type.Optional(TranscriptionAudioState),
    include: Type.Optional(
      Type.Union([Type.Array(IncludeField), Type.Null()], {
        description: "Extras that the service adds to its events, or `null`.",
      }),
    ),
  },
  {
    title: "TranscriptionSessionState",
    description: "The settings in force in a transcription session, as the service reports them.",
  },
);

/**
 * The settings in force in a session of either kind, as the service reports them. Told apart by `type`.
 */
export const AnySessionState = Type.Union([SessionState, TranscriptionSessionState], {
  title: "AnySessionState",
  description:
    "The settings in force in a session of either kind, as the service reports them. Told apart by `type`.",
});

/**
 * The session exists and the key and the model were accepted: the first event of a connection. An open
 * socket alone proves neither. A second connection to a running session may not see it.
 */
export const SessionCreatedEvent = Type.Object(
  {
    type: Type.Literal("session.created", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    session: AnySessionState,
  },
  {
    title: "SessionCreatedEvent",
    description:
      "The session exists and the key and the model were accepted: the first event of a connection. An open socket alone proves neither. A second connection to a running session may not see it.",
  },
);

/**
 * A `session.update` was carried out. Carries all settings, not only the changed ones, and no id of the
 * command.
 */
export const SessionUpdatedEvent = Type.Object(
  {
    type: Type.Literal("session.updated", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    session: AnySessionState,
  },
  {
    title: "SessionUpdatedEvent",
    description:
      "A `session.update` was carried out. Carries all settings, not only the changed ones, and no id of the command.",
  },
);

/**
 * A part of any message of the conversation.
 */
export const ContentPart = Type.Union(
  [InputTextPart, InputAudioPart, InputImagePart, OutputTextPart, OutputAudioPart],
  { title: "ContentPart", description: "A part of any message of the conversation." },
);

/**
 * A message of anybody in the conversation.
 */
export const MessageItem = Type.Union([SystemMessage, UserMessage, AssistantMessage], {
  title: "MessageItem",
  description: "A message of anybody in the conversation.",
});

/**
 * One event, of either side of the wire or of this machine alone.
 */
export const RecordingEventLine = Type.Object(
  {
    t: Type.Union([Type.Number(), Type.Null()], {
      description:
        "Milliseconds of a monotonic clock since the session was opened; `null` where the recording has no clock.",
    }),
    from: Type.Union([Type.Literal("server"), Type.Literal("client"), Type.Literal("local")], {
      description: "Who made it: the service, the client, or this machine alone (`local`).",
    }),
    event: Type.Record(Type.String(), Type.Unknown(), {
      description: "The event as it came, unknown fields included.",
    }),
  },
  {
    title: "RecordingEventLine",
    description: "One event, of either side of the wire or of this machine alone.",
  },
);

/**
 * The first line of a recording. Any further fields are free: where it comes from, which program made it.
 */
export const RecordingHeader = Type.Object(
  {
    duologue: Type.Literal(1, {
      description: "The version of the format; a reader refuses one that it does not know.",
    }),
    protocol: Type.String({ description: "The name of the event protocol, such as `openai-realtime`." }),
    provider: Type.Optional(
      Type.String({ description: "Whose service it was, such as `openai`, `azure` or `xai`." }),
    ),
  },
  {
    title: "RecordingHeader",
    description:
      "The first line of a recording. Any further fields are free: where it comes from, which program made it.",
  },
);

/**
 * Why a link ended.
 */
export const RecordingLinkClosing = Type.Object(
  {
    code: Type.Integer({
      description: "The close code of the medium; 1006 where the peer vanished without one.",
    }),
    reason: Type.String({ description: "The reason given; may be empty." }),
  },
  { title: "RecordingLinkClosing", description: "Why a link ended." },
);

/**
 * A link ended.
 */
export const RecordingLinkClosedLine = Type.Object(
  {
    t: Type.Union([Type.Number(), Type.Null()], {
      description:
        "Milliseconds of a monotonic clock since the session was opened; `null` where the recording has no clock.",
    }),
    from: Type.Literal("link", { description: "Marks the link itself." }),
    closed: RecordingLinkClosing,
  },
  { title: "RecordingLinkClosedLine", description: "A link ended." },
);

/**
 * What is known of a link that opened.
 */
export const RecordingLinkOpening = Type.Object(
  {
    transport: Type.Optional(Type.String({ description: "The name of the transport, such as `websocket`." })),
    audio: Type.Optional(
      Type.Union([Type.Literal("events"), Type.Literal("media")], {
        description: "Whether speech travels as events or on a media track.",
      }),
    ),
  },
  { title: "RecordingLinkOpening", description: "What is known of a link that opened." },
);

/**
 * A link opened.
 */
export const RecordingLinkOpenedLine = Type.Object(
  {
    t: Type.Union([Type.Number(), Type.Null()], {
      description:
        "Milliseconds of a monotonic clock since the session was opened; `null` where the recording has no clock.",
    }),
    from: Type.Literal("link", { description: "Marks the link itself." }),
    opened: RecordingLinkOpening,
  },
  { title: "RecordingLinkOpenedLine", description: "A link opened." },
);

/**
 * A frame that was no JSON object.
 */
export const RecordingTextLine = Type.Object(
  {
    t: Type.Union([Type.Number(), Type.Null()], {
      description:
        "Milliseconds of a monotonic clock since the session was opened; `null` where the recording has no clock.",
    }),
    from: Type.Union([Type.Literal("server"), Type.Literal("client")], {
      description: "Who sent it, the service or the client.",
    }),
    text: Type.String({ description: "The frame as it came, every character of it." }),
    reason: Type.Optional(Type.String({ description: "Why it was no event, as its reader found." })),
  },
  { title: "RecordingTextLine", description: "A frame that was no JSON object." },
);

/**
 * One line of a recording, which is UTF-8 text with a JSON object a line: first a header, then entries in
 * the order in which they happened. Secrets never enter one.
 */
export const RecordingLine = Type.Union(
  [RecordingHeader, RecordingEventLine, RecordingTextLine, RecordingLinkOpenedLine, RecordingLinkClosedLine],
  {
    title: "RecordingLine",
    description:
      "One line of a recording, which is UTF-8 text with a JSON object a line: first a header, then entries in the order in which they happened. Secrets never enter one.",
  },
);
