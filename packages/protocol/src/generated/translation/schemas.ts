// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/typebox-source.ts from schemas/**/*.json.

// TypeBox schemas of the translation protocol.

import { Type } from "@sinclair/typebox";
import { ErrorDetails, NoiseReduction } from "../schemas.ts";

/**
 * Has the source speech written down in its own language.
 */
export const TranslationTranscription = Type.Object(
  { model: Type.String({ description: "The model that writes it down, such as `gpt-realtime-whisper`." }) },
  {
    title: "TranslationTranscription",
    description: "Has the source speech written down in its own language.",
  },
);

/**
 * What to do with the speech that comes in.
 */
export const TranslationAudioInput = Type.Object(
  {
    transcription: Type.Optional(
      Type.Union([TranslationTranscription, Type.Null()], {
        description:
          "Whether what was said is also written down in its own language, in `session.input_transcript.delta`; `null` turns it off. The translation itself does not need it.",
      }),
    ),
    noise_reduction: Type.Optional(
      Type.Union([NoiseReduction, Type.Null()], {
        description: "How noise is filtered out before anything else hears it; `null` turns it off.",
      }),
    ),
  },
  { title: "TranslationAudioInput", description: "What to do with the speech that comes in." },
);

/**
 * What comes out of a translation.
 */
export const TranslationAudioOutput = Type.Object(
  {
    language: Type.Optional(
      Type.String({
        description:
          "The language to translate into, as an ISO 639-1 code such as `es`: of the speech and of its transcript. A change holds for what is translated from then on.",
      }),
    ),
  },
  { title: "TranslationAudioOutput", description: "What comes out of a translation." },
);

/**
 * The audio settings of a translation, both ways. The encoding is not among them: it is fixed.
 */
export const TranslationAudio = Type.Object(
  { input: Type.Optional(TranslationAudioInput), output: Type.Optional(TranslationAudioOutput) },
  {
    title: "TranslationAudio",
    description:
      "The audio settings of a translation, both ways. The encoding is not among them: it is fixed.",
  },
);

/**
 * The settings in force in a translation, as the service reports them. One session translates into one
 * language; open another for another.
 */
export const TranslationSessionState = Type.Object(
  {
    type: Type.Literal("translation", { description: "Marks a translation." }),
    id: Type.String({ description: "The id of the session, `sess_…`." }),
    model: Type.String({
      description:
        "The model that translates, such as `gpt-realtime-translate`. It is fixed when the session opens.",
    }),
    expires_at: Type.Integer({
      description:
        "When the service ends the session, in seconds since 1970. Open the next session before; nothing carries over.",
    }),
    audio: TranslationAudio,
  },
  {
    title: "TranslationSessionState",
    description:
      "The settings in force in a translation, as the service reports them. One session translates into one language; open another for another.",
  },
);

/**
 * Ends the translation in good order: the service translates what it still has, sends the rest, then
 * `session.closed`. Send no audio after it and keep reading until then; closing the link at once loses
 * the end of the translation.
 */
export const TranslationSessionCloseEvent = Type.Object(
  {
    type: Type.Literal("session.close", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
  },
  {
    title: "TranslationSessionCloseEvent",
    description:
      "Ends the translation in good order: the service translates what it still has, sends the rest, then `session.closed`. Send no audio after it and keep reading until then; closing the link at once loses the end of the translation.",
  },
);

/**
 * Adds speech to be translated. Never answered. There are no turns: what comes is translated as it comes.
 * Keep sending while nobody speaks, as silence: the service counts samples, not time, so a gap in sending
 * joins what was said before it to what is said after it.
 */
export const TranslationInputAudioBufferAppendEvent = Type.Object(
  {
    type: Type.Literal("session.input_audio_buffer.append", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    audio: Type.String({
      description:
        "The audio, base64: linear PCM, 16-bit signed little-endian, one channel, 24,000 samples a second; nothing else is taken. The service works on pieces of 200 ms (9,600 bytes), which is also the best size to send: it collects shorter ones and splits longer ones.",
      contentEncoding: "base64",
    }),
  },
  {
    title: "TranslationInputAudioBufferAppendEvent",
    description:
      "Adds speech to be translated. Never answered. There are no turns: what comes is translated as it comes. Keep sending while nobody speaks, as silence: the service counts samples, not time, so a gap in sending joins what was said before it to what is said after it.",
  },
);

/**
 * What a client can change in a running translation. Only the fields present change; a refused update
 * changes nothing at all.
 */
export const TranslationSessionConfig = Type.Object(
  { audio: Type.Optional(TranslationAudio) },
  {
    title: "TranslationSessionConfig",
    description:
      "What a client can change in a running translation. Only the fields present change; a refused update changes nothing at all.",
  },
);

/**
 * Changes the target language, the transcript of the source or the noise filter of a running translation.
 * Answered by `session.updated`, or by `error`, and then nothing changed.
 */
export const TranslationSessionUpdateEvent = Type.Object(
  {
    type: Type.Literal("session.update", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    session: TranslationSessionConfig,
  },
  {
    title: "TranslationSessionUpdateEvent",
    description:
      "Changes the target language, the transcript of the source or the noise filter of a running translation. Answered by `session.updated`, or by `error`, and then nothing changed.",
  },
);

/**
 * The service refuses something. The session goes on unless the link closes right after. It has the shape
 * of the `error` event of a conversation; which command it means stands in `error.event_id`, if that
 * command had an `event_id`.
 */
export const TranslationErrorEvent = Type.Object(
  {
    type: Type.Literal("error", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    error: ErrorDetails,
  },
  {
    title: "TranslationErrorEvent",
    description:
      "The service refuses something. The session goes on unless the link closes right after. It has the shape of the `error` event of a conversation; which command it means stands in `error.event_id`, if that command had an `event_id`.",
  },
);

/**
 * The last event after `session.close`: everything was translated and sent. The link ends next.
 */
export const TranslationSessionClosedEvent = Type.Object(
  {
    type: Type.Literal("session.closed", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
  },
  {
    title: "TranslationSessionClosedEvent",
    description:
      "The last event after `session.close`: everything was translated and sent. The link ends next.",
  },
);

/**
 * The session exists and the key and the model were accepted: the first event of a connection. An open
 * socket alone proves neither. From now on audio is translated.
 */
export const TranslationSessionCreatedEvent = Type.Object(
  {
    type: Type.Literal("session.created", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    session: TranslationSessionState,
  },
  {
    title: "TranslationSessionCreatedEvent",
    description:
      "The session exists and the key and the model were accepted: the first event of a connection. An open socket alone proves neither. From now on audio is translated.",
  },
);

/**
 * More of what was said, in the language it was said in. Only while `audio.input.transcription` is on.
 * Nothing marks the end of a sentence or a turn, and nothing corrects what was sent before.
 */
export const TranslationInputTranscriptDeltaEvent = Type.Object(
  {
    type: Type.Literal("session.input_transcript.delta", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    delta: Type.String({
      description:
        "The text to append, exactly as it is: it brings its own blanks, and some languages have none.",
    }),
    elapsed_ms: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        description:
          "Milliseconds of source audio that were consumed when this was made, in steps of 200; for lining the streams up. Several deltas may share one value, so it is no key. `null` where it is not known.",
      }),
    ),
  },
  {
    title: "TranslationInputTranscriptDeltaEvent",
    description:
      "More of what was said, in the language it was said in. Only while `audio.input.transcription` is on. Nothing marks the end of a sentence or a turn, and nothing corrects what was sent before.",
  },
);

/**
 * More of the spoken translation. Queue all of it behind what still plays: the length varies from event
 * to event. On WebRTC the media track carries it instead.
 */
export const TranslationOutputAudioDeltaEvent = Type.Object(
  {
    type: Type.Literal("session.output_audio.delta", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    delta: Type.String({
      description: "The audio to play next, base64, encoded as `format`, `sample_rate` and `channels` say.",
      contentEncoding: "base64",
    }),
    format: Type.Optional(
      Type.Literal("pcm16", {
        description:
          "The encoding: linear PCM, 16-bit signed little-endian; this is what it is when left out.",
      }),
    ),
    sample_rate: Type.Optional(
      Type.Integer({ description: "Samples a second; 24000 when left out.", minimum: 1 }),
    ),
    channels: Type.Optional(
      Type.Integer({ description: "Channels, interleaved; 1 when left out.", minimum: 1 }),
    ),
    elapsed_ms: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        description:
          "Milliseconds of source audio that were consumed when this was made, in steps of 200; for lining the streams up. It says where in the source this belongs, not how long it plays. `null` where it is not known.",
      }),
    ),
  },
  {
    title: "TranslationOutputAudioDeltaEvent",
    description:
      "More of the spoken translation. Queue all of it behind what still plays: the length varies from event to event. On WebRTC the media track carries it instead.",
  },
);

/**
 * More of the translation as text. It comes beside the spoken translation, not in step with it.
 */
export const TranslationOutputTranscriptDeltaEvent = Type.Object(
  {
    type: Type.Literal("session.output_transcript.delta", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    delta: Type.String({
      description:
        "The text to append, exactly as it is: it brings its own blanks, and some languages have none.",
    }),
    elapsed_ms: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        description:
          "Milliseconds of source audio that were consumed when this was made, in steps of 200; for lining the streams up. Several deltas may share one value, so it is no key. `null` where it is not known.",
      }),
    ),
  },
  {
    title: "TranslationOutputTranscriptDeltaEvent",
    description:
      "More of the translation as text. It comes beside the spoken translation, not in step with it.",
  },
);

/**
 * A `session.update` was carried out. Carries all settings, not only the changed ones, and no id of the
 * command.
 */
export const TranslationSessionUpdatedEvent = Type.Object(
  {
    type: Type.Literal("session.updated", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    session: TranslationSessionState,
  },
  {
    title: "TranslationSessionUpdatedEvent",
    description:
      "A `session.update` was carried out. Carries all settings, not only the changed ones, and no id of the command.",
  },
);
