import { failedPlan } from "../brain/failed-plan.ts";
import type { Plan } from "../brain/plan.ts";
import type { ScenarioTurn } from "../brain/scenario.ts";
import type { EngineSettings } from "./engine-settings.ts";
import type { RunningResponse } from "./running-response.ts";

type Modality = RunningResponse["modality"];

/** More words than any model puts out in one response: they are cut into deltas in one go. */
const mostCharacters = 250_000;

/** The plan, or one that fails where it says more than there may be, or more than the voice may speak. */
export function speakable({ maxSpokenCharacters }: EngineSettings, modality: Modality, plan: Plan): Plan {
  const { say = "" } = plan;
  const characters = charactersOf(plan);
  if (characters > mostCharacters) {
    const message = `The plan has ${characters} characters of words and arguments, or as many deltas and calls: more than ${mostCharacters}.`;
    return { status: "failed", error: { type: "server_error", code: "plan_impossible", message } };
  }
  if (!isVoiced(modality, plan) || say.length <= maxSpokenCharacters) return plan;
  const allowed = `${maxSpokenCharacters}, as many as this emulator speaks in one answer (maxSpokenCharacters)`;
  const message = `An answer of ${say.length} characters is to be spoken: more than ${allowed}.`;
  return failedPlan("voice_failed", new RangeError(message));
}

/** A delta and a call count as one at least; sound is cut as it is sent. */
function charactersOf({ say = "", deltas = [], tools = [] }: Plan): number {
  let count = say.length;
  for (const delta of deltas) count += "text" in delta ? Math.max(1, delta.text.length) : 1;
  for (const { arguments: given = "" } of tools) {
    count += Math.max(1, (typeof given === "string" ? given : JSON.stringify(given)).length);
  }
  return count;
}

/** What a voice that takes its time is to speak before anything of this plan is sent; `undefined` where nothing is. */
export function unspoken({ voice }: EngineSettings, modality: Modality, plan: Plan): Plan | undefined {
  if (typeof voice === "function" || !isVoiced(modality, plan)) return undefined;
  // What a turn of a scenario has besides is no plan's.
  const { heard, transcription, detection, faults, ...own }: ScenarioTurn = plan;
  return own;
}

/** Whether nothing but the voice knows how it sounds. */
function isVoiced(modality: Modality, { say, speech, deltas }: Plan): boolean {
  return modality === "audio" && say !== undefined && speech === undefined && deltas === undefined;
}
