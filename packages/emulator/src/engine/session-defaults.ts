import type {
  AudioFormat,
  IncludeField,
  NoiseReduction,
  Prompt,
  SemanticVad,
  ServerVad,
  SessionState,
  Tool,
  ToolChoice,
  Tracing,
  TranscriptionState,
  Truncation,
  TurnDetection,
  Voice,
} from "@duologue/protocol";

/** A session with every field that the service reports. Its `expires_at` is in seconds since 1970. */
export interface EmulatedSession extends SessionState {
  id: string;
  object: "realtime.session";
  model: string;
  output_modalities: ("text" | "audio")[];
  instructions: string;
  tools: Tool[];
  tool_choice: ToolChoice;
  max_output_tokens: number | "inf";
  tracing: Tracing | null;
  truncation: Truncation;
  prompt: Prompt | null;
  expires_at: number;
  audio: { input: EmulatedInput; output: EmulatedOutput };
  include: IncludeField[] | null;
}

/** How the session hears. */
export interface EmulatedInput {
  format: AudioFormat;
  transcription: TranscriptionState | null;
  noise_reduction: NoiseReduction | null;
  turn_detection: TurnDetection | null;
}

/** How the session sounds. */
interface EmulatedOutput {
  format: AudioFormat;
  voice: Voice;
  speed: number;
}

const serverVad = {
  type: "server_vad",
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 200,
  idle_timeout_ms: null,
  create_response: true,
  interrupt_response: true,
} as const satisfies Required<ServerVad>;

const semanticVad = {
  type: "semantic_vad",
  eagerness: "auto",
  create_response: true,
  interrupt_response: true,
} as const satisfies Required<SemanticVad>;

/** Turn detection with the defaults in every field that is left out. */
export function fullTurnDetection(given: TurnDetection): Required<ServerVad> | Required<SemanticVad> {
  return given.type === "server_vad" ? { ...serverVad, ...given } : { ...semanticVad, ...given };
}

/** A format with its rate, which `audio/pcm` may leave out. */
export function fullFormat(format: AudioFormat): AudioFormat {
  return format.type === "audio/pcm" ? { type: "audio/pcm", rate: 24000 } : { type: format.type };
}

/**
 * A new session, as the service reports it in `session.created`: its real defaults, among them 200 ms of silence.
 * The model, the instructions, the id and the end are the caller's.
 */
export function newSession(
  own: Pick<EmulatedSession, "id" | "model" | "instructions" | "expires_at">,
): EmulatedSession {
  return {
    type: "realtime",
    object: "realtime.session",
    id: own.id,
    model: own.model,
    output_modalities: ["audio"],
    instructions: own.instructions,
    tools: [],
    tool_choice: "auto",
    max_output_tokens: "inf",
    tracing: null,
    truncation: "auto",
    prompt: null,
    expires_at: own.expires_at,
    audio: {
      input: {
        format: { type: "audio/pcm", rate: 24000 },
        transcription: null,
        noise_reduction: null,
        turn_detection: serverVad,
      },
      output: { format: { type: "audio/pcm", rate: 24000 }, voice: "alloy", speed: 1 },
    },
    include: null,
  };
}
