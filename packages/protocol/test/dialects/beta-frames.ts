/** An event of the beta, and the fields in which its form of today differs; everything else stays. */
export interface BetaFrame {
  readonly from: "client" | "server";
  readonly event: { readonly type: string; readonly [field: string]: unknown };
  readonly becomes: Readonly<Record<string, unknown>>;
}

const place = {
  event_id: "event_1",
  response_id: "resp_1",
  item_id: "item_1",
  output_index: 0,
  content_index: 0,
};

const session = {
  id: "sess_1",
  object: "realtime.session",
  model: "gpt-4o-realtime-preview",
  expires_at: 1_740_000_000,
  modalities: ["audio", "text"],
  instructions: "Be brief.",
  voice: "verse",
  speed: 1.25,
  turn_detection: { type: "server_vad", threshold: 0.5, prefix_padding_ms: 300, silence_duration_ms: 200 },
  input_audio_format: "pcm16",
  output_audio_format: "g711_ulaw",
  input_audio_transcription: null,
  input_audio_noise_reduction: { type: "near_field" },
  tool_choice: "auto",
  temperature: 0.8,
  max_response_output_tokens: "inf",
  client_secret: { value: "ek_1", expires_at: 0 },
  tools: [],
};

const nested = {
  type: "realtime",
  id: "sess_1",
  object: "realtime.session",
  model: "gpt-4o-realtime-preview",
  expires_at: 1_740_000_000,
  output_modalities: ["audio"],
  instructions: "Be brief.",
  audio: {
    input: {
      format: { type: "audio/pcm", rate: 24000 },
      transcription: null,
      noise_reduction: { type: "near_field" },
      turn_detection: session.turn_detection,
    },
    output: { format: { type: "audio/pcmu" }, voice: "verse", speed: 1.25 },
  },
  tool_choice: "auto",
  temperature: 0.8,
  max_output_tokens: "inf",
  client_secret: { value: "ek_1", expires_at: 0 },
  tools: [],
};

const transcription = {
  input_audio_format: "g711_alaw",
  input_audio_transcription: { model: "gpt-4o-transcribe", language: "en" },
  turn_detection: null,
  input_audio_noise_reduction: null,
};

const nestedTranscription = {
  type: "transcription",
  audio: {
    input: {
      format: { type: "audio/pcma" },
      transcription: { model: "gpt-4o-transcribe", language: "en" },
      turn_detection: null,
      noise_reduction: null,
    },
  },
};

const spoken = {
  id: "item_1",
  object: "realtime.item",
  type: "message",
  status: "completed",
  role: "assistant",
};
const asked = { id: "item_0", type: "message", status: "completed", role: "user" };

const response = {
  id: "resp_1",
  object: "realtime.response",
  status: "completed",
  status_details: null,
  conversation_id: "conv_1",
  modalities: ["text", "audio"],
  voice: "verse",
  output_audio_format: "pcm16",
  temperature: 0.8,
  max_output_tokens: "inf",
  usage: {
    total_tokens: 3,
    input_tokens: 1,
    output_tokens: 2,
    input_token_details: { text_tokens: 1, cached_tokens: 0 },
  },
  metadata: null,
  output: [{ ...spoken, content: [{ type: "audio", transcript: "Hello!" }] }],
};

const { modalities, voice, output_audio_format, ...rest } = response;
const nestedResponse = {
  ...rest,
  output_modalities: ["audio"],
  audio: { output: { format: { type: "audio/pcm", rate: 24000 }, voice: "verse" } },
  output: [{ ...spoken, content: [{ type: "output_audio", transcript: "Hello!" }] }],
};

/** One of each kind of beta event that differs from today's. */
export const betaFrames: readonly BetaFrame[] = [
  ...(["session.created", "session.updated"] as const).map((type) => ({
    from: "server" as const,
    event: { type, event_id: "event_1", session },
    becomes: { session: nested },
  })),
  {
    from: "client",
    event: {
      type: "session.update",
      session: { modalities: ["text"], voice: "ash", max_response_output_tokens: 100 },
    },
    becomes: {
      session: {
        type: "realtime",
        output_modalities: ["text"],
        audio: { output: { voice: "ash" } },
        max_output_tokens: 100,
      },
    },
  },
  {
    from: "client",
    event: { type: "transcription_session.update", event_id: "event_9", session: transcription },
    becomes: { type: "session.update", session: nestedTranscription },
  },
  ...(["created", "updated"] as const).map((what) => ({
    from: "server" as const,
    event: { type: `transcription_session.${what}`, event_id: "event_1", session: transcription },
    becomes: { type: `session.${what}`, session: nestedTranscription },
  })),
  {
    from: "server",
    event: {
      type: "session.updated",
      event_id: "event_1",
      session: { object: "realtime.transcription_session", id: "sess_1", ...transcription },
    },
    becomes: { session: { object: "realtime.transcription_session", id: "sess_1", ...nestedTranscription } },
  },
  ...(["text", "audio_transcript", "audio"] as const).map((what) => ({
    from: "server" as const,
    event: { type: `response.${what}.delta`, ...place, delta: "AAAA" },
    becomes: { type: `response.output_${what}.delta` },
  })),
  {
    from: "server",
    event: { type: "response.text.done", ...place, text: "Hello!" },
    becomes: { type: "response.output_text.done" },
  },
  {
    from: "server",
    event: { type: "response.audio.done", ...place },
    becomes: { type: "response.output_audio.done" },
  },
  {
    from: "server",
    event: { type: "response.audio_transcript.done", ...place, transcript: "Hello!" },
    becomes: { type: "response.output_audio_transcript.done" },
  },
  {
    from: "server",
    event: {
      type: "conversation.item.created",
      event_id: "event_1",
      previous_item_id: null,
      item: { ...asked, content: [{ type: "input_audio", transcript: null }] },
    },
    becomes: { type: "conversation.item.added" },
  },
  {
    from: "server",
    event: {
      type: "conversation.item.retrieved",
      event_id: "event_1",
      item: { ...asked, content: [{ type: "audio", transcript: "Hi.", audio: "AAAA", format: "pcm16" }] },
    },
    becomes: {
      item: {
        ...asked,
        content: [{ type: "input_audio", transcript: "Hi.", audio: "AAAA", format: "pcm16" }],
      },
    },
  },
  {
    from: "server",
    event: {
      type: "response.output_item.done",
      event_id: "event_1",
      response_id: "resp_1",
      output_index: 0,
      item: { ...spoken, content: [{ type: "text", text: "Hello!" }] },
    },
    becomes: { item: { ...spoken, content: [{ type: "output_text", text: "Hello!" }] } },
  },
  ...(["created", "done"] as const).map((what) => ({
    from: "server" as const,
    event: { type: `response.${what}`, event_id: "event_1", response },
    becomes: { response: nestedResponse },
  })),
  {
    from: "client",
    event: {
      type: "response.create",
      response: {
        modalities: ["text"],
        voice: "ash",
        output_audio_format: "g711_alaw",
        max_response_output_tokens: 50,
        temperature: 0.7,
        input: [
          { type: "item_reference", id: "item_0" },
          { type: "message", role: "assistant", content: [{ type: "text", text: "Hello!" }] },
        ],
      },
    },
    becomes: {
      response: {
        output_modalities: ["text"],
        audio: { output: { voice: "ash", format: { type: "audio/pcma" } } },
        max_output_tokens: 50,
        temperature: 0.7,
        input: [
          { type: "item_reference", id: "item_0" },
          { type: "message", role: "assistant", content: [{ type: "output_text", text: "Hello!" }] },
        ],
      },
    },
  },
  {
    from: "client",
    event: {
      type: "conversation.item.create",
      item: { type: "message", role: "system", content: [{ type: "text", text: "Be brief." }] },
    },
    becomes: {
      item: { type: "message", role: "system", content: [{ type: "input_text", text: "Be brief." }] },
    },
  },
  ...(["started", "stopped", "cleared"] as const).map((what) => ({
    from: "server" as const,
    event: { type: `output_audio_buffer.audio_${what}`, event_id: "event_1", response_id: "resp_1" },
    becomes: { type: `output_audio_buffer.${what}` },
  })),
  {
    // The beta does not name the function here.
    from: "server",
    event: { type: "response.function_call_arguments.done", ...place, call_id: "call_1", arguments: "{}" },
    becomes: {},
  },
];
