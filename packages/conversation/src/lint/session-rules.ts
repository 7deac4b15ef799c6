import type { SessionConfig } from "@duologue/protocol";
import { isAlike } from "../reduce/readable.ts";
import type { ConversationState } from "../state.ts";
import { type Finding, finding, none } from "./finding.ts";

/** What is wrong with the kind of an update. */
export function typeFixed({ session }: ConversationState, type: string): readonly Finding[] {
  return session === null || session.type === type
    ? none
    : finding("session_type_fixed", `This is a ${session.type} session and stays one.`);
}

/** What is wrong with what answers are to consist of. */
export function modalities(
  { session }: ConversationState,
  wanted: readonly string[] | undefined,
): readonly Finding[] {
  const reported = session?.type === "realtime" ? (session.output_modalities ?? []) : [];
  return !wanted || wanted.length < 2 || reported.length > 1
    ? none
    : finding("one_modality", 'An answer is ["audio"] or ["text"], not both.');
}

/** What an update would change that can't be changed. */
export function fixedFields(state: ConversationState, update: SessionConfig): readonly Finding[] {
  const { session } = state;
  if (session?.type !== "realtime") return typeFixed(state, "realtime");
  const { voice, speed } = update.audio?.output ?? {};
  const now = session.audio?.output ?? {};
  const isRunning = state.responses.some(({ status }) => status === "in_progress");
  return [
    ...modalities(state, update.output_modalities),
    ...(isOther(session.model, update.model)
      ? finding("model_fixed", `The session's model is ${session.model} and stays it: open another session.`)
      : none),
    ...(state.present.hasSpoken && isOther(now.voice, voice)
      ? finding(
          "voice_fixed",
          `The assistant has spoken as ${written(now.voice)} in this session, and keeps that voice.`,
        )
      : none),
    ...(isRunning && isOther(now.speed, speed)
      ? finding("speed_fixed", "The speed changes between responses, and one is being made.")
      : none),
    ...(session.tracing != null && update.tracing !== undefined && isOther(session.tracing, update.tracing)
      ? finding("tracing_fixed", "Tracing is on, and stays as it is for the session.")
      : none),
  ];
}

/** Whether a value is given and is another one than what the server reports; nothing is known where it reports none. */
function isOther(now: unknown, wanted: unknown): boolean {
  return wanted !== undefined && now != null && !isAlike(now, wanted);
}

function written(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
