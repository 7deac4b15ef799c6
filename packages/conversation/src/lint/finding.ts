import type { ConversationState } from "../state.ts";

/**
 * Why a server would refuse a command.
 *
 * - `frame_too_large`: more than the connection carries, or than the service takes as one piece of sound.
 * - `media_owns_audio`: ours as well, since services mix it in: where speech travels on a media track, the microphone is
 *   that track.
 * - `client_owns_playback`: where speech travels as events, the server has no output to clear.
 * - `commit_too_short`: less than 100 ms of sound wait in the input buffer.
 * - `unknown_item`, `unknown_predecessor`, `unknown_call`, `unknown_approval`: the present server session has no such
 *   item, predecessor, function call, or open request for approval.
 * - `service_item`, `assistant_sound`: only the service makes such items, and only it speaks: words can be put in.
 * - `duplicate_item`: there is an item of this id. OpenAI has been seen to take it all the same, and to have two then.
 * - `id_too_long`: a client's id of an item has at most 32 characters.
 * - `not_assistant_speech`, `beyond_audio`: only sound that the assistant has made can be cut, at a place in it, and
 *   what was cut, or is being cut, not behind that.
 * - `response_active`: one response at a time writes into the conversation.
 * - `transcription_only`: a transcription session makes no responses.
 * - `budget_reached`: ours, not the server's: the program wants no more answers.
 * - `model_fixed`, `session_type_fixed`, `voice_fixed`, `speed_fixed`, `tracing_fixed`: what can't change, or can't
 *   change any more, or not now. The server would drop the whole update.
 * - `one_modality`: answers are speech, which has its transcript, or text. A service that reports that it does both may be
 *   told so.
 */
export type FindingCode =
  | "frame_too_large"
  | "media_owns_audio"
  | "client_owns_playback"
  | "commit_too_short"
  | "unknown_item"
  | "unknown_predecessor"
  | "unknown_call"
  | "unknown_approval"
  | "service_item"
  | "assistant_sound"
  | "duplicate_item"
  | "id_too_long"
  | "not_assistant_speech"
  | "beyond_audio"
  | "response_active"
  | "transcription_only"
  | "budget_reached"
  | "model_fixed"
  | "session_type_fixed"
  | "voice_fixed"
  | "speed_fixed"
  | "tracing_fixed"
  | "one_modality";

/** One reason why a command would be refused. */
export interface Finding {
  readonly code: FindingCode;
  /** In terms of the conversation, for people. */
  readonly message: string;
}

/** What a rule judges by. */
export interface Known extends ConversationState {
  /** Ids of items that wait to be sent. */
  readonly waiting: ReadonlySet<string>;
  /** Ids of items that are going to be deleted. */
  readonly leaving: ReadonlySet<string>;
}

/** Nothing against it. */
export const none: readonly Finding[] = [];

/** One thing against it. */
export function finding(code: FindingCode, message: string): readonly Finding[] {
  return [{ code, message }];
}
