import { failedPlan } from "../brain/failed-plan.ts";
import type { Plan } from "../brain/plan.ts";
import type { ScenarioTurn } from "../brain/scenario.ts";
import type { Draft } from "./draft.ts";
import type { EngineSettings } from "./engine-settings.ts";
import type { RunningResponse } from "./running-response.ts";

type Modality = RunningResponse["modality"];

/** The plan, or one that fails where the voice would have to speak more than it may. */
export function speakable({ maxSpokenCharacters }: EngineSettings, modality: Modality, plan: Plan): Plan {
  const { say = "" } = plan;
  if (!isVoiced(modality, plan) || say.length <= maxSpokenCharacters) return plan;
  const allowed = `${maxSpokenCharacters}, as many as this emulator speaks in one answer (maxSpokenCharacters)`;
  const message = `An answer of ${say.length} characters is to be spoken: more than ${allowed}.`;
  return failedPlan("voice_failed", new RangeError(message));
}

/** What a voice that takes its time is to speak before anything of this plan is sent; `undefined` where nothing is. */
export function unspoken({ voice }: EngineSettings, modality: Modality, plan: Plan): Plan | undefined {
  if (typeof voice === "function" || !isVoiced(modality, plan)) return undefined;
  // What a turn of a scenario has besides is no plan's.
  const { heard, transcription, detection, faults, ...own }: ScenarioTurn = plan;
  return own;
}

/** When a voice that is asked now fails unless it answers first; `undefined` for never. */
export function voiceDueMs({ settings, atMs }: Draft): number | undefined {
  const { voiceTimeoutMs } = settings;
  return voiceTimeoutMs === null ? undefined : atMs + voiceTimeoutMs;
}

/** Whether nothing but the voice knows how it sounds. */
function isVoiced(modality: Modality, { say, speech, deltas }: Plan): boolean {
  return modality === "audio" && say !== undefined && speech === undefined && deltas === undefined;
}
