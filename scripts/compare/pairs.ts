/** Which of our folders of events is which union upstream. */
export const eventUnions: Readonly<Record<string, string>> = {
  "realtime/client": "RealtimeClientEvent",
  "realtime/server": "RealtimeServerEvent",
  "translation/client": "RealtimeTranslationClientEvent",
  "translation/server": "RealtimeTranslationServerEvent",
};

/**
 * Which of our definitions is which union upstream. `schemas/deviations.json` pairs objects only: unions have no
 * fields of which it could say how they differ.
 */
export const unions: Readonly<Record<string, string>> = {
  AudioFormat: "RealtimeAudioFormats",
  Item: "ConversationItem",
  Tool: "RealtimeToolsConfigUnion",
  ToolChoice: "RealtimeToolChoiceConfig",
  Tracing: "RealtimeTracingConfig",
  Truncation: "RealtimeTruncation",
  TurnDetection: "RealtimeAudioInputTurnDetection",
};
