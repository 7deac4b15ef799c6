import type { Draft } from "./draft.ts";

/** Who has been asked for an answer, and when it fails unless that has come. */
export interface AnswerDue {
  readonly atMs: number;
  readonly by: "brain" | "voice";
}

/** When a brain or a voice that is asked now fails unless it answers first; `undefined` for never. */
export function answerDue({ settings, atMs }: Draft, by: AnswerDue["by"]): AnswerDue | undefined {
  const limitMs = by === "brain" ? settings.brainTimeoutMs : settings.voiceTimeoutMs;
  return limitMs === null ? undefined : { atMs: atMs + limitMs, by };
}
