import type { CommandOf } from "../wire/command.ts";
import { type Refusal, refusal } from "../wire/refusal.ts";
import { change, type Draft } from "./draft.ts";
import { retuned } from "./input-audio.ts";
import { sendSession } from "./send-session.ts";
import { formatRefusal, mergedSession } from "./session-update.ts";
import { isTurnless } from "./transcription-model.ts";

/** `session.update` of a session that transcribes: all of it takes effect, or none of it. */
export function updateTranscriptionSession(
  draft: Draft,
  { session: update }: CommandOf<"session.update">,
): Refusal | undefined {
  if (update.type === "realtime") {
    const message = "Passing a realtime session update event to a transcription session is not allowed.";
    return refusal(null, message);
  }
  const { audio = {}, include } = update;
  const refused = formatRefusal(draft.state, audio.input?.format);
  if (refused !== undefined) return refused;
  const { input = {} } = audio;
  const session = mergedSession(
    draft.state.session,
    { type: "realtime", audio: { input }, ...(include !== undefined && { include }) },
    draft.settings,
  );
  const { transcription, turn_detection } = session.audio.input;
  if (turn_detection !== null && isTurnless(transcription?.model)) {
    return refusal(null, "Turn detection is not supported for this transcription model");
  }
  change(draft, { session, input: retuned(draft.state, session.audio.input) });
  sendSession(draft, "session.updated");
  return undefined;
}
