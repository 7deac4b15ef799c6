import type { Entry } from "@duologue/core";

type Fields = Record<string, unknown>;

export const server = (at: number | null, type: string, fields: Fields = {}): Entry => ({
  at,
  from: "server",
  event: { type, ...fields },
});

export const client = (at: number | null, type: string, fields: Fields = {}): Entry => ({
  at,
  from: "client",
  event: { type, ...fields },
});

export const local = (at: number | null, type: string, fields: Fields = {}): Entry =>
  // Tests write local events that this package has.
  ({ at, from: "local", event: { type, ...fields } }) as Entry;

/** So many milliseconds of PCM16 at 24 kHz, every sample the same. */
export function tone(ms: number, sample = 8000): string {
  return Buffer.from(new Int16Array(ms * 24).fill(sample).buffer).toString("base64");
}

const place = { response_id: "resp_1", item_id: "a1", output_index: 0, content_index: 0 };
const item = (id: string, role: string, content: unknown[] = []) => ({
  id,
  type: "message",
  role,
  status: "in_progress",
  content,
});

/**
 * The user asks for half a second from 600 ms on; a tool is called; the assistant answers with two seconds of speech,
 * of which 700 ms are heard before the user speaks again.
 */
export const bargeIn: readonly Entry[] = [
  local(0, "link.opened", { transport: "websocket", audio: "events" }),
  server(10, "session.created", {
    session: {
      type: "realtime",
      model: "gpt-realtime",
      audio: {
        input: {
          format: { type: "audio/pcm", rate: 24000 },
          turn_detection: { type: "server_vad", silence_duration_ms: 200, prefix_padding_ms: 100 },
        },
        output: { format: { type: "audio/pcm", rate: 24000 } },
      },
    },
  }),
  // The microphone begins at 100 ms and sends each tenth of a second when it is over.
  ...Array.from({ length: 40 }, (_, index) =>
    client(200 + index * 100, "input_audio_buffer.append", {
      audio: tone(100, index >= 5 && index < 10 ? 16000 : 0),
    }),
  ),
  server(750, "input_audio_buffer.speech_started", { audio_start_ms: 400, item_id: "u1" }),
  server(1350, "input_audio_buffer.speech_stopped", { audio_end_ms: 1200, item_id: "u1" }),
  server(1360, "input_audio_buffer.committed", { item_id: "u1", previous_item_id: null }),
  server(1361, "conversation.item.added", {
    previous_item_id: null,
    item: item("u1", "user", [{ type: "input_audio", transcript: null }]),
  }),
  server(1400, "response.created", { response: { id: "resp_0", status: "in_progress", output: [] } }),
  server(1410, "response.output_item.added", {
    response_id: "resp_0",
    output_index: 0,
    item: { id: "f1", type: "function_call", call_id: "call_1", name: "look_up", arguments: "" },
  }),
  server(1450, "response.function_call_arguments.done", {
    ...place,
    response_id: "resp_0",
    item_id: "f1",
    call_id: "call_1",
    name: "look_up",
    arguments: '{"what": "weather"}',
  }),
  server(1460, "response.done", {
    response: {
      id: "resp_0",
      status: "completed",
      output: [],
      usage: { total_tokens: 12, input_tokens: 10, output_tokens: 2 },
    },
  }),
  client(1500, "conversation.item.create", {
    item: { type: "function_call_output", call_id: "call_1", output: '{"sky":"clear"}' },
  }),
  client(1501, "response.create"),
  server(1550, "response.created", { response: { id: "resp_1", status: "in_progress", output: [] } }),
  server(1560, "conversation.item.added", { previous_item_id: "u1", item: item("a1", "assistant") }),
  server(1600, "response.output_audio_transcript.delta", { ...place, delta: "One two three four" }),
  server(1600, "response.output_audio.delta", { ...place, delta: tone(1000) }),
  server(1700, "response.output_audio.delta", { ...place, delta: tone(1000) }),
  server(1710, "conversation.item.input_audio_transcription.completed", {
    item_id: "u1",
    content_index: 0,
    transcript: "What is the weather?",
  }),
  local(1820, "playback.progress", { itemId: "a1", contentIndex: 0, heardMs: 200 }),
  local(2120, "playback.progress", { itemId: "a1", contentIndex: 0, heardMs: 500 }),
  server(2310, "input_audio_buffer.speech_started", { audio_start_ms: 2100, item_id: "u2" }),
  local(2320, "playback.flushed", { itemId: "a1", contentIndex: 0, heardMs: 700 }),
  client(2321, "conversation.item.truncate", { item_id: "a1", content_index: 0, audio_end_ms: 700 }),
  server(2330, "response.done", {
    response: {
      id: "resp_1",
      status: "cancelled",
      status_details: { type: "cancelled", reason: "turn_detected" },
      output: [],
      usage: { total_tokens: 50, input_tokens: 30, output_tokens: 20 },
    },
  }),
  server(2340, "conversation.item.truncated", { item_id: "a1", content_index: 0, audio_end_ms: 700 }),
  server(2400, "error", { error: { type: "invalid_request_error", code: "oops", message: "No & <no>." } }),
  local(6000, "link.closed", { code: 1006, reason: "" }),
].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
