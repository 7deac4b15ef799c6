import { failedPlan } from "../brain/failed-plan.ts";
import type { Draft } from "./draft.ts";
import type { EngineState } from "./engine-state.ts";
import { planResponse } from "./response-create.ts";
import { answerTranslation } from "./translation-output.ts";

/** Whether an answer to an `ask` or a `speak` would still change anything. */
export function isAwaited({ responses, translation }: EngineState, responseId: string): boolean {
  const response = responses.find(({ id }) => id === responseId);
  if (response !== undefined) return response.beats === undefined;
  return translation.pending.some((passage) => "asked" in passage && passage.asked === responseId);
}

/** Which voice that was asked fails next unless it answers, and when. */
export function nextVoiceTimeout({
  responses,
  translation,
}: EngineState): { readonly atMs: number; readonly responseId: string } | undefined {
  let next: { readonly atMs: number; readonly responseId: string } | undefined;
  const consider = (atMs: number | undefined, responseId: string) => {
    if (atMs !== undefined && (next === undefined || atMs < next.atMs)) next = { atMs, responseId };
  };
  for (const { voiceDueMs, id } of responses) consider(voiceDueMs, id);
  for (const passage of translation.pending) {
    if ("asked" in passage) consider(passage.voiceDueMs, passage.asked);
  }
  return next;
}

/** What was to be spoken fails, as by a voice that rejects. */
export function runVoiceTimeout(draft: Draft, responseId: string): void {
  const { voiceTimeoutMs } = draft.settings;
  const message = `The voice has not spoken within ${voiceTimeoutMs} milliseconds (voiceTimeoutMs).`;
  const plan = failedPlan("voice_failed", new Error(message));
  if (draft.state.kind === "translation") answerTranslation(draft, responseId, plan);
  else planResponse(draft, responseId, plan);
}
