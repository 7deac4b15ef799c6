import fc from "fast-check";
import { base64, silence, speech } from "./conversation.ts";

const id = fc.constantFrom("a", "b", "c", "d", "item_1", "gone", "");
/** A second of somebody who speaks. */
export const speechAudio = base64(speech("Hello there", 300).subarray(0, 24_000));
const silentAudio = base64(silence(150));
const audio = fc.constantFrom(speechAudio, silentAudio, silentAudio, "AAA=", "", "no base64");
const words = fc.constantFrom("Hi", "", "What is it?", "ünï ☂", "\u{1f600}");
const modalities = fc.constantFrom(["audio"], ["text"]);

const item = fc.oneof(
  fc.record({
    id,
    type: fc.constant("message"),
    role: fc.constantFrom("user", "system", "assistant", "critic"),
    content: fc.array(
      fc.record(
        {
          type: fc.constantFrom("input_text", "input_audio", "output_text", "input_image"),
          text: words,
          audio,
          image_url: fc.constant("data:image/png;base64,AA=="),
        },
        { requiredKeys: ["type"] },
      ),
      { maxLength: 2 },
    ),
  }),
  fc.record({ type: fc.constant("message"), role: fc.constant("user"), content: fc.constant([]) }),
  fc.record({
    type: fc.constantFrom("function_call", "function_call_output"),
    call_id: fc.constantFrom("call_1", "call_2"),
    name: fc.constant("look"),
    arguments: fc.constant("{}"),
    output: words,
  }),
  fc.record({ type: fc.constant("function_call"), call_id: id, name: words, arguments: words }),
  fc.record({ type: fc.constant("function_call_output"), call_id: id, output: words }),
  fc.record(
    {
      type: fc.constant("mcp_approval_response"),
      approval_request_id: fc.constantFrom("approval_1", "gone"),
      approve: fc.boolean(),
      reason: words,
    },
    { requiredKeys: ["type", "approval_request_id", "approve"] },
  ),
  fc.record({ type: fc.constantFrom("mcp_call", "mcp_list_tools"), server_label: fc.constant("docs") }),
);

const turnDetection = fc.oneof(
  fc.constant(null),
  fc.record(
    {
      type: fc.constantFrom("server_vad", "semantic_vad"),
      threshold: fc.double({ min: -0.2, max: 1.2 }),
      silence_duration_ms: fc.constantFrom(0, 100, 200, -5),
      create_response: fc.boolean(),
      interrupt_response: fc.boolean(),
      idle_timeout_ms: fc.constantFrom(null, 6000),
    },
    { requiredKeys: ["type"] },
  ),
);

const mcpTool = fc.record(
  {
    type: fc.constant("mcp"),
    server_label: fc.constantFrom("docs", "docs", "broken", "nowhere"),
    server_url: fc.constantFrom("https://one.example", "https://two.example"),
    connector_id: fc.constantFrom("connector_gmail", "connector_fax"),
    authorization: fc.constant("secret-token"),
    headers: fc.constantFrom(null, { authorization: "secret-token" }),
    allowed_tools: fc.constantFrom(null, ["search"], { read_only: true }, []),
    require_approval: fc.constantFrom("always", "never", "never", { never: { tool_names: ["search"] } }),
  },
  { requiredKeys: ["type", "server_label"] },
);

const tools = fc.oneof(
  fc.constantFrom<unknown[]>([], [{ type: "function", name: "look" }]),
  fc.array(mcpTool, { maxLength: 2 }),
  fc.constant([
    { type: "mcp", server_label: "docs", server_url: "https://one.example", require_approval: "never" },
  ]),
);

const prompt = fc.constantFrom<unknown>(
  null,
  { id: "pmpt_1", variables: { city: "Oslo" } },
  { id: "pmpt_1" },
  { id: "pmpt_2", version: "3" },
);

const session = fc.record(
  {
    type: fc.constantFrom("realtime", "realtime", "realtime", "transcription"),
    instructions: words,
    output_modalities: fc.oneof(modalities, fc.constant(["audio", "text"])),
    tools,
    prompt,
    tool_choice: fc.constantFrom("auto", "none", "required", { type: "function", name: "look" }),
    max_output_tokens: fc.constantFrom(0, 1, 10, 4096, "inf", "many"),
    truncation: fc.constantFrom("auto", "disabled", { type: "retention_ratio", retention_ratio: 0.5 }),
    tracing: fc.constantFrom(null, "auto"),
    include: fc.constantFrom(null, ["item.input_audio_transcription.logprobs"]),
    audio: fc.record(
      {
        input: fc.record(
          {
            format: fc.constantFrom(
              { type: "audio/pcm", rate: 24000 },
              { type: "audio/pcm", rate: 8000 },
              { type: "audio/pcmu" },
            ),
            transcription: fc.constantFrom(null, {}, { model: "whisper-1" }, { model: "gpt-4o-transcribe" }),
            noise_reduction: fc.constantFrom(null, { type: "near_field" }, { strength: 0.3 }),
            turn_detection: turnDetection,
          },
          { requiredKeys: [] },
        ),
        output: fc.record(
          {
            format: fc.constantFrom({ type: "audio/pcm" }, { type: "audio/pcma" }),
            voice: fc.constantFrom("alloy", "marin", { id: "voice_1" }),
            speed: fc.constantFrom(1, 1.5, 9),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["type"] },
);

const response = fc.record(
  {
    conversation: fc.constantFrom("auto", "none", "none", "other"),
    output_modalities: modalities,
    instructions: words,
    metadata: fc.constantFrom(null, { a: "b" }, { a: 1 }),
    max_output_tokens: fc.constantFrom(2, 100, "inf"),
    input: fc.array(fc.oneof(item, fc.record({ type: fc.constant("item_reference"), id })), { maxLength: 2 }),
    tool_choice: fc.constantFrom<unknown>("auto", "required", { type: "mcp", server_label: "docs" }),
    tools,
    prompt,
  },
  { requiredKeys: [] },
);

/**
 * Objects within objects: what a service takes, what nobody can read any more, and, seldom for it takes long to read,
 * what nothing recursive survives.
 */
const nested = fc
  .oneof(
    { weight: 15, arbitrary: fc.constantFrom(900, 1_000, 3_000) },
    { weight: 1, arbitrary: fc.constant(20_000) },
  )
  .map((levels) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`);

/** Frames that hold something deep where a command may hold anything. */
const deep = fc.oneof(
  nested.map(
    (text) =>
      `{"type":"session.update","session":{"type":"realtime","tools":[{"type":"function","name":"look","parameters":${text}}]}}`,
  ),
  nested.map(
    (text) =>
      `{"type":"response.create","response":{"tools":[{"type":"function","name":"look","parameters":${text}}]}}`,
  ),
  nested.map(
    (text) => `{"type":"session.update","session":{"type":"realtime","tracing":{"metadata":${text}}}}`,
  ),
  nested.map((text) => `{"type":"conversation.item.create","item":${text}}`),
  nested,
);

const command = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant("input_audio_buffer.append"), audio }) },
  fc.record({ type: fc.constantFrom("input_audio_buffer.commit", "input_audio_buffer.clear") }),
  fc.record({ type: fc.constant("session.update"), session }),
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant("conversation.item.create"), previous_item_id: id, item }),
  },
  fc.record({
    type: fc.constantFrom(
      "conversation.item.delete",
      "conversation.item.delete",
      "conversation.item.retrieve",
    ),
    item_id: id,
  }),
  fc.record({
    type: fc.constant("conversation.item.truncate"),
    item_id: id,
    content_index: fc.constantFrom(0, 0, 1),
    audio_end_ms: fc.integer({ min: -1, max: 3000 }),
  }),
  { weight: 2, arbitrary: fc.record({ type: fc.constant("response.create"), response }) },
  fc.record({ type: fc.constantFrom("response.create", "response.cancel") }),
  fc.record({
    type: fc.constantFrom(
      "output_audio_buffer.clear",
      "session.close",
      "nope",
      "",
      "__proto__",
      "constructor",
    ),
  }),
);

/** Frames that a client might send: most of them legal, others nearly so, and some nothing of the kind. */
export const frames: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 30,
    arbitrary: fc
      .tuple(command, fc.option(fc.string({ maxLength: 8 }), { nil: undefined }))
      .map(([event, event_id]) => JSON.stringify(event_id === undefined ? event : { ...event, event_id })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(command, fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 2 }))
      .map(([event, key, value]) => JSON.stringify({ ...event, [key]: value })),
  },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string() },
  {
    weight: 1,
    arbitrary: fc.tuple(command, fc.nat(60)).map(([event, length]) => JSON.stringify(event).slice(0, length)),
  },
);
