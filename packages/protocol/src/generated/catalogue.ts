// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/catalogue-source.ts from schemas/**/*.json.

// What is known of each event beside its shape.

import type { ClientEventFacts, ServerEventFacts } from "../event-facts.ts";
import type { ClientEvent, ServerEvent } from "./types.ts";

/** The type of every client event. */
export const clientEventTypes: ReadonlySet<string> = /* @__PURE__ */ new Set<ClientEvent["type"]>([
  "conversation.item.create",
  "conversation.item.delete",
  "conversation.item.retrieve",
  "conversation.item.truncate",
  "input_audio_buffer.append",
  "input_audio_buffer.clear",
  "input_audio_buffer.commit",
  "output_audio_buffer.clear",
  "response.cancel",
  "response.create",
  "session.update",
]);

/** The type of every server event. */
export const serverEventTypes: ReadonlySet<string> = /* @__PURE__ */ new Set<ServerEvent["type"]>([
  "conversation.created",
  "conversation.item.added",
  "conversation.item.created",
  "conversation.item.deleted",
  "conversation.item.done",
  "conversation.item.input_audio_transcription.completed",
  "conversation.item.input_audio_transcription.delta",
  "conversation.item.input_audio_transcription.failed",
  "conversation.item.input_audio_transcription.segment",
  "conversation.item.retrieved",
  "conversation.item.truncated",
  "error",
  "input_audio_buffer.cleared",
  "input_audio_buffer.committed",
  "input_audio_buffer.dtmf_event_received",
  "input_audio_buffer.speech_started",
  "input_audio_buffer.speech_stopped",
  "input_audio_buffer.timeout_triggered",
  "mcp_list_tools.completed",
  "mcp_list_tools.failed",
  "mcp_list_tools.in_progress",
  "output_audio_buffer.cleared",
  "output_audio_buffer.started",
  "output_audio_buffer.stopped",
  "rate_limits.updated",
  "response.content_part.added",
  "response.content_part.done",
  "response.created",
  "response.done",
  "response.function_call_arguments.delta",
  "response.function_call_arguments.done",
  "response.mcp_call.completed",
  "response.mcp_call.failed",
  "response.mcp_call.in_progress",
  "response.mcp_call_arguments.delta",
  "response.mcp_call_arguments.done",
  "response.output_audio.delta",
  "response.output_audio.done",
  "response.output_audio_transcript.delta",
  "response.output_audio_transcript.done",
  "response.output_item.added",
  "response.output_item.done",
  "response.output_text.delta",
  "response.output_text.done",
  "session.created",
  "session.updated",
]);

/** The types of the server events that answer each client event; `never` where none does. */
export interface ClientEventAnswers {
  readonly "conversation.item.create": "conversation.item.added" | "conversation.item.created";
  readonly "conversation.item.delete": "conversation.item.deleted";
  readonly "conversation.item.retrieve": "conversation.item.retrieved";
  readonly "conversation.item.truncate": "conversation.item.truncated";
  readonly "input_audio_buffer.append": never;
  readonly "input_audio_buffer.clear": "input_audio_buffer.cleared";
  readonly "input_audio_buffer.commit": "input_audio_buffer.committed";
  readonly "output_audio_buffer.clear": "output_audio_buffer.cleared";
  readonly "response.cancel": "response.done";
  readonly "response.create": "response.created";
  readonly "session.update": "session.updated";
}

/** Every client event: its family, the media on which it makes sense, and the server events that answer it. */
export const clientEvents: {
  readonly [K in ClientEvent["type"]]: ClientEventFacts<ClientEventAnswers[K] & ServerEvent["type"]>;
} = {
  "conversation.item.create": {
    direction: "client",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
    acknowledgedBy: ["conversation.item.added", "conversation.item.created"],
  },
  "conversation.item.delete": {
    direction: "client",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
    acknowledgedBy: ["conversation.item.deleted"],
  },
  "conversation.item.retrieve": {
    direction: "client",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
    acknowledgedBy: ["conversation.item.retrieved"],
  },
  "conversation.item.truncate": {
    direction: "client",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
    acknowledgedBy: ["conversation.item.truncated"],
  },
  "input_audio_buffer.append": {
    direction: "client",
    family: "input_audio_buffer",
    media: ["websocket"],
    acknowledgedBy: [],
  },
  "input_audio_buffer.clear": {
    direction: "client",
    family: "input_audio_buffer",
    media: ["websocket", "webrtc", "sip"],
    acknowledgedBy: ["input_audio_buffer.cleared"],
  },
  "input_audio_buffer.commit": {
    direction: "client",
    family: "input_audio_buffer",
    media: ["websocket", "webrtc", "sip"],
    acknowledgedBy: ["input_audio_buffer.committed"],
  },
  "output_audio_buffer.clear": {
    direction: "client",
    family: "output_audio_buffer",
    media: ["webrtc", "sip"],
    acknowledgedBy: ["output_audio_buffer.cleared"],
  },
  "response.cancel": {
    direction: "client",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
    acknowledgedBy: ["response.done"],
  },
  "response.create": {
    direction: "client",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
    acknowledgedBy: ["response.created"],
  },
  "session.update": {
    direction: "client",
    family: "session",
    media: ["websocket", "webrtc", "sip"],
    acknowledgedBy: ["session.updated"],
  },
};

/** Every server event: its family and the media on which services send it. */
export const serverEvents: { readonly [K in ServerEvent["type"]]: ServerEventFacts } = {
  "conversation.created": {
    direction: "server",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
  },
  "conversation.item.added": {
    direction: "server",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
  },
  "conversation.item.created": {
    direction: "server",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
  },
  "conversation.item.deleted": {
    direction: "server",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
  },
  "conversation.item.done": {
    direction: "server",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
  },
  "conversation.item.input_audio_transcription.completed": {
    direction: "server",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
  },
  "conversation.item.input_audio_transcription.delta": {
    direction: "server",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
  },
  "conversation.item.input_audio_transcription.failed": {
    direction: "server",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
  },
  "conversation.item.input_audio_transcription.segment": {
    direction: "server",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
  },
  "conversation.item.retrieved": {
    direction: "server",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
  },
  "conversation.item.truncated": {
    direction: "server",
    family: "conversation",
    media: ["websocket", "webrtc", "sip"],
  },
  error: { direction: "server", family: "error", media: ["websocket", "webrtc", "sip"] },
  "input_audio_buffer.cleared": {
    direction: "server",
    family: "input_audio_buffer",
    media: ["websocket", "webrtc", "sip"],
  },
  "input_audio_buffer.committed": {
    direction: "server",
    family: "input_audio_buffer",
    media: ["websocket", "webrtc", "sip"],
  },
  "input_audio_buffer.dtmf_event_received": {
    direction: "server",
    family: "input_audio_buffer",
    media: ["sip"],
  },
  "input_audio_buffer.speech_started": {
    direction: "server",
    family: "input_audio_buffer",
    media: ["websocket", "webrtc", "sip"],
  },
  "input_audio_buffer.speech_stopped": {
    direction: "server",
    family: "input_audio_buffer",
    media: ["websocket", "webrtc", "sip"],
  },
  "input_audio_buffer.timeout_triggered": {
    direction: "server",
    family: "input_audio_buffer",
    media: ["websocket", "webrtc", "sip"],
  },
  "mcp_list_tools.completed": {
    direction: "server",
    family: "mcp_list_tools",
    media: ["websocket", "webrtc", "sip"],
  },
  "mcp_list_tools.failed": {
    direction: "server",
    family: "mcp_list_tools",
    media: ["websocket", "webrtc", "sip"],
  },
  "mcp_list_tools.in_progress": {
    direction: "server",
    family: "mcp_list_tools",
    media: ["websocket", "webrtc", "sip"],
  },
  "output_audio_buffer.cleared": {
    direction: "server",
    family: "output_audio_buffer",
    media: ["webrtc", "sip"],
  },
  "output_audio_buffer.started": {
    direction: "server",
    family: "output_audio_buffer",
    media: ["webrtc", "sip"],
  },
  "output_audio_buffer.stopped": {
    direction: "server",
    family: "output_audio_buffer",
    media: ["webrtc", "sip"],
  },
  "rate_limits.updated": {
    direction: "server",
    family: "rate_limits",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.content_part.added": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.content_part.done": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.created": { direction: "server", family: "response", media: ["websocket", "webrtc", "sip"] },
  "response.done": { direction: "server", family: "response", media: ["websocket", "webrtc", "sip"] },
  "response.function_call_arguments.delta": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.function_call_arguments.done": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.mcp_call.completed": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.mcp_call.failed": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.mcp_call.in_progress": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.mcp_call_arguments.delta": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.mcp_call_arguments.done": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.output_audio.delta": { direction: "server", family: "response", media: ["websocket"] },
  "response.output_audio.done": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.output_audio_transcript.delta": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.output_audio_transcript.done": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.output_item.added": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.output_item.done": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.output_text.delta": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "response.output_text.done": {
    direction: "server",
    family: "response",
    media: ["websocket", "webrtc", "sip"],
  },
  "session.created": { direction: "server", family: "session", media: ["websocket", "webrtc", "sip"] },
  "session.updated": { direction: "server", family: "session", media: ["websocket", "webrtc", "sip"] },
};
