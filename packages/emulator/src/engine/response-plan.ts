import { audioFormats } from "@duologue/audio";
import type { Plan, PlannedCall, PlannedDelta } from "../brain/plan.ts";
import { atRate } from "../voice/at-rate.ts";
import { atSpeed } from "../voice/at-speed.ts";
import { isSpeech, readySpeech, type Speech } from "../voice/speech.ts";
import type { EngineSettings } from "./engine-settings.ts";
import type { Beat, ResponseEnd, RunningResponse } from "./running-response.ts";
import { textPieces } from "./text-pieces.ts";
import { audioTokens, msPerAssistantToken } from "./usage.ts";

/** Samples of a plan's own speech come at this rate. */
const speechRateHz = 24_000;
/** The transcript of a spoken answer takes this share of the time that its audio takes. */
const transcriptShare = 0.6;
/** No delta carries more sound than this: it is made and sent in one go. */
const longestDeltaMs = 5_000;

/** How something is said. */
type Manner = Pick<RunningResponse, "modality" | "soundFormat" | "speed">;

/**
 * When a response does what: a message with its words leading its audio, then the calls, then the end. `startMs` is
 * the moment of its first output. What exceeds the response's token limit is left out, and the response ends
 * `incomplete` there. Throws where the voice fails.
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
  if (saysSomething(plan)) {
    beats.push({ atMs: startMs, type: "message" });
    // There may be more of them than a call takes arguments.
    for (const beat of spokenBeats(settings, response, plan, startMs)) beats.push(beat);
    beats.push({ atMs: lastMs(), type: "close", end: itemEnd });
  }
  for (const call of plan.tools ?? []) {
    beats.push({ atMs: lastMs(), type: "call", name: call.name, server: call.server });
    for (const delta of argumentPieces(call)) {
      beats.push({ atMs: lastMs() + settings.textPieceMs, type: "text", delta });
    }
    beats.push({ atMs: lastMs(), type: "close", end: itemEnd });
  }
  const goesOn = end.status === "completed" && settings.unsettled.goesOnAfterMcp;
  if (goesOn && awaitsMcpOnly(plan)) beats.push({ atMs: lastMs(), type: "continue" });
  else beats.push({ atMs: lastMs(), type: "end", end });
  return limited(beats, response);
}

function saysSomething({ say, speech, deltas }: Plan): boolean {
  return say !== undefined || speech !== undefined || deltas !== undefined;
}

/**
 * Words and sound of what is said, in the order of time; at the same moment the words come first. Throws where the
 * voice fails.
 */
export function spokenBeats(
  settings: EngineSettings,
  response: Manner,
  plan: Plan,
  startMs: number,
): readonly Beat[] {
  if (!saysSomething(plan)) return [];
  if (plan.deltas !== undefined) return deltaBeats(plan.deltas, response, startMs);
  const written = textPieces(plan.say ?? "");
  if (response.modality === "text") {
    return written.map((delta, index) => ({
      atMs: startMs + index * settings.textPieceMs,
      type: "text",
      delta,
    }));
  }
  const speech = spoken(settings, response, plan);
  const { sampleRateHz } = audioFormats[response.soundFormat];
  const generationMs = (speech.sampleCount * 1000) / sampleRateHz / settings.pace;
  const words = written.map((delta, index): Beat => {
    const atMs = startMs + (index / written.length) * generationMs * transcriptShare;
    return { atMs, type: "text", delta };
  });
  const sound = pieces(speech, Math.min(settings.chunkMs, longestDeltaMs), sampleRateHz).map(
    (piece): Beat => {
      const generatedMs = (piece.to * 1000) / sampleRateHz / settings.pace;
      return { atMs: startMs + settings.audioLagMs + generatedMs, type: "audio", speech, ...piece };
    },
  );
  return [...words, ...sound].sort((one, other) => one.atMs - other.atMs);
}

/** Where a speech is cut, in samples, into pieces of `pieceMs` and a rest. */
function pieces({ sampleCount }: Speech, pieceMs: number, sampleRateHz: number) {
  const pieceSamples = Math.max(1, Math.round((pieceMs * sampleRateHz) / 1000));
  return Array.from({ length: Math.ceil(sampleCount / pieceSamples) }, (_, index) => ({
    from: index * pieceSamples,
    to: Math.min((index + 1) * pieceSamples, sampleCount),
  }));
}

/**
 * What is said as the plan cuts it, exactly, but for sound that is too long for one delta; also the speed is the plan's
 * own.
 */
function deltaBeats(deltas: readonly PlannedDelta[], response: Manner, startMs: number): readonly Beat[] {
  const beats: Beat[] = [];
  let atMs = startMs;
  for (const delta of deltas) {
    atMs += delta.afterMs ?? 0;
    if ("text" in delta) beats.push({ atMs, type: "text", delta: delta.text });
    else if (response.modality === "audio") {
      const speech = inFormat(readySpeech(delta.speech), response);
      const { sampleRateHz } = audioFormats[response.soundFormat];
      const cut = pieces(speech, longestDeltaMs, sampleRateHz);
      if (cut.length === 0) cut.push({ from: 0, to: 0 });
      for (const piece of cut) beats.push({ atMs, type: "audio", speech, ...piece });
    }
  }
  return beats;
}

/**
 * The sound of what is said, at the rate of the response's format, made as it is sent where that can be. Throws where the
 * voice fails.
 */
function spoken({ voice }: EngineSettings, response: Manner, plan: Plan): Speech {
  if (plan.speech !== undefined) {
    const given = plan.speech instanceof Int16Array ? readySpeech(plan.speech) : plan.speech;
    return inFormat(atSpeed(given, response.speed, speechRateHz), response);
  }
  const { sampleRateHz } = audioFormats[response.soundFormat];
  const speech: unknown =
    typeof voice === "function" ? voice(plan.say ?? "", sampleRateHz, response.speed) : undefined;
  if (speech instanceof Int16Array) return readySpeech(speech);
  if (isSpeech(speech)) return speech;
  throw new TypeError("The voice gave no Int16Array; one that takes its time is an object with `speak`.");
}

function inFormat(speech: Speech, { soundFormat }: Manner): Speech {
  const { sampleRateHz } = audioFormats[soundFormat];
  return atRate(speech, { inputRateHz: speechRateHz, outputRateHz: sampleRateHz });
}

/** Whether a plan calls tools, and all of them are the service's to run. */
function awaitsMcpOnly({ tools = [] }: Plan): boolean {
  return tools.length > 0 && tools.every(({ server }) => server !== undefined);
}

function argumentPieces(call: PlannedCall): readonly string[] {
  const { arguments: given = {} } = call;
  return textPieces(typeof given === "string" ? given : JSON.stringify(given));
}

/** How a response ends that ends as this says. */
export function plannedEnd(plan: Pick<Plan, "status" | "reason" | "error">): ResponseEnd {
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
function limited(beats: readonly Beat[], response: RunningResponse): readonly Beat[] {
  const { maxOutputTokens, soundFormat, audioMs } = response;
  if (maxOutputTokens === "inf") return beats;
  const { sampleRateHz } = audioFormats[soundFormat];
  let { textTokens } = response;
  let samples = 0;
  for (const [index, beat] of beats.entries()) {
    if (beat.type === "text") textTokens += 1;
    if (beat.type === "audio") samples += beat.to - beat.from;
    const soundTokens = audioTokens(audioMs + (samples * 1000) / sampleRateHz, msPerAssistantToken);
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
