// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/catalogue-source.ts from schemas/**/*.json.

// What is known of each event beside its shape.

import type { ClientEventFacts, ServerEventFacts } from "../../event-facts.ts";
import type { TranslationClientEvent, TranslationServerEvent } from "./types.ts";

/** The type of every client event. */
export const translationClientEventTypes: ReadonlySet<string> = /* @__PURE__ */ new Set<
  TranslationClientEvent["type"]
>(["session.close", "session.input_audio_buffer.append", "session.update"]);

/** The type of every server event. */
export const translationServerEventTypes: ReadonlySet<string> = /* @__PURE__ */ new Set<
  TranslationServerEvent["type"]
>([
  "error",
  "session.closed",
  "session.created",
  "session.input_transcript.delta",
  "session.output_audio.delta",
  "session.output_transcript.delta",
  "session.updated",
]);

/** The types of the server events that answer each client event; `never` where none does. */
export interface TranslationClientEventAnswers {
  readonly "session.close": "session.closed";
  readonly "session.input_audio_buffer.append": never;
  readonly "session.update": "session.updated";
}

/** Every client event: its family, the media on which it makes sense, and the server events that answer it. */
export const translationClientEvents: {
  readonly [K in TranslationClientEvent["type"]]: ClientEventFacts<
    TranslationClientEventAnswers[K] & TranslationServerEvent["type"]
  >;
} = {
  "session.close": {
    direction: "client",
    family: "session",
    media: ["websocket", "webrtc"],
    acknowledgedBy: ["session.closed"],
  },
  "session.input_audio_buffer.append": {
    direction: "client",
    family: "session",
    media: ["websocket"],
    acknowledgedBy: [],
  },
  "session.update": {
    direction: "client",
    family: "session",
    media: ["websocket", "webrtc"],
    acknowledgedBy: ["session.updated"],
  },
};

/** Every server event: its family and the media on which services send it. */
export const translationServerEvents: { readonly [K in TranslationServerEvent["type"]]: ServerEventFacts } = {
  error: { direction: "server", family: "error", media: ["websocket", "webrtc"] },
  "session.closed": { direction: "server", family: "session", media: ["websocket", "webrtc"] },
  "session.created": { direction: "server", family: "session", media: ["websocket", "webrtc"] },
  "session.input_transcript.delta": {
    direction: "server",
    family: "session",
    media: ["websocket", "webrtc"],
  },
  "session.output_audio.delta": { direction: "server", family: "session", media: ["websocket"] },
  "session.output_transcript.delta": {
    direction: "server",
    family: "session",
    media: ["websocket", "webrtc"],
  },
  "session.updated": { direction: "server", family: "session", media: ["websocket", "webrtc"] },
};
