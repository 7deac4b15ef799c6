import type {
  AnySessionState,
  TranscriptionSessionState,
  TranslationSessionState,
  TurnDetection,
} from "@duologue/protocol";
import { type Draft, send, type Unsent } from "./draft.ts";
import type { EngineState } from "./engine-state.ts";
import type { EmulatedSession } from "./session-defaults.ts";

/** Sends the settings in force, as a session of its kind shows them. */
export function sendSession(draft: Draft, type: "session.created" | "session.updated"): void {
  // Both events carry a session of any kind; the compiler does not try all combinations of the two.
  send(draft, { type, session: shownSession(draft.state) } as Unsent);
}

/** A session of any kind, as its events show it. */
export type ShownSession = AnySessionState | TranslationSessionState;

/** The settings in force; their `id` is empty where no session has been opened. */
export function shownSession({ kind, session, translation }: EngineState): ShownSession {
  if (kind === "translation") return translation.session;
  return kind === "transcription" ? transcribing(session) : session;
}

/** A session that only transcribes: it has no model, no voice and no tools to show. */
function transcribing({ id, expires_at, audio, include }: EmulatedSession): TranscriptionSessionState {
  const { turn_detection, ...input } = audio.input;
  return {
    type: "transcription",
    object: "realtime.transcription_session",
    id,
    expires_at,
    audio: { input: { ...input, turn_detection: turn_detection && withoutResponses(turn_detection) } },
    include,
  };
}

/** Turn detection without what it does to responses, of which a session that transcribes has none. */
function withoutResponses(detection: TurnDetection): TurnDetection {
  if (detection.type === "semantic_vad") {
    const { create_response: _create, interrupt_response: _interrupt, ...shown } = detection;
    return shown;
  }
  const {
    create_response: _create,
    interrupt_response: _interrupt,
    idle_timeout_ms: _idle,
    ...shown
  } = detection;
  return shown;
}
