/** How a transcription model brings its words. */
export interface TranscriptionModelFacts {
  /** `whole`: all at once; `pieces`: in pieces after the speech; `live`: in pieces while it is still spoken. */
  readonly deltas: "whole" | "pieces" | "live";
  /** What it is billed by. */
  readonly billedBy: "duration" | "tokens";
  /** Whether it tells who spoke when, in segments. */
  readonly segments: boolean;
  /** Whether it tells the languages that it heard. */
  readonly languages: boolean;
}

const usual = { deltas: "pieces", billedBy: "tokens", segments: false, languages: false } as const;

const families: Readonly<Record<string, Partial<TranscriptionModelFacts>>> = {
  "whisper-1": { deltas: "whole", billedBy: "duration" },
  "gpt-realtime-whisper": { deltas: "live", billedBy: "duration" },
  "gpt-live-transcribe": { deltas: "live" },
  "gpt-transcribe": { languages: true },
  "gpt-4o-transcribe-diarize": { segments: true },
};

/** What is known of a model; one that is not known is taken for one of the usual kind. */
export function transcriptionModelFacts(model: string): TranscriptionModelFacts {
  return { ...usual, ...(Object.hasOwn(families, model) ? families[model] : {}) };
}

/** Whether a model knows no turns, so that turn detection cannot go with it. */
export function isTurnless(model: string | null | undefined): boolean {
  return transcriptionModelFacts(model ?? "").deltas === "live";
}
