export { echo } from "./brain/echo.ts";
export { readFault } from "./brain/fault-shape.ts";
export type {
  McpOutcome,
  McpRequest,
  ScriptedMcpCalls,
  ScriptedMcpServer,
  ScriptedMcpTool,
} from "./brain/mcp.ts";
export type { Brain, BrainRequest, Plan, PlannedCall, PlannedDelta } from "./brain/plan.ts";
export { readScenario, speechPathsOf } from "./brain/read-scenario.ts";
export type {
  Scenario,
  ScenarioTurn,
  ScriptedDetection,
  ScriptedTranscription,
} from "./brain/scenario.ts";
export { type ScenarioOfOptions, scenarioOf } from "./brain/scenario-of.ts";
export type { StoredPrompt, StoredPrompts } from "./brain/stored-prompt.ts";
export { type CompareOptions, compareWithRecording } from "./compare/compare-with-recording.ts";
export type { Comparison, Difference, Track } from "./compare/comparison.ts";
export { type ComparisonTextOptions, comparisonText } from "./compare/comparison-text.ts";
export type { KnownDifference } from "./compare/known-difference.ts";
export type { Ear } from "./ear/ear.ts";
export { type Engine, type EngineStep, engine } from "./engine/engine.ts";
export {
  type AudioFlavour,
  type DtmfDigit,
  dtmfDigits,
  type EngineInput,
  type Rejection,
  type SessionKind,
} from "./engine/engine-input.ts";
export type { EngineOutput } from "./engine/engine-output.ts";
export type { EngineSettings, GivenSettings } from "./engine/engine-settings.ts";
export type { EngineState } from "./engine/engine-state.ts";
export type { Fault, FaultError, FaultMoment, FrameChoice } from "./engine/fault.ts";
export type { InterruptionStep, Unsettled } from "./engine/unsettled.ts";
export { type Emulator, emulator } from "./mouth/emulator.ts";
export type { EmulatorOptions } from "./mouth/sessions.ts";
export type { Speech } from "./voice/speech.ts";
export { syllableVoice } from "./voice/syllable-voice.ts";
export type { PatientVoice, PromptVoice, Voice } from "./voice/voice.ts";
export type { Refusal } from "./wire/refusal.ts";
