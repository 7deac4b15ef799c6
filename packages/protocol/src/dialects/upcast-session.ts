import { isObject } from "../check.ts";
import { type Fields, withMoved } from "./fields.ts";

/**
 * A session with flat settings as one with nested settings, and with a `type`. A setting that has no form in the core,
 * or that is there in both forms, stays where it is.
 */
export function upcastSession(session: unknown, isTranscription: boolean): unknown {
  if (!isObject(session)) return session;
  const type =
    isTranscription || session.object === "realtime.transcription_session" ? "transcription" : "realtime";
  const named = session.type === undefined ? { type, ...without(session, "type") } : session;
  // Qwen says `pcm24` for 24,000 samples a second, and means 16,000 by the `pcm16` beside it.
  const format = (value: unknown) => formatOf(value, session.output_audio_format === "pcm24");
  const heard = [
    ["input_audio_format", "format", format],
    ["input_audio_transcription", "transcription"],
    ["input_audio_noise_reduction", "noise_reduction"],
    ["turn_detection", "turn_detection"],
  ] as const;
  const withInput = heard.reduce<Fields>(
    (fields, [from, to, convert]) => withMoved(fields, from, ["audio", "input", to], convert),
    named,
  );
  return named.type === "transcription" ? withInput : upcastOutput(withInput);
}

/** The settings of what comes out, of a session or of one response, nested as in the core. */
export function upcastOutput(fields: Fields): Fields {
  const output = ["audio", "output"];
  const spoken = withMoved(fields, "output_audio_format", [...output, "format"], (value) =>
    formatOf(value, false),
  );
  const voiced = withMoved(withMoved(spoken, "voice", [...output, "voice"]), "speed", [...output, "speed"]);
  const bounded = withMoved(voiced, "max_response_output_tokens", ["max_output_tokens"]);
  return withModalities(bounded);
}

/** Speech always comes with its text, so `["audio", "text"]` is `["audio"]`. Other modalities are kept beside. */
function withModalities(fields: Fields): Fields {
  const { modalities } = fields;
  if (!Array.isArray(modalities) || fields.output_modalities !== undefined) return fields;
  const isPlain = modalities.every((modality) => modality === "audio" || modality === "text");
  const output_modalities = modalities.includes("audio")
    ? ["audio"]
    : modalities.includes("text")
      ? ["text"]
      : [];
  const rest = isPlain ? without(fields, "modalities") : fields;
  return { ...rest, output_modalities };
}

function formatOf(name: unknown, isQwen: boolean): unknown {
  switch (name) {
    case "pcm16":
      return isQwen ? { type: "audio/pcm" } : { type: "audio/pcm", rate: 24000 };
    case "pcm24":
      return { type: "audio/pcm", rate: 24000 };
    case "g711_ulaw":
      return { type: "audio/pcmu" };
    case "g711_alaw":
      return { type: "audio/pcma" };
    default:
      return undefined;
  }
}

function without(fields: Fields, key: string): Fields {
  const { [key]: _, ...rest } = fields;
  return rest;
}
