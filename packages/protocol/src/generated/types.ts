// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/type-source.ts from schemas/**/*.json.

// TypeScript types of the protocol and of recordings.

/**
 * How far an item has come. `in_progress`: the model is still making it. `completed`: it is whole.
 * `incomplete`: it was cut off, by an interruption, a cancellation or a limit.
 */
export type ItemStatus = "completed" | "incomplete" | "in_progress";

/**
 * Text from the user or the system.
 */
export interface InputTextPart {
  /**
   * Marks text that goes in.
   */
  type: "input_text";
  /**
   * What was written, as the model shall read it.
   */
  text: string;
}

/**
 * Instructions in the middle of a conversation.
 */
export interface SystemMessage {
  /**
   * Marks a message.
   */
  type: "message";
  /**
   * Marks the system as the speaker.
   */
  role: "system";
  /**
   * The id of the item. A client may choose it, with at most 32 characters at OpenAI; otherwise the service
   * does.
   */
  id?: string;
  /**
   * What the object is. The live service leaves it out.
   */
  object?: "realtime.item";
  /**
   * How far the item has come. It means nothing in an item that a client creates.
   */
  status?: ItemStatus;
  /**
   * What it says, as parts of text.
   */
  content: InputTextPart[];
}

/**
 * Speech of the user. The service reports it without the audio; only `conversation.item.retrieved` has
 * it.
 */
export interface InputAudioPart {
  /**
   * Marks audio that goes in.
   */
  type: "input_audio";
  /**
   * The audio, base64, in the session's input format.
   */
  audio?: string | null;
  /**
   * What was said, as far as it is known: `null` until the transcription has come. The model does not read
   * it.
   */
  transcript?: string | null;
}

/**
 * An image from the user.
 */
export interface InputImagePart {
  /**
   * Marks an image.
   */
  type: "input_image";
  /**
   * The image as a `data:` URI, PNG or JPEG.
   */
  image_url?: string | null;
  /**
   * How closely the model looks; `auto`, the default, means `high`.
   */
  detail?: ("auto" | "low" | "high") | null;
}

/**
 * A part of a user's message: text, speech or an image.
 */
export type UserContentPart = InputTextPart | InputAudioPart | InputImagePart;

/**
 * What the user said, wrote or showed.
 */
export interface UserMessage {
  /**
   * Marks a message.
   */
  type: "message";
  /**
   * Marks the user as the speaker.
   */
  role: "user";
  /**
   * The id of the item. A client may choose it, with at most 32 characters at OpenAI; otherwise the service
   * does.
   */
  id?: string;
  /**
   * What the object is. The live service leaves it out.
   */
  object?: "realtime.item";
  /**
   * How far the item has come. It means nothing in an item that a client creates.
   */
  status?: ItemStatus;
  /**
   * What it consists of, in order: text, speech and images.
   */
  content: UserContentPart[];
}

/**
 * Text of the assistant. Assistant text can be put into a conversation; assistant audio cannot.
 */
export interface OutputTextPart {
  /**
   * Marks text that came out.
   */
  type: "output_text";
  /**
   * What the assistant writes; all of it when the item is done.
   */
  text: string;
}

/**
 * Speech of the assistant. The audio itself comes in `response.output_audio.delta`, not here.
 */
export interface OutputAudioPart {
  /**
   * Marks audio that came out.
   */
  type: "output_audio";
  /**
   * The audio, base64, in the session's output format; only in `conversation.item.retrieved`.
   */
  audio?: string | null;
  /**
   * What is said. It may go beyond what was heard; after a truncation the service has none.
   */
  transcript?: string | null;
}

/**
 * A part of an assistant's message: text or speech.
 */
export type AssistantContentPart = OutputTextPart | OutputAudioPart;

/**
 * What the assistant said or wrote. A client can put back text, not speech.
 */
export interface AssistantMessage {
  /**
   * Marks a message.
   */
  type: "message";
  /**
   * Marks the assistant as the speaker.
   */
  role: "assistant";
  /**
   * The id of the item. A client may choose it, with at most 32 characters at OpenAI; otherwise the service
   * does.
   */
  id?: string;
  /**
   * What the object is. The live service leaves it out.
   */
  object?: "realtime.item";
  /**
   * How far the item has come. It means nothing in an item that a client creates.
   */
  status?: ItemStatus;
  /**
   * Its text or its speech; empty while it is being made.
   */
  content: AssistantContentPart[];
}

/**
 * The model's call of a function. Run it once, when the item is completed; a call of a cancelled response
 * may have its arguments cut off.
 */
export interface FunctionCallItem {
  /**
   * Marks a call.
   */
  type: "function_call";
  /**
   * The id of the item. A client may choose it, with at most 32 characters at OpenAI; otherwise the service
   * does.
   */
  id?: string;
  /**
   * What the object is. The live service leaves it out.
   */
  object?: "realtime.item";
  /**
   * How far the item has come. It means nothing in an item that a client creates.
   */
  status?: ItemStatus;
  /**
   * The id of the call, which its output has to name. It is not the id of the item.
   */
  call_id?: string;
  /**
   * The function to run, by the name under which it was declared.
   */
  name: string;
  /**
   * The arguments as JSON text; empty while the call is being made, and cut off where the status is
   * `incomplete`.
   */
  arguments: string;
}

/**
 * The result of a function, from the client. The model does not go on by itself: send `response.create`
 * after the last output.
 */
export interface FunctionCallOutputItem {
  /**
   * Marks a result.
   */
  type: "function_call_output";
  /**
   * The id of the item. A client may choose it, with at most 32 characters at OpenAI; otherwise the service
   * does.
   */
  id?: string;
  /**
   * What the object is. The live service leaves it out.
   */
  object?: "realtime.item";
  /**
   * How far the item has come. It means nothing in an item that a client creates.
   */
  status?: ItemStatus;
  /**
   * The call that this answers: the `call_id` of its item, not the `id`.
   */
  call_id: string;
  /**
   * The result as text; JSON by custom, empty where there is none.
   */
  output: string;
}

/**
 * A tool of an MCP server, as the server lists it.
 */
export interface McpToolDescription {
  /**
   * What it does, in the server's words, for the model to read.
   */
  description?: string | null;
  /**
   * The name by which the model calls the tool.
   */
  name: string;
  /**
   * A JSON Schema of its arguments.
   */
  input_schema: {
    [k: string]: unknown;
  };
  /**
   * The server's hints about the tool, such as that it only reads. Hints, not promises.
   */
  annotations?: {
    [k: string]: unknown;
  } | null;
}

/**
 * The tools that an MCP server offers, listed by the service.
 */
export interface McpListToolsItem {
  /**
   * Marks a list of tools.
   */
  type: "mcp_list_tools";
  /**
   * The id of the item, which `mcp_list_tools.*` events name.
   */
  id?: string;
  /**
   * The MCP server, as the session's tools name it.
   */
  server_label: string;
  /**
   * The tools that it offers, with what they take.
   */
  tools: McpToolDescription[];
}

/**
 * The MCP server answered with an error of its protocol.
 */
export interface McpProtocolError {
  /**
   * Marks an error of the protocol.
   */
  type: "protocol_error";
  /**
   * The JSON-RPC error code, a negative number as a rule.
   */
  code: number;
  /**
   * What went wrong, for a person to read.
   */
  message: string;
}

/**
 * The tool ran and failed.
 */
export interface McpToolExecutionError {
  /**
   * Marks a failed tool.
   */
  type: "tool_execution_error";
  /**
   * What went wrong, for a person to read.
   */
  message: string;
}

/**
 * The MCP server could not be reached or answered with an HTTP error.
 */
export interface McpHttpError {
  /**
   * Marks an HTTP error.
   */
  type: "http_error";
  /**
   * The HTTP status that the MCP server answered with.
   */
  code: number;
  /**
   * What went wrong, for a person to read.
   */
  message: string;
}

/**
 * Why a call of an MCP tool failed.
 */
export type McpError = McpProtocolError | McpToolExecutionError | McpHttpError;

/**
 * A call of an MCP tool, made by the service.
 */
export interface McpCallItem {
  /**
   * Marks a call.
   */
  type: "mcp_call";
  /**
   * The id of the item, which the events of the call name.
   */
  id: string;
  /**
   * The MCP server, as the session's tools name it.
   */
  server_label: string;
  /**
   * The tool that is called.
   */
  name: string;
  /**
   * The arguments as JSON text; empty while they are being made.
   */
  arguments: string;
  /**
   * The approval request that allowed the call, if one was needed.
   */
  approval_request_id?: string | null;
  /**
   * What the tool gave back; `null` until it has, and when it failed.
   */
  output?: string | null;
  /**
   * Why the call failed; `null` when it did not.
   */
  error?: McpError | null;
}

/**
 * The service asks whether it may call an MCP tool. Nothing goes on until an `mcp_approval_response` item
 * answers.
 */
export interface McpApprovalRequestItem {
  /**
   * Marks a request.
   */
  type: "mcp_approval_request";
  /**
   * The id of the item, which the answer names.
   */
  id: string;
  /**
   * The MCP server, as the session's tools name it.
   */
  server_label: string;
  /**
   * The tool that the model wants to call.
   */
  name: string;
  /**
   * The arguments as JSON text, for a person or a rule to judge.
   */
  arguments: string;
}

/**
 * The client's answer to a request for approval.
 */
export interface McpApprovalResponseItem {
  /**
   * Marks an answer.
   */
  type: "mcp_approval_response";
  /**
   * The id of the item. A client need not choose one.
   */
  id?: string;
  /**
   * The id of the `mcp_approval_request` item that this answers.
   */
  approval_request_id: string;
  /**
   * Whether the call may be made. After a refusal send `response.create`, so that the model can go on.
   */
  approve: boolean;
  /**
   * Why, for the model to read; above all after a refusal.
   */
  reason?: string | null;
}

/**
 * A thing in a conversation: a message, a call of a tool or its result, or a step of an MCP exchange.
 * Told apart by `type`, messages also by `role`.
 */
export type Item =
  | SystemMessage
  | UserMessage
  | AssistantMessage
  | FunctionCallItem
  | FunctionCallOutputItem
  | McpListToolsItem
  | McpCallItem
  | McpApprovalRequestItem
  | McpApprovalResponseItem;

/**
 * Puts an item into the conversation: a message, the result of a function, an approval, a piece of
 * history. It does not ask for a response. Assistant speech cannot be put in, assistant text can.
 */
export interface ConversationItemCreateEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.create";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * Where to put it: after the item with this id; `"root"` for the very beginning; left out or empty for
   * the end. An unknown id is an error and nothing is added.
   */
  previous_item_id?: string;
  /**
   * The item to put in. Without an `id` the service chooses one, which its answer carries.
   */
  item: Item;
}

/**
 * Takes an item out of the conversation: the model no longer knows of it. An unknown id is an error.
 */
export interface ConversationItemDeleteEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.delete";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The id of the item to take out.
   */
  item_id: string;
}

/**
 * Asks for an item as the service has it: the only way to get the user's audio after noise reduction.
 */
export interface ConversationItemRetrieveEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.retrieve";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The id of the item to fetch. An unknown one is an error.
   */
  item_id: string;
}

/**
 * Tells the model how much of its speech was heard, when the user interrupted. The audio after that and
 * the whole transcript leave the model's memory. Only for assistant speech. On WebRTC and SIP the service
 * does this itself.
 */
export interface ConversationItemTruncateEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.truncate";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The id of the assistant's message that was cut short.
   */
  item_id: string;
  /**
   * The content part; 0 is the only one that OpenAI takes.
   */
  content_index: number;
  /**
   * Milliseconds of the part's audio that were heard. More than exist is an error.
   */
  audio_end_ms: number;
}

/**
 * Adds audio of the user to the input buffer. Never answered. With turn detection the service decides
 * what becomes a turn; without, commit it. On WebRTC and SIP the media track does this.
 */
export interface InputAudioBufferAppendEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio_buffer.append";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The audio, base64, in the session's input format; at most 15 MiB before encoding. Chunks of 20 to 100
   * ms serve well.
   */
  audio: string;
}

/**
 * Throws the input buffer away: nothing of it becomes a message.
 */
export interface InputAudioBufferClearEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio_buffer.clear";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
}

/**
 * Makes a user message out of the input buffer. Needs at least 100 ms of audio, otherwise an `error`
 * comes, which is harmless. It does not ask for a response. Not needed with turn detection.
 */
export interface InputAudioBufferCommitEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio_buffer.commit";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
}

/**
 * Stops the service from playing what it still has. Send `response.cancel` first, so that no more is
 * made. Refused on plain WebSocket, where the client plays.
 */
export interface OutputAudioBufferClearEvent {
  /**
   * Says which event this is.
   */
  type: "output_audio_buffer.clear";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
}

/**
 * Stops a response. It ends with `response.done` and the status `cancelled`. When nothing runs, an
 * `error` comes, which is harmless.
 */
export interface ResponseCancelEvent {
  /**
   * Says which event this is.
   */
  type: "response.cancel";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The id of the response to stop; when left out, the one that writes into the conversation. A response
   * beside the conversation has to be named.
   */
  response_id?: string;
}

/**
 * Stands for an item that is already in the session. Only in the `input` of `response.create`.
 */
export interface ItemReference {
  /**
   * Marks a reference.
   */
  type: "item_reference";
  /**
   * The id of an item of this session; it stands for the whole item.
   */
  id: string;
}

/**
 * What a response can be given as its context: an item, or a reference to one.
 */
export type ResponseInputItem = Item | ItemReference;

/**
 * What the model makes: speech or text. Speech always comes with its transcript.
 */
export type Modality = "text" | "audio";

/**
 * What a response consists of. The service takes exactly one entry: `["audio"]` (speech and its
 * transcript) or `["text"]`.
 */
export type OutputModalities = Modality[];

/**
 * Linear PCM: 16-bit signed little-endian samples, one channel, 24,000 a second, so 48,000 bytes a
 * second.
 */
export interface PcmFormat {
  /**
   * Marks linear PCM.
   */
  type: "audio/pcm";
  /**
   * Samples a second. OpenAI takes 24000 and nothing else: an update with another rate is refused as a
   * whole.
   */
  rate?: 24000;
}

/**
 * G.711 µ-law: one byte a sample, one channel, 8,000 a second. The telephone codec of North America and
 * Japan.
 */
export interface PcmuFormat {
  /**
   * Marks G.711 µ-law.
   */
  type: "audio/pcmu";
}

/**
 * G.711 A-law: one byte a sample, one channel, 8,000 a second. The telephone codec of the rest of the
 * world.
 */
export interface PcmaFormat {
  /**
   * Marks G.711 A-law.
   */
  type: "audio/pcma";
}

/**
 * How audio in events is encoded. On WebRTC and SIP the media track has its own codec and this says
 * nothing about it.
 */
export type AudioFormat = PcmFormat | PcmuFormat | PcmaFormat;

/**
 * The name of a built-in voice. Any string is taken; the ones listed are known.
 */
export type VoiceName =
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
  | (string & {});

/**
 * A voice that was made for one organisation, named by its id.
 */
export interface CustomVoice {
  /**
   * The id of the voice, `voice_…`.
   */
  id: string;
}

/**
 * The voice of the assistant: a built-in one by name, or a custom one by id. It cannot change once the
 * assistant has made audio in this session.
 */
export type Voice = VoiceName | CustomVoice;

/**
 * How one response sounds.
 */
export interface ResponseAudioOutput {
  /**
   * The encoding of its audio; the session's when left out.
   */
  format?: AudioFormat;
  /**
   * Its voice; the session's when left out. Once the assistant has spoken it cannot be another one.
   */
  voice?: Voice;
}

/**
 * The audio settings of one response.
 */
export interface ResponseAudio {
  /**
   * The voice and the encoding of its speech.
   */
  output?: ResponseAudioOutput;
}

/**
 * A function that the client runs when the model asks for it. The fields stand flat, not under a
 * `function` key.
 */
export interface FunctionTool {
  /**
   * What it does and when to call it, for the model to read.
   */
  description?: string;
  /**
   * Marks a function.
   */
  type: "function";
  /**
   * The name by which the model calls it.
   */
  name: string;
  /**
   * A JSON Schema of the arguments. Left out, the function takes none.
   */
  parameters?: object;
}

/**
 * Picks some tools of an MCP server.
 */
export interface McpToolFilter {
  /**
   * Pick the tools that declare to change nothing.
   */
  read_only?: boolean;
  /**
   * Pick the tools with these names.
   */
  tool_names?: string[];
}

/**
 * Says for which tools of an MCP server the service asks the client before it calls them, and for which
 * it never does.
 */
export interface McpApprovalFilter {
  /**
   * The tools before whose calls the client is asked.
   */
  always?: McpToolFilter;
  /**
   * The tools that are called without asking.
   */
  never?: McpToolFilter;
}

/**
 * A server of tools that the service itself calls, by the Model Context Protocol. Its tools are imported
 * in the background: they can be used after `mcp_list_tools.completed`. Once defined in a session, later
 * events may name it by `server_label` alone.
 */
export interface McpTool {
  /**
   * Marks an MCP server.
   */
  type: "mcp";
  /**
   * The name by which this session knows the server; no two servers share one.
   */
  server_label: string;
  /**
   * Where the server is. Exactly one of `server_url`, `connector_id` and `tunnel_id` defines it.
   */
  server_url?: string;
  /**
   * A connector that OpenAI hosts, in place of a server. Not for models released after 2026-09-01.
   */
  connector_id?:
    | "connector_dropbox"
    | "connector_gmail"
    | "connector_googlecalendar"
    | "connector_googledrive"
    | "connector_microsoftteams"
    | "connector_outlookcalendar"
    | "connector_outlookemail"
    | "connector_sharepoint"
    | (string & {});
  /**
   * The id of a secure tunnel to the server, in place of an address.
   */
  tunnel_id?: string;
  /**
   * An OAuth access token for the server. A secret: keep it out of logs.
   */
  authorization?: string;
  /**
   * HTTP headers to send to the server. They can carry secrets. `Authorization` here excludes the field
   * `authorization`.
   */
  headers?: {
    [k: string]: string;
  } | null;
  /**
   * Which of its tools the model may use: a list of names, or a filter. All when left out or `null`.
   */
  allowed_tools?: string[] | McpToolFilter | null;
  /**
   * Whether the service asks the client before a call: `always`, `never`, or by tool.
   */
  require_approval?: ("always" | "never") | McpApprovalFilter | null;
  /**
   * What the server is for, for the model to read.
   */
  server_description?: string;
  /**
   * Whether the model finds its tools by searching, rather than being given them all at once.
   */
  defer_loading?: boolean;
  /**
   * How its tools may be called: by the model itself (`direct`), or from a program (`programmatic`).
   */
  allowed_callers?: ("direct" | "programmatic")[] | null;
}

/**
 * Something the model can use: a function that the client runs, or an MCP server that the service calls.
 */
export type Tool = FunctionTool | McpTool;

/**
 * Whether the model calls tools: `none` never, `auto` as it sees fit, `required` at least one.
 */
export type ToolChoiceMode = "none" | "auto" | "required";

/**
 * Makes the model call one particular function.
 */
export interface FunctionToolChoice {
  /**
   * Marks a function.
   */
  type: "function";
  /**
   * The name of the function, as the session's tools have it.
   */
  name: string;
}

/**
 * Makes the model call a tool of one particular MCP server.
 */
export interface McpToolChoice {
  /**
   * Marks an MCP server.
   */
  type: "mcp";
  /**
   * The server, as this session knows it.
   */
  server_label: string;
  /**
   * The tool. Any tool of the server when left out or `null`.
   */
  name?: string | null;
}

/**
 * How the model picks tools: by a mode, or one that it must call.
 */
export type ToolChoice = ToolChoiceMode | FunctionToolChoice | McpToolChoice;

/**
 * How much a reasoning model thinks before it speaks. Only for models that reason, such as
 * `gpt-realtime-2`.
 */
export interface Reasoning {
  /**
   * How much it thinks; more is better and slower.
   */
  effort?: "minimal" | "low" | "medium" | "high" | "xhigh" | (string & {});
}

/**
 * How many tokens one response may have, tool calls included: 1 to 4096, or `"inf"` for as many as the
 * model can make.
 */
export type MaxOutputTokens = number | "inf";

/**
 * A prompt that is kept at the provider, with values for its variables.
 */
export interface Prompt {
  /**
   * The id of the prompt, `pmpt_…`.
   */
  id: string;
  /**
   * Its version; the current one when left out or `null`.
   */
  version?: string | null;
  /**
   * Values for its variables, by name: strings, or input parts of the Responses API such as images and
   * files.
   */
  variables?: {
    [k: string]: unknown;
  } | null;
}

/**
 * Up to 16 pairs of strings that the service keeps and gives back with the response: the way to recognise
 * which response answers which request. Keys have at most 64 characters, values at most 512.
 */
export interface Metadata {
  [k: string]: string;
}

/**
 * What one response should be. Whatever is left out is taken from the session.
 */
export interface ResponseConfig {
  /**
   * Where the output goes: `auto`, the default, into the conversation; `none` nowhere, so that it may run
   * beside another response.
   */
  conversation?: "auto" | "none" | (string & {});
  /**
   * The context, in place of the conversation so far. `[]` means no context.
   */
  input?: ResponseInputItem[];
  /**
   * What the model should be and do, in place of the session's instructions.
   */
  instructions?: string;
  /**
   * What it consists of: `["audio"]`, which is speech with its transcript, or `["text"]`.
   */
  output_modalities?: OutputModalities;
  /**
   * The voice and the encoding of its speech.
   */
  audio?: ResponseAudio;
  /**
   * What the model can use for this response, in place of the session's tools; `[]` for none.
   */
  tools?: Tool[];
  /**
   * How the model picks among the tools.
   */
  tool_choice?: ToolChoice;
  /**
   * Whether it may call several tools. Only for models that reason.
   */
  parallel_tool_calls?: boolean;
  /**
   * How much the model thinks. Only for models that reason.
   */
  reasoning?: Reasoning;
  /**
   * How long it may be, in tokens.
   */
  max_output_tokens?: MaxOutputTokens;
  /**
   * A stored prompt to start from.
   */
  prompt?: Prompt | null;
  /**
   * Comes back with the response: the only sure way to tell which response answers which request.
   */
  metadata?: Metadata | null;
}

/**
 * Asks the model to answer. One response at a time may write into the conversation: a second one is
 * refused until the first is done. Responses with `conversation: "none"` may run beside it.
 */
export interface ResponseCreateEvent {
  /**
   * Says which event this is.
   */
  type: "response.create";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * What differs from the session for this response; left out, the session's settings hold.
   */
  response?: ResponseConfig;
}

/**
 * The name of a speech-to-speech model. Any string is taken, since models come and go; the ones listed
 * are known. On Azure it is the name of the deployment.
 */
export type ModelName =
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
  | (string & {});

/**
 * The name of a model that writes down what the user says. Any string is taken; the ones listed are
 * known.
 */
export type TranscriptionModelName =
  | "whisper-1"
  | "gpt-transcribe"
  | "gpt-live-transcribe"
  | "gpt-4o-mini-transcribe"
  | "gpt-4o-mini-transcribe-2025-12-15"
  | "gpt-4o-transcribe"
  | "gpt-4o-transcribe-diarize"
  | "gpt-realtime-whisper"
  | (string & {});

/**
 * Has the user's speech written down, apart from the model that answers. The result comes in
 * `conversation.item.input_audio_transcription.*` events, at any time after the item, and may differ from
 * what the answering model heard.
 */
export interface TranscriptionConfig {
  /**
   * The model that transcribes. Without one nothing is transcribed, and no error says so.
   */
  model?: TranscriptionModelName;
  /**
   * The language spoken, as an ISO 639-1 code such as `en`; makes the result better and faster.
   */
  language?: string;
  /**
   * Languages that may be spoken, for `gpt-transcribe` and `gpt-live-transcribe`. At least one.
   */
  languages?: string[];
  /**
   * Words to expect, such as names, for `gpt-transcribe` and `gpt-live-transcribe`.
   */
  keywords?: string[];
  /**
   * Text that guides the transcription: words to expect for `whisper-1`, a sentence about what is said for
   * others. Not for `gpt-realtime-whisper`.
   */
  prompt?: string;
  /**
   * How long `gpt-realtime-whisper` may wait before it writes: longer is more exact.
   */
  delay?: "minimal" | "low" | "medium" | "high" | "xhigh" | (string & {});
}

/**
 * Filters noise out of the input before the turn detection and the model hear it.
 */
export interface NoiseReduction {
  /**
   * `near_field` for headsets and handsets, `far_field` for laptops and rooms.
   */
  type?: "near_field" | "far_field";
  /**
   * How strongly to filter: more is stronger. 1 when the filter is first turned on; left out later, it
   * stays as it was.
   */
  strength?: number;
}

/**
 * Turn detection by loudness: a turn begins when the input becomes loud enough and ends after some
 * silence.
 */
export interface ServerVad {
  /**
   * Marks turn detection by loudness.
   */
  type: "server_vad";
  /**
   * How loud counts as speech, 0 to 1; 0.5 by default. Higher suits noisy places.
   */
  threshold?: number;
  /**
   * Milliseconds of audio before the detected start that belong to the turn; 300 by default.
   */
  prefix_padding_ms?: number;
  /**
   * Milliseconds of silence that end a turn. The live service starts with 200, its documents say 500.
   */
  silence_duration_ms?: number;
  /**
   * Whether the end of a turn makes the model answer by itself; true by default.
   */
  create_response?: boolean;
  /**
   * Whether the start of a turn cancels the response that is being made for the default conversation; true
   * by default.
   */
  interrupt_response?: boolean;
  /**
   * Milliseconds of silence after the assistant has finished speaking before the model is asked to speak
   * again; 5000 to 30000, `null` for never.
   */
  idle_timeout_ms?: number | null;
}

/**
 * Turn detection by meaning: a model judges from what was said whether the speaker has finished.
 */
export interface SemanticVad {
  /**
   * Marks turn detection by meaning.
   */
  type: "semantic_vad";
  /**
   * How soon a turn is taken as finished: `low` waits up to 8 seconds, `medium` 4, `high` 2; `auto`, the
   * default, equals `medium`.
   */
  eagerness?: "low" | "medium" | "high" | "auto";
  /**
   * Whether the end of a turn makes the model answer by itself; true by default.
   */
  create_response?: boolean;
  /**
   * Whether the start of a turn cancels the response that is being made for the default conversation; true
   * by default.
   */
  interrupt_response?: boolean;
}

/**
 * How the service finds out that the user has begun and ended speaking. `null` in its place turns this
 * off: the client then commits the input and asks for responses itself.
 */
export type TurnDetection = ServerVad | SemanticVad;

/**
 * What to do with the user's audio.
 */
export interface AudioInputConfig {
  /**
   * The encoding of `input_audio_buffer.append`.
   */
  format?: AudioFormat;
  /**
   * How to write down what the user says; `null` turns it off.
   */
  transcription?: TranscriptionConfig | null;
  /**
   * How to filter noise; `null` turns it off.
   */
  noise_reduction?: NoiseReduction | null;
  /**
   * How turns are found; `null` turns it off.
   */
  turn_detection?: TurnDetection | null;
}

/**
 * How the assistant sounds.
 */
export interface AudioOutputConfig {
  /**
   * The encoding of `response.output_audio.delta`.
   */
  format?: AudioFormat;
  /**
   * The voice. It cannot change once the assistant has made audio; an update that tries is refused as a
   * whole.
   */
  voice?: Voice;
  /**
   * How fast it speaks: 0.25 to 1.5 times the natural speed. It can change only between responses.
   */
  speed?: number;
}

/**
 * The audio settings of a session, both ways.
 */
export interface AudioConfig {
  /**
   * What to do with the user's audio.
   */
  input?: AudioInputConfig;
  /**
   * How the assistant sounds: voice, speed, encoding.
   */
  output?: AudioOutputConfig;
}

/**
 * Bounds on parts of the context.
 */
export interface TokenLimits {
  /**
   * Tokens that the conversation after the instructions may take. Lower is cheaper and forgets sooner.
   */
  post_instructions?: number;
}

/**
 * When the context overflows, cut it down to a share of its size at once, so that the next turns find
 * their cache intact.
 */
export interface RetentionRatioTruncation {
  /**
   * Marks this way of truncating.
   */
  type: "retention_ratio";
  /**
   * The share of the tokens after the instructions that is kept, 0 to 1.
   */
  retention_ratio: number;
  /**
   * Bounds that replace the model's own.
   */
  token_limits?: TokenLimits;
}

/**
 * What happens when the conversation outgrows the context of the model: `auto` drops the oldest messages,
 * `disabled` fails the response, `retention_ratio` drops more at once.
 */
export type Truncation = ("auto" | "disabled") | RetentionRatioTruncation;

/**
 * How the session shows up in the provider's tracing dashboard.
 */
export interface TracingConfig {
  /**
   * The name of the trace, by which the dashboard lists it.
   */
  workflow_name?: string;
  /**
   * Groups traces of one conversation.
   */
  group_id?: string;
  /**
   * Anything to keep with the trace.
   */
  metadata?: unknown;
}

/**
 * Whether the provider keeps a trace of the session: `auto`, or with a name and a group. It cannot change
 * once it is on.
 */
export type Tracing = "auto" | TracingConfig;

/**
 * An extra that the service adds to its events on demand. One is known:
 * `item.input_audio_transcription.logprobs`, the log probabilities of the user's transcript.
 */
export type IncludeField = "item.input_audio_transcription.logprobs" | (string & {});

/**
 * The settings of a conversation, as a client asks for them. Only the fields present change; a refused
 * update changes nothing at all.
 */
export interface SessionConfig {
  /**
   * Marks a conversation. Required in every update, and it cannot change.
   */
  type: "realtime";
  /**
   * The model. It is fixed when the session opens; the same name is taken again, another is refused.
   */
  model?: ModelName;
  /**
   * What responses consist of: `["audio"]` by default, or `["text"]`.
   */
  output_modalities?: OutputModalities;
  /**
   * What the model should be and do. The service has a default, visible in `session.created`; `""` clears
   * it.
   */
  instructions?: string;
  /**
   * How audio goes in and comes out.
   */
  audio?: AudioConfig;
  /**
   * What the model can use; `[]` takes all away.
   */
  tools?: Tool[];
  /**
   * How the model picks tools; `auto` by default.
   */
  tool_choice?: ToolChoice;
  /**
   * Whether one response may call several tools. Only for models that reason.
   */
  parallel_tool_calls?: boolean;
  /**
   * How much the model thinks. Only for models that reason.
   */
  reasoning?: Reasoning;
  /**
   * How long one response may be; `"inf"` by default.
   */
  max_output_tokens?: MaxOutputTokens;
  /**
   * What happens when the conversation outgrows the context; `auto` by default.
   */
  truncation?: Truncation;
  /**
   * A stored prompt to start from.
   */
  prompt?: Prompt | null;
  /**
   * Whether the provider keeps a trace. It cannot change once it is on.
   */
  tracing?: Tracing | null;
  /**
   * Extras that the service should add to its events.
   */
  include?: IncludeField[];
}

/**
 * The audio settings of a transcription session, which has input only.
 */
export interface TranscriptionAudioConfig {
  /**
   * What to do with the speaker's audio.
   */
  input?: AudioInputConfig;
}

/**
 * The settings of a session that writes down speech and never answers, as a client asks for them. Without
 * a transcription model the service takes the audio and says nothing.
 */
export interface TranscriptionSessionConfig {
  /**
   * Marks transcription. Required in every update, and it cannot change.
   */
  type: "transcription";
  /**
   * How audio goes in, and which model writes it down.
   */
  audio?: TranscriptionAudioConfig;
  /**
   * Extras that the service should add to its events.
   */
  include?: IncludeField[];
}

/**
 * The settings of a session of either kind, as a client asks for them. Told apart by `type`.
 */
export type AnySessionConfig = SessionConfig | TranscriptionSessionConfig;

/**
 * Changes settings of the session. Answered by `session.updated` with all of them, or by `error`, and
 * then nothing changed. Wait for the answer before the microphone opens: until then the defaults hold.
 */
export interface SessionUpdateEvent {
  /**
   * Says which event this is.
   */
  type: "session.update";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The settings to change, of the kind that the session is.
   */
  session: AnySessionConfig;
}

/**
 * A conversation, by its id.
 */
export interface Conversation {
  /**
   * The id of the conversation, `conv_…`.
   */
  id?: string;
  /**
   * What the object is.
   */
  object?: "realtime.conversation";
}

/**
 * A conversation exists. In the list of events, but the live service does not send it; xAI does.
 */
export interface ConversationCreatedEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.created";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The conversation that the session has; its id is what responses name in `conversation_id`.
   */
  conversation: Conversation;
}

/**
 * An item as the service reports it: always with its id.
 */
export type ServerItem = Item & {
  /**
   * The id of the item.
   */
  id: string;
};

/**
 * An item has its place in the default conversation. Items of the model come empty and `in_progress`. The
 * order of the conversation follows from `previous_item_id`, not from the order of events.
 */
export interface ConversationItemAddedEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.added";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The item after which this one stands; `null` for the first. It may be one that has not been seen yet.
   */
  previous_item_id?: string | null;
  /**
   * The item as it is now: the user's whole, the model's empty, to be filled by the `response.*` events
   * that name its id.
   */
  item: ServerItem;
}

/**
 * An item is in the conversation: the name of an earlier protocol, which some providers still send.
 * OpenAI sends `conversation.item.added` and `conversation.item.done`.
 */
export interface ConversationItemCreatedEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.created";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The item after which this one stands; `null` for the first. It may be one that has not been seen yet.
   */
  previous_item_id?: string | null;
  /**
   * The item as it is now; its `status` says whether it is final.
   */
  item: ServerItem;
}

/**
 * An item left the conversation: the model no longer knows of it. Take it off the screen as well.
 */
export interface ConversationItemDeletedEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.deleted";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the item that is gone.
   */
  item_id: string;
}

/**
 * An item of the default conversation is final. The transcript of a user's speech may still be `null`. A
 * `previous_item_id` of `null` here says nothing about its place.
 */
export interface ConversationItemDoneEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.done";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The item after which this one stands, or `null`, which is often sent for items that are not the first:
   * keep the place that an earlier event gave.
   */
  previous_item_id?: string | null;
  /**
   * The item, final. It replaces what the deltas built.
   */
  item: ServerItem;
}

/**
 * Input tokens of a transcription by kind.
 */
export interface TranscriptionInputTokenDetails {
  /**
   * Tokens of the prompt that guided it.
   */
  text_tokens?: number;
  /**
   * Tokens of the audio that was transcribed.
   */
  audio_tokens?: number;
}

/**
 * A transcription billed by tokens.
 */
export interface TokenTranscriptionUsage {
  /**
   * Marks billing by tokens.
   */
  type: "tokens";
  /**
   * Input and output together.
   */
  total_tokens: number;
  /**
   * Tokens that went in: the audio and the prompt.
   */
  input_tokens: number;
  /**
   * Tokens that came out: the transcript.
   */
  output_tokens: number;
  /**
   * What went in, by kind; the audio is nearly all of it.
   */
  input_token_details?: TranscriptionInputTokenDetails;
}

/**
 * A transcription billed by time.
 */
export interface DurationTranscriptionUsage {
  /**
   * Marks billing by time.
   */
  type: "duration";
  /**
   * Seconds of audio that were transcribed.
   */
  seconds: number;
}

/**
 * What the transcription of one item is billed for, apart from the responses and at the price of the
 * transcription model.
 */
export type TranscriptionUsage = TokenTranscriptionUsage | DurationTranscriptionUsage;

/**
 * A language that the transcription heard.
 */
export interface TranscriptionLanguage {
  /**
   * Its code, such as `en`.
   */
  code: string;
}

/**
 * How sure the transcription was of one token.
 */
export interface LogProb {
  /**
   * The token, as text.
   */
  token: string;
  /**
   * Its bytes in UTF-8; a token may be a part of a character.
   */
  bytes: number[];
  /**
   * The natural logarithm of its probability.
   */
  logprob: number;
}

/**
 * The whole transcript of a user's speech. It replaces what the deltas built.
 */
export interface ConversationItemInputAudioTranscriptionCompletedEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.input_audio_transcription.completed";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the user's message whose speech this is.
   */
  item_id: string;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * What was said, whole; empty where there were no words.
   */
  transcript: string;
  /**
   * What the transcription is billed for, apart from any response. Some services leave it out.
   */
  usage?: TranscriptionUsage;
  /**
   * The languages heard, from `gpt-transcribe`; other models leave it out.
   */
  languages?: TranscriptionLanguage[];
  /**
   * How sure the transcription was of each token, if the session's `include` asks for it; otherwise `null`
   * or left out.
   */
  logprobs?: LogProb[] | null;
}

/**
 * More of the transcript of a user's speech. Append it. Comes at any time after the item, also during and
 * after the answer.
 */
export interface ConversationItemInputAudioTranscriptionDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.input_audio_transcription.delta";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the user's message whose speech this is.
   */
  item_id: string;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index?: number;
  /**
   * The text to append. `whisper-1` sends all at once.
   */
  delta?: string;
  /**
   * How sure the transcription was of each token, if the session's `include` asks for it; otherwise `null`
   * or left out.
   */
  logprobs?: LogProb[] | null;
  /**
   * Random filling that hides the length of the text on the wire. Ignore it.
   */
  obfuscation?: string | null;
}

/**
 * Why an item could not be transcribed.
 */
export interface TranscriptionError {
  /**
   * The class of the error, such as `transcription_error`.
   */
  type?: string;
  /**
   * The code, such as `audio_unintelligible`.
   */
  code?: string | null;
  /**
   * What went wrong, for a person to read.
   */
  message?: string;
  /**
   * The setting at fault, where there is one.
   */
  param?: string | null;
}

/**
 * A user's speech could not be transcribed. The item stays, without a transcript; the conversation goes
 * on.
 */
export interface ConversationItemInputAudioTranscriptionFailedEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.input_audio_transcription.failed";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the user's message whose speech this is.
   */
  item_id: string;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * Why there will be no transcript of this item.
   */
  error: TranscriptionError;
}

/**
 * One piece of a transcript with its speaker and its time, from models that tell speakers apart. Comes
 * before `completed`.
 */
export interface ConversationItemInputAudioTranscriptionSegmentEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.input_audio_transcription.segment";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the user's message whose speech this is.
   */
  item_id: string;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * The id of the segment.
   */
  id: string;
  /**
   * What was said in it.
   */
  text: string;
  /**
   * Who said it, as a label such as `spk_1`: it tells voices apart and names nobody.
   */
  speaker: string;
  /**
   * Seconds from the beginning of the item's audio to the segment.
   */
  start: number;
  /**
   * Seconds from the beginning of the item's audio to the segment's end.
   */
  end: number;
}

/**
 * The item asked for with `conversation.item.retrieve`, audio included.
 */
export interface ConversationItemRetrievedEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.retrieved";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The item as the service has it, the user's audio after noise reduction.
   */
  item: ServerItem;
}

/**
 * Assistant speech was cut to what was heard: because the client said so, or on WebRTC and SIP because
 * the user interrupted. The service has no transcript of the item any more.
 */
export interface ConversationItemTruncatedEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.truncated";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the assistant's message that was cut.
   */
  item_id: string;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * Milliseconds of audio that remain, from the beginning of the content part.
   */
  audio_end_ms: number;
}

/**
 * What the service objects to.
 */
export interface ErrorDetails {
  /**
   * The class of the error, such as `invalid_request_error` or `server_error`.
   */
  type: string;
  /**
   * The code, for programs; `null` where the service has none.
   */
  code?: string | null;
  /**
   * What is wrong, for a person to read.
   */
  message: string;
  /**
   * The path of the field at fault, such as `session.type`; `null` where no field is.
   */
  param?: string | null;
  /**
   * The `event_id` of the client event that caused this; `null` when that event had none.
   */
  event_id?: string | null;
}

/**
 * The service refuses something. The session goes on unless the link closes right after. Which command it
 * means stands in `error.event_id`, if that command had an `event_id`.
 */
export interface ServerErrorEvent {
  /**
   * Says which event this is.
   */
  type: "error";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * What the service objects to, with a code for programs and a sentence for people.
   */
  error: ErrorDetails;
}

/**
 * The input buffer is empty, as the client asked; nothing of it becomes a message.
 */
export interface InputAudioBufferClearedEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio_buffer.cleared";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
}

/**
 * The input buffer became a user message, by the turn detection or by the client.
 * `conversation.item.added` follows with the item.
 */
export interface InputAudioBufferCommittedEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio_buffer.committed";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The item after which the user message stands; `null` for the first. Transcripts that come out of order
   * are put in order by this.
   */
  previous_item_id?: string | null;
  /**
   * The id of the user message, the same as in `input_audio_buffer.speech_started` where turn detection
   * found it.
   */
  item_id: string;
}

/**
 * The caller pressed a key of the telephone. For information: it makes no item and no response. Only on
 * the control socket of a SIP call.
 */
export interface InputAudioBufferDtmfEventReceivedEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio_buffer.dtmf_event_received";
  /**
   * The service's name for this event; it leaves it out as a rule.
   */
  event_id?: string;
  /**
   * The key: a digit, `*`, `#`, or a letter from `A` to `D`.
   */
  event:
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
    | (string & {});
  /**
   * When it was pressed, in seconds since 1970.
   */
  received_at: number;
}

/**
 * The user speaks. Stop the loudspeaker now, whether or not a response is still being made, and report
 * what was heard with `conversation.item.truncate` where audio travels as events.
 */
export interface InputAudioBufferSpeechStartedEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio_buffer.speech_started";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * Where the turn begins, in milliseconds of all audio that was sent in this session, padding included.
   */
  audio_start_ms: number;
  /**
   * The id that the user message will have.
   */
  item_id: string;
}

/**
 * The user has stopped speaking. The turn is committed next, and answered if the session says so.
 */
export interface InputAudioBufferSpeechStoppedEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio_buffer.speech_stopped";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * Where the turn ends, in milliseconds of all audio that was sent in this session, the silence included.
   */
  audio_end_ms: number;
  /**
   * The id that the user message will have.
   */
  item_id: string;
}

/**
 * The user has said nothing for `idle_timeout_ms`: the silence is committed as a turn and the model
 * answers.
 */
export interface InputAudioBufferTimeoutTriggeredEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio_buffer.timeout_triggered";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * Where the silence begins, in milliseconds of all audio that was sent in this session.
   */
  audio_start_ms: number;
  /**
   * Where the silence ends, in milliseconds of all audio that was sent in this session.
   */
  audio_end_ms: number;
  /**
   * The id that the silent user message will have.
   */
  item_id: string;
}

/**
 * The tools of an MCP server can be used from now on. The item that lists them may come before or after.
 */
export interface McpListToolsCompletedEvent {
  /**
   * Says which event this is.
   */
  type: "mcp_list_tools.completed";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the `mcp_list_tools` item, which names the server.
   */
  item_id: string;
}

/**
 * The tools of an MCP server cannot be used: it did not list them.
 */
export interface McpListToolsFailedEvent {
  /**
   * Says which event this is.
   */
  type: "mcp_list_tools.failed";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the `mcp_list_tools` item, which names the server.
   */
  item_id: string;
}

/**
 * The service asks an MCP server for its tools. May come before `session.updated`.
 */
export interface McpListToolsInProgressEvent {
  /**
   * Says which event this is.
   */
  type: "mcp_list_tools.in_progress";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the `mcp_list_tools` item, which names the server.
   */
  item_id: string;
}

/**
 * The service stopped playing before the end: the user interrupted, or the client asked for it.
 * `conversation.item.truncated` tells what was heard.
 */
export interface OutputAudioBufferClearedEvent {
  /**
   * Says which event this is.
   */
  type: "output_audio_buffer.cleared";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The response whose speech was cut off.
   */
  response_id: string;
}

/**
 * The service has begun to play a response to the user. Where audio travels as events, the client plays
 * and knows itself.
 */
export interface OutputAudioBufferStartedEvent {
  /**
   * Says which event this is.
   */
  type: "output_audio_buffer.started";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The response that is heard from now on.
   */
  response_id: string;
}

/**
 * The service has played a response to its end: after `response.done`, often by seconds.
 */
export interface OutputAudioBufferStoppedEvent {
  /**
   * Says which event this is.
   */
  type: "output_audio_buffer.stopped";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The response that was heard to its end.
   */
  response_id: string;
}

/**
 * How much of one allowance is left.
 */
export interface RateLimit {
  /**
   * What is counted. The live service sends `tokens` only.
   */
  name?: "requests" | "tokens" | (string & {});
  /**
   * How much the allowance has when it is whole.
   */
  limit?: number;
  /**
   * How much of it is left. When nothing is left, responses fail with `rate_limit_exceeded`.
   */
  remaining?: number;
  /**
   * Seconds until it is whole again.
   */
  reset_seconds?: number;
}

/**
 * How much of the allowance is left. The live service sends it after `response.done`, and never in a
 * transcription session.
 */
export interface RateLimitsUpdatedEvent {
  /**
   * Says which event this is.
   */
  type: "rate_limits.updated";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * One entry for each allowance that the service counts.
   */
  rate_limits: RateLimit[];
}

/**
 * A text part as `response.content_part.*` names it: `text`, where the item says `output_text`.
 */
export interface ResponseTextPart {
  /**
   * Marks text.
   */
  type: "text";
  /**
   * The text so far: empty when the part is added, whole when it is done.
   */
  text: string;
}

/**
 * A speech part as `response.content_part.*` names it: `audio`, where the item says `output_audio`.
 */
export interface ResponseAudioPart {
  /**
   * Marks speech.
   */
  type: "audio";
  /**
   * What is said: empty when the part is added, whole when it is done.
   */
  transcript?: string | null;
  /**
   * The audio, base64. The live service leaves it out.
   */
  audio?: string | null;
}

/**
 * A content part as the events of a response show it.
 */
export type ResponsePart = ResponseTextPart | ResponseAudioPart;

/**
 * A message of a response begins a new content part; the deltas that name it follow.
 */
export interface ResponseContentPartAddedEvent {
  /**
   * Says which event this is.
   */
  type: "response.content_part.added";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events.
   */
  response_id: string;
  /**
   * The id of the assistant's message, the same in all events about it.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * The part, still empty; its `type` says whether text or speech follows.
   */
  part: ResponsePart;
}

/**
 * A content part is final, also when the response was interrupted.
 */
export interface ResponseContentPartDoneEvent {
  /**
   * Says which event this is.
   */
  type: "response.content_part.done";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events.
   */
  response_id: string;
  /**
   * The id of the assistant's message, the same in all events about it.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * The part, whole as far as it was made, without audio bytes.
   */
  part: ResponsePart;
}

/**
 * How far a response has come. `in_progress` until it ends; then `completed`, `cancelled` (by the client
 * or by the user speaking), `failed` (an error) or `incomplete` (a token limit or the content filter).
 */
export type ResponseStatus = "in_progress" | "completed" | "cancelled" | "failed" | "incomplete";

/**
 * Why a response failed. No `error` event needs to come with it.
 */
export interface ResponseError {
  /**
   * The class of the error, such as `server_error`.
   */
  type?: string;
  /**
   * The code, such as `rate_limit_exceeded`.
   */
  code?: string | null;
  /**
   * What went wrong, for a person to read.
   */
  message?: string;
}

/**
 * Why a response ended as it did.
 */
export interface ResponseStatusDetails {
  /**
   * The status of the response once more.
   */
  type?: "completed" | "cancelled" | "incomplete" | "failed";
  /**
   * For a cancelled response `turn_detected` (the user spoke) or `client_cancelled`; for an incomplete one
   * `max_output_tokens` or `content_filter`.
   */
  reason?: "turn_detected" | "client_cancelled" | "max_output_tokens" | "content_filter" | (string & {});
  /**
   * What went wrong, for a failed response.
   */
  error?: ResponseError;
}

/**
 * Cached input tokens by kind.
 */
export interface CachedTokenDetails {
  /**
   * Cached tokens of text.
   */
  text_tokens?: number;
  /**
   * Cached tokens of audio.
   */
  audio_tokens?: number;
  /**
   * Cached tokens of images.
   */
  image_tokens?: number;
}

/**
 * Input tokens by kind. Cached tokens are a part of the others, not an addition.
 */
export interface InputTokenDetails {
  /**
   * Tokens of text, instructions and tools included.
   */
  text_tokens?: number;
  /**
   * Tokens of audio: at OpenAI one for every 100 ms of the user's speech.
   */
  audio_tokens?: number;
  /**
   * Tokens of images that the user showed.
   */
  image_tokens?: number;
  /**
   * How many of all of these came from the cache.
   */
  cached_tokens?: number;
  /**
   * The cached ones by kind; each is a part of the number of its kind.
   */
  cached_tokens_details?: CachedTokenDetails;
}

/**
 * Output tokens by kind.
 */
export interface OutputTokenDetails {
  /**
   * Tokens of text, the transcript of speech and the arguments of calls included.
   */
  text_tokens?: number;
  /**
   * Tokens of speech: at OpenAI one for every 50 ms.
   */
  audio_tokens?: number;
}

/**
 * What one response is billed for. The context counts again with every response. Transcription of the
 * user is billed apart.
 */
export interface Usage {
  /**
   * Input and output together.
   */
  total_tokens?: number;
  /**
   * Everything that went in, cached or not.
   */
  input_tokens?: number;
  /**
   * Everything that came out: speech, text and calls of tools.
   */
  output_tokens?: number;
  /**
   * What went in, by kind and by what was cached.
   */
  input_token_details?: InputTokenDetails;
  /**
   * What came out, by kind: speech costs more than text.
   */
  output_token_details?: OutputTokenDetails;
}

/**
 * One answer of the model, from `response.created` to `response.done`.
 */
export interface RealtimeResponse {
  /**
   * The id of the response, `resp_…`.
   */
  id: string;
  /**
   * What the object is.
   */
  object?: "realtime.response";
  /**
   * How far it has come; everything but `in_progress` is final.
   */
  status: ResponseStatus;
  /**
   * Why it ended as it did; `null` while it runs and when it completed.
   */
  status_details?: ResponseStatusDetails | null;
  /**
   * The items it made: empty at first, whole in `response.done`. Audio bytes are never among them.
   */
  output: ServerItem[];
  /**
   * The conversation it writes into; `null` for one that writes nowhere.
   */
  conversation_id?: string | null;
  /**
   * What it consists of: speech with its transcript, or text.
   */
  output_modalities?: OutputModalities;
  /**
   * How long it may be, in tokens; `"inf"` for no bound.
   */
  max_output_tokens?: number | "inf";
  /**
   * The voice and the encoding of its speech.
   */
  audio?: ResponseAudio;
  /**
   * What it is billed for; `null` until it is done.
   */
  usage?: Usage | null;
  /**
   * What the client sent along with `response.create`, or `null`.
   */
  metadata?: {
    [k: string]: string;
  } | null;
}

/**
 * A response has begun, asked for by the client or by the turn detection. Remember its id: an
 * interruption may cancel it before anything else comes.
 */
export interface ResponseCreatedEvent {
  /**
   * Says which event this is.
   */
  type: "response.created";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The response, in progress and empty; its metadata tells whose `response.create` it answers.
   */
  response: RealtimeResponse;
}

/**
 * A response has ended, in whatever way: look at `response.status`. Always sent, once. Playback may go on
 * for seconds. `rate_limits.updated` follows.
 */
export interface ResponseDoneEvent {
  /**
   * Says which event this is.
   */
  type: "response.done";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The response as it ended: all its items, what it is billed for, and why it ended if it did not
   * complete. Without audio bytes.
   */
  response: RealtimeResponse;
}

/**
 * More of the arguments of a function call. Append it; it is not yet JSON.
 */
export interface ResponseFunctionCallArgumentsDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "response.function_call_arguments.delta";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events. Some may still come after it was cancelled: drop
   * them.
   */
  response_id: string;
  /**
   * The id of the `function_call` item.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The call, which the client's output will have to name.
   */
  call_id: string;
  /**
   * The piece of JSON text to append.
   */
  delta: string;
  /**
   * Random filling that hides the length of the text on the wire. Ignore it.
   */
  obfuscation?: string | null;
}

/**
 * The arguments of a function call are final, also when the response was interrupted and they are cut
 * off. Run the function on `response.output_item.done`, not here, so that it runs once.
 */
export interface ResponseFunctionCallArgumentsDoneEvent {
  /**
   * Says which event this is.
   */
  type: "response.function_call_arguments.done";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events.
   */
  response_id: string;
  /**
   * The id of the `function_call` item.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The call, which the client's output has to name.
   */
  call_id: string;
  /**
   * The function to run.
   */
  name: string;
  /**
   * All the arguments as JSON text. Cut off, they do not parse.
   */
  arguments: string;
}

/**
 * An MCP tool has answered; the item carries the output. If the response that called it is done and no
 * other begins, send `response.create`.
 */
export interface ResponseMcpCallCompletedEvent {
  /**
   * Says which event this is.
   */
  type: "response.mcp_call.completed";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the `mcp_call` item.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
}

/**
 * An MCP tool has failed; the item carries the error. If the response that called it is done and no other
 * begins, send `response.create`, so that the model can say so.
 */
export interface ResponseMcpCallFailedEvent {
  /**
   * Says which event this is.
   */
  type: "response.mcp_call.failed";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the `mcp_call` item.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
}

/**
 * The service calls an MCP tool. `response.mcp_call.completed` or `response.mcp_call.failed` follows,
 * perhaps after the response is done.
 */
export interface ResponseMcpCallInProgressEvent {
  /**
   * Says which event this is.
   */
  type: "response.mcp_call.in_progress";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the `mcp_call` item.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
}

/**
 * More of the arguments of an MCP call. Append it; it is not yet JSON.
 */
export interface ResponseMcpCallArgumentsDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "response.mcp_call_arguments.delta";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events. Some may still come after it was cancelled: drop
   * them.
   */
  response_id: string;
  /**
   * The id of the `mcp_call` item.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The piece of JSON text to append.
   */
  delta: string;
  /**
   * Random filling that hides the length of the text on the wire. Ignore it.
   */
  obfuscation?: string | null;
}

/**
 * The arguments of an MCP call are final. The call itself comes later, after an approval where one is
 * needed.
 */
export interface ResponseMcpCallArgumentsDoneEvent {
  /**
   * Says which event this is.
   */
  type: "response.mcp_call_arguments.done";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events.
   */
  response_id: string;
  /**
   * The id of the `mcp_call` item.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * All the arguments as JSON text.
   */
  arguments: string;
}

/**
 * More speech of the assistant. It comes faster than it plays. On WebRTC and SIP the media track carries
 * it instead.
 */
export interface ResponseOutputAudioDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "response.output_audio.delta";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events. Some may still come after it was cancelled: drop
   * them.
   */
  response_id: string;
  /**
   * The id of the assistant's message, the same in all events about it.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * The audio to play next, base64, in the session's output format.
   */
  delta: string;
  /**
   * Random filling that hides the length of the text on the wire. Ignore it.
   */
  obfuscation?: string | null;
}

/**
 * The speech of a content part is made, also when the response was interrupted. It is not yet heard.
 */
export interface ResponseOutputAudioDoneEvent {
  /**
   * Says which event this is.
   */
  type: "response.output_audio.done";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events.
   */
  response_id: string;
  /**
   * The id of the assistant's message, the same in all events about it.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
}

/**
 * More of the words of the assistant's speech, ahead of the audio. Append it.
 */
export interface ResponseOutputAudioTranscriptDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "response.output_audio_transcript.delta";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events. Some may still come after it was cancelled: drop
   * them.
   */
  response_id: string;
  /**
   * The id of the assistant's message, the same in all events about it.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * The words to append, blanks included.
   */
  delta: string;
  /**
   * Random filling that hides the length of the text on the wire. Ignore it.
   */
  obfuscation?: string | null;
}

/**
 * The words of a speech part are final, also when the response was interrupted. They may go beyond what
 * was heard.
 */
export interface ResponseOutputAudioTranscriptDoneEvent {
  /**
   * Says which event this is.
   */
  type: "response.output_audio_transcript.done";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events.
   */
  response_id: string;
  /**
   * The id of the assistant's message, the same in all events about it.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * All the words of the part. They replace what the deltas built.
   */
  transcript: string;
}

/**
 * A response begins a new item. `conversation.item.added` follows for it, unless the response writes into
 * no conversation.
 */
export interface ResponseOutputItemAddedEvent {
  /**
   * Says which event this is.
   */
  type: "response.output_item.added";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events.
   */
  response_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The item, empty and `in_progress`; the events that name its id fill it.
   */
  item: ServerItem;
}

/**
 * An item of a response is final, also when the response was interrupted: look at `item.status`. The
 * place to run a function, once, if it is `completed`.
 */
export interface ResponseOutputItemDoneEvent {
  /**
   * Says which event this is.
   */
  type: "response.output_item.done";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events.
   */
  response_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The item, final. It replaces what the deltas built.
   */
  item: ServerItem;
}

/**
 * More text of the assistant. Append it.
 */
export interface ResponseOutputTextDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "response.output_text.delta";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events. Some may still come after it was cancelled: drop
   * them.
   */
  response_id: string;
  /**
   * The id of the assistant's message, the same in all events about it.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * The text to append, blanks included.
   */
  delta: string;
  /**
   * Random filling that hides the length of the text on the wire. Ignore it.
   */
  obfuscation?: string | null;
}

/**
 * A text part is final, also when the response was interrupted.
 */
export interface ResponseOutputTextDoneEvent {
  /**
   * Says which event this is.
   */
  type: "response.output_text.done";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The id of the response, the same in all its events.
   */
  response_id: string;
  /**
   * The id of the assistant's message, the same in all events about it.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * The whole text of the part. It replaces what the deltas built.
   */
  text: string;
}

/**
 * How the service transcribes, as it reports it: a value that is not set may be `null`.
 */
export interface TranscriptionState {
  /**
   * The model that transcribes; `null` where none is set, and then nothing is transcribed.
   */
  model?: TranscriptionModelName | null;
  /**
   * The language expected, as an ISO 639-1 code; `null` where none is named.
   */
  language?: string | null;
  /**
   * The languages that may be spoken, where the model takes several; `null` where none is named.
   */
  languages?: string[] | null;
  /**
   * The words to expect, where the model takes any; `null` where none is named.
   */
  keywords?: string[] | null;
  /**
   * The text that guides the transcription; `null` where there is none.
   */
  prompt?: string | null;
  /**
   * How long the model may wait before it writes.
   */
  delay?: "minimal" | "low" | "medium" | "high" | "xhigh" | (string & {}) | null;
}

/**
 * What the service does with the user's audio, as it reports it.
 */
export interface AudioInputState {
  /**
   * The encoding of `input_audio_buffer.append`.
   */
  format?: AudioFormat | null;
  /**
   * How the user's speech is written down; `null` when it is not.
   */
  transcription?: TranscriptionState | null;
  /**
   * How noise is filtered; `null` when it is not.
   */
  noise_reduction?: NoiseReduction | null;
  /**
   * How turns are found; `null` when the client does it.
   */
  turn_detection?: TurnDetection | null;
}

/**
 * How the assistant sounds, as the service reports it.
 */
export interface AudioOutputState {
  /**
   * The encoding of `response.output_audio.delta`.
   */
  format?: AudioFormat | null;
  /**
   * The voice that speaks, by name, or by id where it is a custom one.
   */
  voice?: Voice | null;
  /**
   * How fast it speaks, as a multiple of the natural speed.
   */
  speed?: number;
}

/**
 * The audio settings in force, both ways.
 */
export interface AudioState {
  /**
   * What the service does with the user's audio.
   */
  input?: AudioInputState;
  /**
   * How the assistant sounds: voice, speed, encoding.
   */
  output?: AudioOutputState;
}

/**
 * The settings in force in a conversation, as the service reports them: complete, with `null` where
 * something is off.
 */
export interface SessionState {
  /**
   * Marks a conversation.
   */
  type: "realtime";
  /**
   * The id of the session, `sess_…`.
   */
  id?: string;
  /**
   * What the object is: `realtime.session` or `realtime.transcription_session`.
   */
  object?: string;
  /**
   * When the service ends the session, in seconds since 1970; at OpenAI 60 minutes after it began.
   */
  expires_at?: number;
  /**
   * The model, often with its date.
   */
  model?: ModelName;
  /**
   * What responses consist of: `["audio"]` or `["text"]`.
   */
  output_modalities?: OutputModalities;
  /**
   * What the model was told to be and do; the service's own text until a client sets one.
   */
  instructions?: string;
  /**
   * How audio goes in and comes out.
   */
  audio?: AudioState;
  /**
   * What the model can use; secrets of MCP servers are left out.
   */
  tools?: Tool[];
  /**
   * How the model picks among the tools.
   */
  tool_choice?: ToolChoice;
  /**
   * Whether one response may call several tools; `null` where the model knows no such choice.
   */
  parallel_tool_calls?: boolean | null;
  /**
   * How much the model thinks; `null` where it does not.
   */
  reasoning?: Reasoning | null;
  /**
   * How long one response may be, in tokens; `"inf"` for no bound.
   */
  max_output_tokens?: number | "inf";
  /**
   * What happens when the conversation outgrows the context.
   */
  truncation?: Truncation;
  /**
   * The stored prompt in use, or `null`.
   */
  prompt?: Prompt | null;
  /**
   * Whether the provider keeps a trace, or `null`.
   */
  tracing?: Tracing | null;
  /**
   * Extras that the service adds to its events, or `null`.
   */
  include?: IncludeField[] | null;
}

/**
 * The audio settings in force in a transcription session.
 */
export interface TranscriptionAudioState {
  /**
   * What the service does with the speaker's audio.
   */
  input?: AudioInputState;
}

/**
 * The settings in force in a transcription session, as the service reports them.
 */
export interface TranscriptionSessionState {
  /**
   * Marks transcription.
   */
  type: "transcription";
  /**
   * The id of the session, `sess_…`.
   */
  id?: string;
  /**
   * What the object is: `realtime.session` or `realtime.transcription_session`.
   */
  object?: string;
  /**
   * When the service ends the session, in seconds since 1970; at OpenAI 60 minutes after it began.
   */
  expires_at?: number;
  /**
   * How audio goes in, and which model writes it down.
   */
  audio?: TranscriptionAudioState;
  /**
   * Extras that the service adds to its events, or `null`.
   */
  include?: IncludeField[] | null;
}

/**
 * The settings in force in a session of either kind, as the service reports them. Told apart by `type`.
 */
export type AnySessionState = SessionState | TranscriptionSessionState;

/**
 * The session exists and the key and the model were accepted: the first event of a connection. An open
 * socket alone proves neither. A second connection to a running session may not see it.
 */
export interface SessionCreatedEvent {
  /**
   * Says which event this is.
   */
  type: "session.created";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The settings in force, told apart by `type`.
   */
  session: AnySessionState;
}

/**
 * A `session.update` was carried out. Carries all settings, not only the changed ones, and no id of the
 * command.
 */
export interface SessionUpdatedEvent {
  /**
   * Says which event this is.
   */
  type: "session.updated";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * All settings in force from now on, told apart by `type`.
   */
  session: AnySessionState;
}

/**
 * A part of any message of the conversation.
 */
export type ContentPart = InputTextPart | InputAudioPart | InputImagePart | OutputTextPart | OutputAudioPart;

/**
 * A message of anybody in the conversation.
 */
export type MessageItem = SystemMessage | UserMessage | AssistantMessage;

/**
 * One event, of either side of the wire or of this machine alone.
 */
export interface RecordingEventLine {
  /**
   * Milliseconds of a monotonic clock since the session was opened; `null` where the recording has no
   * clock.
   */
  t: number | null;
  /**
   * Who made it: the service, the client, or this machine alone (`local`).
   */
  from: "server" | "client" | "local";
  /**
   * The event as it came, unknown fields included.
   */
  event: {
    [k: string]: unknown;
  };
}

/**
 * The first line of a recording. Any further fields are free: where it comes from, which program made it.
 */
export interface RecordingHeader {
  /**
   * The version of the format; a reader refuses one that it does not know.
   */
  duologue: 1;
  /**
   * The name of the event protocol, such as `openai-realtime`.
   */
  protocol: string;
  /**
   * Whose service it was, such as `openai`, `azure` or `xai`.
   */
  provider?: string;
}

/**
 * Why a link ended.
 */
export interface RecordingLinkClosing {
  /**
   * The close code of the medium; 1006 where the peer vanished without one.
   */
  code: number;
  /**
   * The reason given; may be empty.
   */
  reason: string;
}

/**
 * A link ended.
 */
export interface RecordingLinkClosedLine {
  /**
   * Milliseconds of a monotonic clock since the session was opened; `null` where the recording has no
   * clock.
   */
  t: number | null;
  /**
   * Marks the link itself.
   */
  from: "link";
  /**
   * How it ended, by code and reason.
   */
  closed: RecordingLinkClosing;
}

/**
 * What is known of a link that opened.
 */
export interface RecordingLinkOpening {
  /**
   * The name of the transport, such as `websocket`.
   */
  transport?: string;
  /**
   * Whether speech travels as events or on a media track.
   */
  audio?: "events" | "media";
}

/**
 * A link opened.
 */
export interface RecordingLinkOpenedLine {
  /**
   * Milliseconds of a monotonic clock since the session was opened; `null` where the recording has no
   * clock.
   */
  t: number | null;
  /**
   * Marks the link itself.
   */
  from: "link";
  /**
   * How it travels, as far as that is known.
   */
  opened: RecordingLinkOpening;
}

/**
 * A frame that was no JSON object.
 */
export interface RecordingTextLine {
  /**
   * Milliseconds of a monotonic clock since the session was opened; `null` where the recording has no
   * clock.
   */
  t: number | null;
  /**
   * Who sent it, the service or the client.
   */
  from: "server" | "client";
  /**
   * The frame as it came, every character of it.
   */
  text: string;
  /**
   * Why it was no event, as its reader found.
   */
  reason?: string;
}

/**
 * One line of a recording, which is UTF-8 text with a JSON object a line: first a header, then entries in
 * the order in which they happened. Secrets never enter one.
 */
export type RecordingLine =
  | RecordingHeader
  | RecordingEventLine
  | RecordingTextLine
  | RecordingLinkOpenedLine
  | RecordingLinkClosedLine;

/** Everything that a client can send. Told apart by `type`. */
export type ClientEvent =
  | ConversationItemCreateEvent
  | ConversationItemDeleteEvent
  | ConversationItemRetrieveEvent
  | ConversationItemTruncateEvent
  | InputAudioBufferAppendEvent
  | InputAudioBufferClearEvent
  | InputAudioBufferCommitEvent
  | OutputAudioBufferClearEvent
  | ResponseCancelEvent
  | ResponseCreateEvent
  | SessionUpdateEvent;

/** Everything that a service can send. Told apart by `type`. */
export type ServerEvent =
  | ConversationCreatedEvent
  | ConversationItemAddedEvent
  | ConversationItemCreatedEvent
  | ConversationItemDeletedEvent
  | ConversationItemDoneEvent
  | ConversationItemInputAudioTranscriptionCompletedEvent
  | ConversationItemInputAudioTranscriptionDeltaEvent
  | ConversationItemInputAudioTranscriptionFailedEvent
  | ConversationItemInputAudioTranscriptionSegmentEvent
  | ConversationItemRetrievedEvent
  | ConversationItemTruncatedEvent
  | ServerErrorEvent
  | InputAudioBufferClearedEvent
  | InputAudioBufferCommittedEvent
  | InputAudioBufferDtmfEventReceivedEvent
  | InputAudioBufferSpeechStartedEvent
  | InputAudioBufferSpeechStoppedEvent
  | InputAudioBufferTimeoutTriggeredEvent
  | McpListToolsCompletedEvent
  | McpListToolsFailedEvent
  | McpListToolsInProgressEvent
  | OutputAudioBufferClearedEvent
  | OutputAudioBufferStartedEvent
  | OutputAudioBufferStoppedEvent
  | RateLimitsUpdatedEvent
  | ResponseContentPartAddedEvent
  | ResponseContentPartDoneEvent
  | ResponseCreatedEvent
  | ResponseDoneEvent
  | ResponseFunctionCallArgumentsDeltaEvent
  | ResponseFunctionCallArgumentsDoneEvent
  | ResponseMcpCallCompletedEvent
  | ResponseMcpCallFailedEvent
  | ResponseMcpCallInProgressEvent
  | ResponseMcpCallArgumentsDeltaEvent
  | ResponseMcpCallArgumentsDoneEvent
  | ResponseOutputAudioDeltaEvent
  | ResponseOutputAudioDoneEvent
  | ResponseOutputAudioTranscriptDeltaEvent
  | ResponseOutputAudioTranscriptDoneEvent
  | ResponseOutputItemAddedEvent
  | ResponseOutputItemDoneEvent
  | ResponseOutputTextDeltaEvent
  | ResponseOutputTextDoneEvent
  | SessionCreatedEvent
  | SessionUpdatedEvent;
