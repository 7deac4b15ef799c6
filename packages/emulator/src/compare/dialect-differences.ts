import type { UnknownEvent } from "@duologue/protocol";
import type { Dialect } from "@duologue/protocol/dialects";
import type { KnownDifference } from "./known-difference.ts";

/** How services that speak a dialect differ from the emulator, which speaks OpenAI's, once their events are upcast. */
export const differencesByDialect: Readonly<Record<string, readonly KnownDifference[]>> = {
  azure: [
    {
      events: ["response.content_part.added", "response.content_part.done"],
      what: "fields",
      paths: ["content"],
      reason: "Azure sends the content part a second time under this name.",
    },
  ],
  xai: [
    {
      events: ["ping"],
      what: "recorded only",
      reason: "xAI keeps the link alive with an event of its own.",
    },
    {
      events: ["response.output_audio.done"],
      what: "elsewhere",
      reason: "xAI ends the sound of a part after the part itself.",
    },
    {
      events: ["session.updated", "conversation.created", "response.*"],
      what: "fields",
      paths: ["previous_item_id"],
      reason: "xAI gives most events one, where no item is meant as well.",
    },
    {
      events: ["session.created"],
      what: "fields",
      paths: [
        "session.audio.input.format",
        "session.audio.input.noise_reduction",
        "session.audio.input.transcription",
        "session.audio.output.format",
        "session.audio.output.speed",
        "session.expires_at",
        "session.include",
        "session.max_output_tokens",
        "session.prompt",
        "session.tool_choice",
        "session.tracing",
        "session.truncation",
      ],
      reason: "xAI leaves out the settings that nobody made, and what it has no setting for.",
    },
    {
      events: ["session.created"],
      what: "fields",
      paths: ["session.audio.input.turn_detection"],
      reason: "A new session of xAI detects no turns.",
    },
    {
      events: ["session.updated"],
      what: "fields",
      paths: [
        "session.audio.input.noise_reduction",
        "session.audio.input.transcription.language",
        "session.audio.input.transcription.prompt",
        "session.audio.input.turn_detection.idle_timeout_ms",
        "session.audio.input.turn_detection.prefix_padding_ms",
        "session.audio.input.turn_detection.silence_duration_ms",
        "session.audio.input.turn_detection.threshold",
        "session.audio.output.speed",
        "session.audio.output.voice",
        "session.expires_at",
        "session.id",
        "session.include",
        "session.object",
        "session.prompt",
        "session.tools",
        "session.tracing",
        "session.truncation",
      ],
      reason: "xAI leaves out the settings that nobody made, and what it has no setting for.",
    },
    {
      events: ["session.updated"],
      what: "fields",
      paths: [
        "session.audio.input.transport",
        "session.audio.output.transport",
        "session.enable_noise_suppression",
        "session.enable_phonetic_spelling",
        "session.keep_context",
        "session.temperature",
      ],
      reason: "Settings that only xAI has.",
    },
    {
      events: ["session.updated"],
      what: "fields",
      paths: [
        "session.input_audio_format",
        "session.input_audio_transcription",
        "session.output_audio_format",
      ],
      reason: "xAI has these settings flat and nested at once, of which the nested ones count.",
    },
    {
      events: ["conversation.item.added", "response.output_item.added", "response.output_item.done"],
      what: "fields",
      paths: ["item.object"],
      reason: "Items of xAI say that they are items, as they did in the beta.",
    },
    {
      events: ["response.done"],
      what: "fields",
      paths: ["response.output[].object"],
      reason: "Items of xAI say that they are items, as they did in the beta.",
    },
    {
      events: ["response.output_item.done"],
      what: "fields",
      paths: ["item.content[]"],
      reason: "xAI ends a message without its content, which is in `response.done`.",
    },
    {
      events: ["response.content_part.done"],
      what: "fields",
      paths: ["part"],
      reason: "xAI ends a part without it: take it from the deltas.",
    },
    {
      events: ["response.created", "response.done"],
      what: "fields",
      paths: [
        "response.audio",
        "response.conversation_id",
        "response.max_output_tokens",
        "response.metadata",
        "response.output_modalities",
      ],
      reason: "Responses of xAI do not repeat their settings.",
    },
    {
      events: ["response.created", "response.done"],
      what: "fields",
      paths: ["response.status_details"],
      reason: "xAI writes a word there, whatever the status.",
    },
    {
      events: ["response.created"],
      what: "fields",
      paths: ["response.usage"],
      reason: "A response of xAI begins with an empty usage.",
    },
    {
      events: ["response.done"],
      what: "fields",
      paths: [
        "response.usage.billable_audio_seconds",
        "response.usage.input_token_details.cached_tokens",
        "response.usage.input_token_details.cached_tokens_details",
        "response.usage.input_token_details.grok_tokens",
        "response.usage.input_token_details.image_tokens",
        "response.usage.output_audio_seconds",
        "response.usage.output_token_details.grok_tokens",
      ],
      reason: "xAI counts other things.",
    },
    {
      events: ["response.done"],
      what: "fields",
      paths: ["response_id", "usage"],
      reason: "In xAI's form the usage stands beside the response, and its id a second time.",
    },
    {
      events: ["response.output_audio.delta"],
      what: "fields",
      paths: ["audio_duration_ms", "latency", "rid", "ts"],
      reason: "xAI tells how long a piece of sound is and how long it took.",
    },
    {
      events: ["response.output_audio_transcript.delta"],
      what: "fields",
      paths: ["rid", "start_time"],
      reason: "xAI tells where in the sound the words are.",
    },
    {
      events: ["response.output_audio_transcript.delta"],
      what: "fields",
      paths: ["obfuscation"],
      reason: "xAI hides no lengths.",
    },
  ],
};

/** What is known of a dialect, given what a service that speaks it sent. */
export function dialectDifferences(
  { name, absentEvents }: Pick<Dialect, "name" | "absentEvents">,
  events: readonly UnknownEvent[],
): readonly KnownDifference[] {
  const listed = Object.hasOwn(differencesByDialect, name) ? differencesByDialect[name] : undefined;
  const absent = absentEvents.filter((type) => !events.some((event) => event.type === type));
  const reason = `The dialect ${name} does not have it.`;
  return [
    ...(listed ?? []),
    ...absent.map((type): KnownDifference => ({ events: [type], what: "emulated only", reason })),
  ];
}
