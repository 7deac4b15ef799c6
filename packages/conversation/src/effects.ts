import type { Entry } from "@duologue/core";
import type { AudioFormat, ClientEvent, ServerEvent } from "@duologue/protocol";
import { interrupts } from "./reduce/input-events.ts";
import { findItem } from "./reduce/items.ts";
import { outputFormat, receivedMs } from "./reduce/playback.ts";
import { activeResponse, findResponse } from "./reduce/responses.ts";
import { callsOf, mayAsk } from "./reduce/turn.ts";
import type { ConversationState } from "./state.ts";

/** Something to be done because the conversation moved on. Data: only a live conversation carries it out. */
export type Effect =
  /** Send this command. */
  | { readonly type: "send"; readonly event: ClientEvent }
  /** Give this sound to the player. `base64` is encoded as `format` says. */
  | {
      readonly type: "play";
      readonly itemId: string;
      readonly contentIndex: number;
      readonly format: AudioFormat;
      readonly base64: string;
    }
  /** Tell the player that this part is complete. */
  | { readonly type: "play-end"; readonly itemId: string; readonly contentIndex: number }
  /** Silence the player at once. It reports what was heard of each part that it held. */
  | { readonly type: "flush" }
  /** Run a function and send its output. */
  | { readonly type: "run-tool"; readonly callId: string; readonly name: string; readonly arguments: string };

/** Choices that users differ in. */
export interface Policy {
  /**
   * Milliseconds taken off what was heard when an item is truncated, for sound that was on its way to the ear; 0
   * unless told.
   */
  readonly truncationMarginMs: number;
  /** Whether an answer is asked for when the last output of a response's function calls is in; true unless told. */
  readonly respondToTools: boolean;
}

export const defaultPolicy: Policy = { truncationMarginMs: 0, respondToTools: true };

/**
 * What has to be done after `entry` took the conversation from `before` to `after`: a pure function of these. The
 * effects come in the order in which they are to be carried out.
 */
export function effectsOf(
  before: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
  policy: Policy = defaultPolicy,
): readonly Effect[] {
  const asks = mayAsk(after) && !mayAsk(before) && (after.turn.wanted === "program" || policy.respondToTools);
  return [...knownEffects(before, entry, after, policy), ...(asks ? [ask(after)] : [])];
}

/** Frames that fail validation are delivered too: what cannot be read asks for nothing. */
function knownEffects(
  before: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
  policy: Policy,
): readonly Effect[] {
  try {
    return entryEffects(before, entry, after, policy);
  } catch {
    return [];
  }
}

function entryEffects(
  before: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
  policy: Policy,
): readonly Effect[] {
  if (entry.from === "local") {
    if (entry.event.type === "playback.flushed") {
      return truncation(after, entry.event.itemId, entry.event.contentIndex, policy);
    }
    return entry.event.type === "interrupt.requested" ? interruption(after) : [];
  }
  if (entry.from === "client") return [];
  const event = entry.event as ServerEvent;
  switch (event.type) {
    case "input_audio_buffer.speech_started":
      // Always, since generation is usually long over while we still play. The server silences its own track.
      return after.audio === "events" && interrupts(after) ? [{ type: "flush" }] : [];
    case "response.output_audio.delta":
      return findResponse(after, event.response_id)?.interrupted === true
        ? []
        : [
            {
              type: "play",
              itemId: event.item_id,
              contentIndex: event.content_index,
              format: outputFormat(after, event.response_id),
              base64: event.delta,
            },
          ];
    case "response.output_audio.done":
      return after.audio === "events"
        ? [{ type: "play-end", itemId: event.item_id, contentIndex: event.content_index }]
        : [];
    case "response.done":
      return [...openEnds(event.response.id, after), ...toolRuns(before, event.response.id, after)];
    default:
      return [];
  }
}

/** The parts of a response that ended before their sound was complete: nothing more of them comes. */
function openEnds(responseId: string | undefined, after: ConversationState): Effect[] {
  const response = responseId === undefined ? undefined : findResponse(after, responseId);
  return (response?.itemIds ?? []).flatMap((itemId) => {
    const item = findItem(after, itemId);
    const content = item?.type === "message" ? item.content : [];
    return content.flatMap((part, contentIndex): Effect[] =>
      part.type === "output_audio" &&
      part.audio !== undefined &&
      part.audio.receivedBytes > 0 &&
      !part.audio.complete
        ? [{ type: "play-end", itemId, contentIndex }]
        : [],
    );
  });
}

/** The functions to run when a response has completed: only then is it certain that no part of it is taken back. */
function toolRuns(
  before: ConversationState,
  responseId: string | undefined,
  after: ConversationState,
): Effect[] {
  const response = responseId === undefined ? undefined : findResponse(after, responseId);
  // Out of band there is nobody to give an output to: the conversation knows nothing of the call.
  if (response?.status !== "completed" || response.outOfBand) return [];
  if (findResponse(before, response.id)?.status === "completed") return [];
  return callsOf(after, response)
    .filter(({ answered }) => !answered)
    .map(({ callId, name, arguments: json }) => ({ type: "run-tool", callId, name, arguments: json }));
}

/** Tells the server where the user stopped hearing, so that the model knows what it got to say. */
function truncation(
  state: ConversationState,
  itemId: string,
  contentIndex: number,
  { truncationMarginMs }: Policy,
): Effect[] {
  const item = findItem(state, itemId);
  const part = item?.type === "message" ? item.content[contentIndex] : undefined;
  if (state.audio !== "events" || state.link !== "open") return [];
  if (part?.type !== "output_audio" || part.audio === undefined) return [];
  // A later server session has it in words, which nobody can cut by milliseconds; out of band there is no item.
  if (item?.standing !== undefined || !state.items.some(({ id }) => id === itemId)) return [];
  const { audio } = part;
  const received = receivedMs(audio);
  // A server refuses to cut an item of which it has made no sound yet, and one beyond what it made.
  if (received === 0 || (audio.complete && audio.heardMs >= received)) return [];
  const audioEndMs = Math.max(0, Math.floor(Math.min(audio.heardMs, received) - truncationMarginMs));
  return [
    {
      type: "send",
      event: {
        type: "conversation.item.truncate",
        item_id: itemId,
        content_index: contentIndex,
        audio_end_ms: audioEndMs,
      },
    },
  ];
}

function interruption(state: ConversationState): Effect[] {
  const active = activeResponse(state);
  const cancel: Effect[] =
    active === undefined
      ? []
      : [{ type: "send", event: { type: "response.cancel", response_id: active.id } }];
  const silence: Effect =
    state.audio === "events"
      ? { type: "flush" }
      : { type: "send", event: { type: "output_audio_buffer.clear" } };
  return [...cancel, silence];
}

/** The request carries an id that the state rebuilds, so that its refusal can be told from that of others. */
function ask(state: ConversationState): Effect {
  return { type: "send", event: { type: "response.create", event_id: `ask_${state.turn.asks + 1}` } };
}
