// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/type-source.ts from schemas/**/*.json.

// TypeScript types of the translation protocol.

import type { ErrorDetails, NoiseReduction } from "../types.ts";

/**
 * Has the source speech written down in its own language.
 */
export interface TranslationTranscription {
  /**
   * The model that writes it down, such as `gpt-realtime-whisper`.
   */
  model: string;
}

/**
 * What to do with the speech that comes in.
 */
export interface TranslationAudioInput {
  /**
   * Whether what was said is also written down in its own language, in `session.input_transcript.delta`;
   * `null` turns it off. The translation itself does not need it.
   */
  transcription?: TranslationTranscription | null;
  /**
   * How noise is filtered out before anything else hears it; `null` turns it off.
   */
  noise_reduction?: NoiseReduction | null;
}

/**
 * What comes out of a translation.
 */
export interface TranslationAudioOutput {
  /**
   * The language to translate into, as an ISO 639-1 code such as `es`: of the speech and of its transcript.
   * A change holds for what is translated from then on.
   */
  language?: string;
}

/**
 * The audio settings of a translation, both ways. The encoding is not among them: it is fixed.
 */
export interface TranslationAudio {
  /**
   * What to do with the speech that comes in.
   */
  input?: TranslationAudioInput;
  /**
   * What comes out: the language to translate into.
   */
  output?: TranslationAudioOutput;
}

/**
 * The settings in force in a translation, as the service reports them. One session translates into one
 * language; open another for another.
 */
export interface TranslationSessionState {
  /**
   * Marks a translation.
   */
  type: "translation";
  /**
   * The id of the session, `sess_…`.
   */
  id: string;
  /**
   * The model that translates, such as `gpt-realtime-translate`. It is fixed when the session opens.
   */
  model: string;
  /**
   * When the service ends the session, in seconds since 1970. Open the next session before; nothing carries
   * over.
   */
  expires_at: number;
  /**
   * How audio goes in and comes out, with `null` where something is off.
   */
  audio: TranslationAudio;
}

/**
 * Ends the translation in good order: the service translates what it still has, sends the rest, then
 * `session.closed`. Send no audio after it and keep reading until then; closing the link at once loses
 * the end of the translation.
 */
export interface TranslationSessionCloseEvent {
  /**
   * Says which event this is.
   */
  type: "session.close";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
}

/**
 * Adds speech to be translated. Never answered. There are no turns: what comes is translated as it comes.
 * Keep sending while nobody speaks, as silence: the service counts samples, not time, so a gap in sending
 * joins what was said before it to what is said after it.
 */
export interface TranslationInputAudioBufferAppendEvent {
  /**
   * Says which event this is.
   */
  type: "session.input_audio_buffer.append";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The audio, base64: linear PCM, 16-bit signed little-endian, one channel, 24,000 samples a second;
   * nothing else is taken. The service works on pieces of 200 ms (9,600 bytes), which is also the best size
   * to send: it collects shorter ones and splits longer ones.
   */
  audio: string;
}

/**
 * What a client can change in a running translation. Only the fields present change; a refused update
 * changes nothing at all.
 */
export interface TranslationSessionConfig {
  /**
   * How audio goes in and comes out.
   */
  audio?: TranslationAudio;
}

/**
 * Changes the target language, the transcript of the source or the noise filter of a running translation.
 * Answered by `session.updated`, or by `error`, and then nothing changed.
 */
export interface TranslationSessionUpdateEvent {
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
   * The settings to change. What is left out stays as it is. The session's kind and model are fixed when it
   * opens and do not belong here.
   */
  session: TranslationSessionConfig;
}

/**
 * The service refuses something. The session goes on unless the link closes right after. It has the shape
 * of the `error` event of a conversation; which command it means stands in `error.event_id`, if that
 * command had an `event_id`.
 */
export interface TranslationErrorEvent {
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
 * The last event after `session.close`: everything was translated and sent. The link ends next.
 */
export interface TranslationSessionClosedEvent {
  /**
   * Says which event this is.
   */
  type: "session.closed";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
}

/**
 * The session exists and the key and the model were accepted: the first event of a connection. An open
 * socket alone proves neither. From now on audio is translated.
 */
export interface TranslationSessionCreatedEvent {
  /**
   * Says which event this is.
   */
  type: "session.created";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The settings in force: the service's defaults, until an update changes them.
   */
  session: TranslationSessionState;
}

/**
 * More of what was said, in the language it was said in. Only while `audio.input.transcription` is on.
 * Nothing marks the end of a sentence or a turn, and nothing corrects what was sent before.
 */
export interface TranslationInputTranscriptDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "session.input_transcript.delta";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The text to append, exactly as it is: it brings its own blanks, and some languages have none.
   */
  delta: string;
  /**
   * Milliseconds of source audio that were consumed when this was made, in steps of 200; for lining the
   * streams up. Several deltas may share one value, so it is no key. `null` where it is not known.
   */
  elapsed_ms?: number | null;
}

/**
 * More of the spoken translation. Queue all of it behind what still plays: the length varies from event
 * to event. On WebRTC the media track carries it instead.
 */
export interface TranslationOutputAudioDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "session.output_audio.delta";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The audio to play next, base64, encoded as `format`, `sample_rate` and `channels` say.
   */
  delta: string;
  /**
   * The encoding: linear PCM, 16-bit signed little-endian; this is what it is when left out.
   */
  format?: "pcm16";
  /**
   * Samples a second; 24000 when left out.
   */
  sample_rate?: number;
  /**
   * Channels, interleaved; 1 when left out.
   */
  channels?: number;
  /**
   * Milliseconds of source audio that were consumed when this was made, in steps of 200; for lining the
   * streams up. It says where in the source this belongs, not how long it plays. `null` where it is not
   * known.
   */
  elapsed_ms?: number | null;
}

/**
 * More of the translation as text. It comes beside the spoken translation, not in step with it.
 */
export interface TranslationOutputTranscriptDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "session.output_transcript.delta";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The text to append, exactly as it is: it brings its own blanks, and some languages have none.
   */
  delta: string;
  /**
   * Milliseconds of source audio that were consumed when this was made, in steps of 200; for lining the
   * streams up. Several deltas may share one value, so it is no key. `null` where it is not known.
   */
  elapsed_ms?: number | null;
}

/**
 * A `session.update` was carried out. Carries all settings, not only the changed ones, and no id of the
 * command.
 */
export interface TranslationSessionUpdatedEvent {
  /**
   * Says which event this is.
   */
  type: "session.updated";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The settings in force from now on.
   */
  session: TranslationSessionState;
}

/** Everything that a client of a translation can send. Told apart by `type`. */
export type TranslationClientEvent =
  | TranslationSessionCloseEvent
  | TranslationInputAudioBufferAppendEvent
  | TranslationSessionUpdateEvent;

/** Everything that a translation service can send. Told apart by `type`. */
export type TranslationServerEvent =
  | TranslationErrorEvent
  | TranslationSessionClosedEvent
  | TranslationSessionCreatedEvent
  | TranslationInputTranscriptDeltaEvent
  | TranslationOutputAudioDeltaEvent
  | TranslationOutputTranscriptDeltaEvent
  | TranslationSessionUpdatedEvent;
