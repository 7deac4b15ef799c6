import { audioFormats, resample } from "@duologue/audio";
import type { Plan, PlannedCall } from "../brain/plan.ts";
import type { EngineSettings } from "./engine-settings.ts";
import type { Beat, ResponseEnd, RunningResponse } from "./running-response.ts";
import { textPieces } from "./text-pieces.ts";
import { audioTokens, msPerAssistantToken } from "./usage.ts";

/** Samples of a plan's own speech come at this rate. */
const speechRateHz = 24_000;
/** The transcript of a spoken answer takes this share of the time that its audio takes. */
const transcriptShare = 0.6;

/**
 * When a response does what: a message with its words leading its audio, then the calls, then the end. `startMs` is
 * the moment of its first output. What exceeds the response's token limit is left out, and the response ends
 * `incomplete` there.
 */
export function plannedBeats(
  settings: EngineSettings,
  response: RunningResponse,
  plan: Plan,
  startMs: number,
): readonly Beat[] {
  const end = plannedEnd(plan);
  const itemEnd = end.status === "completed" ? "completed" : "incomplete";
  const beats: Beat[] = [];
  const lastMs = () => beats.at(-1)?.atMs ?? startMs;
  if (plan.say !== undefined || plan.speech !== undefined) {
    beats.push({ atMs: startMs, type: "message" });
    beats.push(...messageBeats(settings, response, plan, startMs));
    beats.push({ atMs: lastMs(), type: "close", end: itemEnd });
  }
  for (const call of plan.tools ?? []) {
    beats.push({ atMs: lastMs(), type: "call", name: call.name });
    for (const delta of argumentPieces(call)) {
      beats.push({ atMs: lastMs() + settings.textPieceMs, type: "text", delta });
    }
    beats.push({ atMs: lastMs(), type: "close", end: itemEnd });
  }
  beats.push({ atMs: lastMs(), type: "end", end });
  return limited(beats, response);
}

/** Words and sound of the message, in the order of time; at the same moment the words come first. */
function messageBeats(
  settings: EngineSettings,
  response: RunningResponse,
  plan: Plan,
  startMs: number,
): readonly Beat[] {
  const pieces = textPieces(plan.say ?? "");
  if (response.modality === "text") {
    return pieces.map((delta, index) => ({
      atMs: startMs + index * settings.textPieceMs,
      type: "text",
      delta,
    }));
  }
  const samples = spoken(settings, response, plan);
  const { sampleRateHz } = audioFormats[response.format];
  const generationMs = (samples.length * 1000) / sampleRateHz / settings.pace;
  const words = pieces.map((delta, index): Beat => {
    const atMs = startMs + (index / pieces.length) * generationMs * transcriptShare;
    return { atMs, type: "text", delta };
  });
  const chunkSamples = Math.max(1, Math.round((settings.chunkMs * sampleRateHz) / 1000));
  const sound: Beat[] = [];
  for (let at = 0; at < samples.length; at += chunkSamples) {
    const chunk = samples.subarray(at, at + chunkSamples);
    const generatedMs = ((at + chunk.length) * 1000) / sampleRateHz / settings.pace;
    sound.push({ atMs: startMs + settings.audioLagMs + generatedMs, type: "audio", samples: chunk });
  }
  return [...words, ...sound].sort((one, other) => one.atMs - other.atMs);
}

/** The sound of what is said, at the rate of the response's format. */
function spoken(settings: EngineSettings, response: RunningResponse, plan: Plan): Int16Array {
  const { sampleRateHz } = audioFormats[response.format];
  if (plan.speech === undefined) return settings.voice(plan.say ?? "", sampleRateHz, response.speed);
  if (sampleRateHz === speechRateHz) return plan.speech;
  return resample(plan.speech, { inputRateHz: speechRateHz, outputRateHz: sampleRateHz });
}

function argumentPieces(call: PlannedCall): readonly string[] {
  const { arguments: given = {} } = call;
  return textPieces(typeof given === "string" ? given : JSON.stringify(given));
}

function plannedEnd(plan: Plan): ResponseEnd {
  const { status = "completed", reason = "content_filter", error } = plan;
  if (status === "completed") return { status, details: null };
  if (status === "incomplete") return { status, details: { type: status, reason } };
  const {
    type = "server_error",
    code = null,
    message = "The server had an error while processing your request.",
  } = error ?? {};
  return { status, details: { type: status, error: { type, code, message } } };
}

/** The beats up to the limit; the first one beyond it ends the item and the response. */
function limited(beats: readonly Beat[], { maxOutputTokens, format }: RunningResponse): readonly Beat[] {
  if (maxOutputTokens === "inf") return beats;
  const { sampleRateHz } = audioFormats[format];
  let textTokens = 0;
  let samples = 0;
  for (const [index, beat] of beats.entries()) {
    if (beat.type === "text") textTokens += 1;
    if (beat.type === "audio") samples += beat.samples.length;
    const soundTokens = audioTokens((samples * 1000) / sampleRateHz, msPerAssistantToken);
    if (textTokens + soundTokens <= maxOutputTokens) continue;
    const { atMs } = beat;
    const details = { type: "incomplete", reason: "max_output_tokens" } as const;
    return [
      ...beats.slice(0, index),
      { atMs, type: "close", end: "incomplete" },
      { atMs, type: "end", end: { status: "incomplete", details } },
    ];
  }
  return beats;
}
