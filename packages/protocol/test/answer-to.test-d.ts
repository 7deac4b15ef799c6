import type { XaiClientEvent, XaiServerEvent } from "../src/dialects.ts";
import type {
  AnswerTo,
  ClientEvent,
  ServerEvent,
  ServerEventOf,
  TranslationClientEvent,
  TranslationServerEvent,
  WireEvent,
} from "../src/index.ts";
import type { Same } from "./same.ts";

type Answer<T extends ClientEvent["type"]> = AnswerTo<T, ServerEvent>;

export const created: Same<Answer<"response.create">, ServerEventOf<"response.created">> = true;
export const cancelled: Same<Answer<"response.cancel">, ServerEventOf<"response.done">> = true;
/** The services that still speak of items as they did answer by the old event. */
export const item: Same<
  Answer<"conversation.item.create">,
  ServerEventOf<"conversation.item.added" | "conversation.item.created">
> = true;

/** A command that may be one of several is answered by one of theirs. */
export const either: Same<
  Answer<"input_audio_buffer.commit" | "input_audio_buffer.clear">,
  ServerEventOf<"input_audio_buffer.committed" | "input_audio_buffer.cleared">
> = true;

/** A name that two protocols share is answered in each by its own event. */
export const settings: Same<
  AnswerTo<"session.update", TranslationServerEvent>,
  Extract<TranslationServerEvent, { type: "session.updated" }>
> = true;
export const end: Same<
  AnswerTo<TranslationClientEvent["type"] & "session.close", TranslationServerEvent>,
  Extract<TranslationServerEvent, { type: "session.closed" }>
> = true;

/** Where the catalogues say nothing, any event may be the answer. */
export const unanswered: Same<Answer<"input_audio_buffer.append">, ServerEvent> = true;
export const unknown: Same<
  AnswerTo<XaiClientEvent["type"], ServerEvent | XaiServerEvent>,
  ServerEvent | XaiServerEvent
> = true;
export const foreign: Same<
  AnswerTo<"session.update", { readonly type: "ok" }>,
  { readonly type: "ok" }
> = true;
export const any: Same<AnswerTo<string, WireEvent>, WireEvent> = true;
