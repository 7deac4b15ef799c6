import type { Item, ServerEventOf } from "@duologue/protocol";
import type { FunctionCallItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { wantIfAllAnswered } from "./calls.ts";
import { appended, emptyOutputAudio, emptyText, finished, spoken, withPart } from "./content.ts";
import { responseBegun } from "./echoes.ts";
import type { Handlers } from "./handler.ts";
import { updateMessage } from "./items.ts";
import { soundComplete, soundReceived, speechEnded } from "./ledger.ts";
import { textOr } from "./readable.ts";
import { answerBegun, answerEnded } from "./request-answers.ts";
import { findResponse, mergeWireResponse, upsertOutput } from "./responses.ts";
import { hasEnded, whileMade } from "./while-made.ts";
import { isEnded, itemLike, mergePart, mergeWireItem, pendingCall, pendingMessage } from "./wire-item.ts";

type PlaceInResponse = Pick<
  ServerEventOf<"response.output_audio.done">,
  "response_id" | "output_index" | "item_id"
>;

/** Generation: a response, the items it makes, and the streams in them. */
export const responseEvents: Handlers<
  | "response.created"
  | "response.done"
  | "response.output_item.added"
  | "response.output_item.done"
  | "response.content_part.added"
  | "response.content_part.done"
  | "response.output_text.delta"
  | "response.output_text.done"
  | "response.output_audio_transcript.delta"
  | "response.output_audio_transcript.done"
  | "response.output_audio.delta"
  | "response.output_audio.done"
  | "response.function_call_arguments.delta"
  | "response.function_call_arguments.done"
> = {
  "response.created": (state, { response, event_id }) => {
    const begun = mergeWireResponse(state, response, undefined);
    if (findResponse(state, response.id) !== undefined) return begun;
    const isMade = findResponse(begun, response.id)?.status === "in_progress";
    return answerBegun(isMade ? responseBegun(begun, event_id) : begun, response);
  },
  "response.done": (state, event) => {
    const { response } = event;
    if (response.id === undefined || hasEnded(state, response.id)) return state;
    // xAI puts the usage beside the response.
    const beside = "usage" in event ? (event.usage as typeof response.usage) : undefined;
    const usage = response.usage?.total_tokens === undefined ? beside : response.usage;
    const hadBegun = findResponse(state, response.id) !== undefined;
    const ended = answerEnded(mergeWireResponse(state, response, usage), response, hadBegun);
    return wantIfAllAnswered(speechEnded(ended, response.id), response.id);
  },
  "response.output_item.added": (state, event) => output(state, event, event.item, false),
  "response.output_item.done": (state, event) => output(state, event, event.item, true),

  "response.content_part.added": (state, event) =>
    updateMessage(message(state, event), event.item_id, (item) =>
      mergePart(item, event.content_index, event.part, false),
    ),
  "response.content_part.done": (state, event) =>
    updateMessage(message(state, event), event.item_id, (item) =>
      mergePart(item, event.content_index, event.part, true),
    ),
  "response.output_text.delta": whileMade((state, event) =>
    updateMessage(message(state, event), event.item_id, (item) =>
      withPart(item, event.content_index, emptyText("output_text"), (part) => appended(part, event.delta)),
    ),
  ),
  "response.output_text.done": (state, event) =>
    updateMessage(message(state, event), event.item_id, (item) =>
      withPart(item, event.content_index, emptyText("output_text"), (part) => finished(part, event.text)),
    ),
  "response.output_audio_transcript.delta": whileMade((state, event) =>
    updateMessage(message(state, event), event.item_id, (item) =>
      withPart(item, event.content_index, emptyOutputAudio, (part) =>
        part.complete || textOr(event.delta, "") === ""
          ? part
          : { ...part, transcript: part.transcript + event.delta },
      ),
    ),
  ),
  "response.output_audio_transcript.done": (state, event) =>
    updateMessage(message(state, event), event.item_id, (item) =>
      withPart(item, event.content_index, emptyOutputAudio, (part) => spoken(part, event.transcript)),
    ),
  "response.output_audio.delta": whileMade((state, event) => soundReceived(message(state, event), event)),
  "response.output_audio.done": (state, event) =>
    state.audio === "media" ? state : soundComplete(message(state, event), event),

  "response.function_call_arguments.delta": whileMade((state, event) =>
    call(state, event, (item) => {
      const more = textOr(event.delta, "");
      return isEnded(item) || more === "" ? item : { ...item, arguments: item.arguments + more };
    }),
  ),
  "response.function_call_arguments.done": (state, event) =>
    call(state, event, (item) => {
      const name = textOr(event.name, item.name);
      const json = textOr(event.arguments, item.arguments);
      return item.arguments === json && item.name === name ? item : { ...item, name, arguments: json };
    }),
};

function output(
  state: ConversationState,
  event: { readonly response_id: string; readonly output_index: number },
  wire: Item,
  final: boolean,
): ConversationState {
  const { id } = wire;
  if (id === undefined) return state;
  return upsertOutput(
    state,
    event,
    id,
    () => itemLike(id, wire),
    (item) => mergeWireItem(item, wire, final),
  );
}

/** The assistant message of a delta, made when the delta is the first that is heard of it. */
function message(state: ConversationState, event: PlaceInResponse): ConversationState {
  const { item_id: id } = event;
  return upsertOutput(state, event, id, () => pendingMessage(id, "assistant"));
}

function call(
  state: ConversationState,
  event: PlaceInResponse & { readonly call_id: string },
  change: (item: FunctionCallItem) => FunctionCallItem,
): ConversationState {
  const { item_id: id, call_id } = event;
  return upsertOutput(
    state,
    event,
    id,
    () => pendingCall(id, call_id),
    (item) => (item.type === "function_call" ? change(item) : item),
  );
}
