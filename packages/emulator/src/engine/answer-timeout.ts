import { failedPlan } from "../brain/failed-plan.ts";
import type { AnswerDue } from "./answer-due.ts";
import type { Draft } from "./draft.ts";
import type { EngineSettings } from "./engine-settings.ts";
import type { EngineState } from "./engine-state.ts";
import { planResponse } from "./response-create.ts";
import { answerTranslation } from "./translation-output.ts";

/** Whether an answer to an `ask` or a `speak` would still change anything. */
export function isAwaited({ responses, translation }: EngineState, responseId: string): boolean {
  const response = responses.find(({ id }) => id === responseId);
  if (response !== undefined) return response.beats === undefined;
  return translation.pending.some((passage) => "asked" in passage && passage.asked === responseId);
}

/** Whose answer to which response fails at which moment. */
export interface AnswerTimeout extends AnswerDue {
  readonly responseId: string;
}

/** The first of those who have been asked to run out of time. */
export function nextAnswerTimeout({ responses, translation }: EngineState): AnswerTimeout | undefined {
  let next: AnswerTimeout | undefined;
  const consider = (due: AnswerDue | undefined, responseId: string) => {
    if (due !== undefined && (next === undefined || due.atMs < next.atMs)) next = { ...due, responseId };
  };
  for (const { answerDue, id } of responses) consider(answerDue, id);
  for (const passage of translation.pending) {
    if ("asked" in passage) consider(passage.answerDue, passage.asked);
  }
  return next;
}

/** What was asked for fails, as where a brain or a voice rejects. */
export function runAnswerTimeout(draft: Draft, { by, responseId }: AnswerTimeout): void {
  const plan = failedPlan(`${by}_failed`, new Error(lateness(by, draft.settings)));
  if (draft.state.kind === "translation") answerTranslation(draft, responseId, plan);
  else planResponse(draft, responseId, plan);
}

function lateness(by: AnswerTimeout["by"], { brainTimeoutMs, voiceTimeoutMs }: EngineSettings): string {
  return by === "brain"
    ? `The brain has not answered within ${brainTimeoutMs} milliseconds (brainTimeoutMs).`
    : `The voice has not spoken within ${voiceTimeoutMs} milliseconds (voiceTimeoutMs).`;
}
