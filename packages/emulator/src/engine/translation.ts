import type { VoiceActivityState } from "@duologue/audio";
import { voiceActivity } from "@duologue/audio";
import type { TranslationSessionState } from "@duologue/protocol";
import type { Plan } from "../brain/plan.ts";
import type { Speech } from "../voice/speech.ts";
import type { AnswerDue } from "./answer-due.ts";
import type { SampleChain } from "./sample-chain.ts";

/** The settings of a translation with every field that the service reports. */
export interface TranslatedSession extends TranslationSessionState {
  audio: {
    input: Required<NonNullable<TranslationSessionState["audio"]["input"]>>;
    output: { language: string };
  };
}

/** What somebody says without a pause. */
export interface Passage {
  readonly samples: SampleChain;
  /** How many pieces of its transcript have been sent. */
  readonly written: number;
}

/** A passage whose translation is to be sent, after those of the passages before it. */
type PendingPassage =
  /** The `answer` to `asked` is wanted: a brain's or a voice's, by the time at which it fails. */
  | { readonly asked: string; readonly answerDue: AnswerDue | undefined }
  /** It is known since then, and waits for others. */
  | { readonly plan: Plan; readonly sinceMs: number };

/** A piece of a translation, when it is due, and how much of the source had been consumed when it was made. */
export type Rendering = { readonly atMs: number; readonly elapsedMs: number } & (
  | { readonly type: "text"; readonly delta: string }
  | { readonly type: "audio"; readonly speech: Speech; readonly from: number; readonly to: number }
);

/** What a session that translates remembers beside what every session does. */
export interface Translation {
  readonly session: TranslatedSession;
  /** What has come and is not consumed yet: less than one frame. */
  readonly waiting: SampleChain;
  /** How much of the source has been consumed. */
  readonly elapsedMs: number;
  readonly detection: VoiceActivityState;
  /** What is being said; `null` in a pause. */
  readonly passage: Passage | null;
  /** How many passages have ended. */
  readonly turn: number;
  /** In the order in which they were said; the first one waits for an answer. */
  readonly pending: readonly PendingPassage[];
  /** What of the translation is still to be sent, soonest first. */
  readonly renderings: readonly Rendering[];
  /** When all sound that was handed to the media track will have been heard. */
  readonly soundEndsAtMs: number;
  /** Once the client has asked for the end: when it did so, and later when the last of the translation was sent. */
  readonly closingMs: number | undefined;
}

/** The service consumes speech in frames of so many milliseconds, and no other. */
export const translationFrameMs = 200;
/** Samples of a translation, both ways. */
export const translationRateHz = 24_000;

/** Hears the pauses in which a passage ends. */
export const passageDetector = voiceActivity({ sampleRateHz: translationRateHz, silenceDurationMs: 400 });

/** A translation of which nothing has been heard. */
export function newTranslation(own: Pick<TranslatedSession, "id" | "model" | "expires_at">): Translation {
  return {
    session: {
      type: "translation",
      ...own,
      audio: { input: { transcription: null, noise_reduction: null }, output: { language: "en" } },
    },
    waiting: undefined,
    elapsedMs: 0,
    detection: passageDetector.begin(),
    passage: null,
    turn: 0,
    pending: [],
    renderings: [],
    soundEndsAtMs: Number.NEGATIVE_INFINITY,
    closingMs: undefined,
  };
}
