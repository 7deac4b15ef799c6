import { bytesPerMs } from "@duologue/audio";
import type { ConversationState } from "@duologue/conversation";
import { byteCount, isServer, type Moment, number, type Place, text } from "./moment.ts";
import { defaultFacts, nextFacts } from "./session-facts.ts";

/** One time that the user spoke. */
export interface UserTurn {
  readonly itemId: string;
  /**
   * When the voice was on the microphone: by the server's voice activity detection, mapped to when that sound was
   * sent, without its padding and its wait for silence. Without detection, from the first sound sent to its commit.
   */
  readonly startAt: Place;
  readonly endAt: Place;
  /** What a transcription model heard; empty when there is none. */
  readonly transcript: string;
  /** When the transcript was there. */
  readonly transcribedAt?: Place;
  /** Why there is no transcript. */
  readonly failure?: string;
}

interface Draft {
  itemId: string;
  startAt: Place;
  endAt?: Place;
  transcribedAt?: Place;
  failure?: string;
}

/** When the user spoke, and what. `state` is the conversation that the moments make. */
export function userTurns(
  moments: readonly Moment[],
  state: ConversationState,
  timed: boolean,
): readonly UserTurn[] {
  const drafts: Draft[] = [];
  /** How much had been sent, in milliseconds of sound, and when. */
  const sent: { readonly untilMs: number; readonly at: Place }[] = [];
  let facts = defaultFacts;
  let uncommittedFrom: Place | undefined;
  let lastAt: Place = 0;

  const turn = (itemId: string) => drafts.findLast((draft) => draft.itemId === itemId);

  /** When the sound at this position was sent; `fallback` where no sound was. */
  function whenSent(positionMs: number | undefined, fallback: Place): Place {
    if (!timed || positionMs === undefined) return fallback;
    const piece = sent[sent.findLastIndex(({ untilMs }) => untilMs < positionMs) + 1];
    if (piece === undefined) return fallback;
    return Math.max(0, piece.at - (piece.untilMs - positionMs));
  }

  for (const moment of moments) {
    const { at, from, type, event } = moment;
    lastAt = at;
    facts = nextFacts(facts, moment);
    const itemId = text(event, "item_id");
    if (from === "client" && type === "input_audio_buffer.append") {
      const ms = byteCount(text(event, "audio")) / bytesPerMs(facts.input);
      sent.push({ untilMs: (sent.at(-1)?.untilMs ?? 0) + ms, at });
      uncommittedFrom ??= timed ? at - ms : at;
    } else if (from === "client" && type === "input_audio_buffer.clear") {
      uncommittedFrom = undefined;
    } else if (isServer(moment, "input_audio_buffer.speech_started")) {
      const startMs = number(event, "audio_start_ms");
      const startAt = whenSent(startMs === undefined ? undefined : startMs + facts.paddingMs, at);
      drafts.push({ itemId, startAt: Math.min(startAt, at) });
    } else if (isServer(moment, "input_audio_buffer.speech_stopped")) {
      const known = turn(itemId);
      const endMs = number(event, "audio_end_ms");
      const endAt = whenSent(endMs === undefined ? undefined : endMs - facts.silenceMs, at);
      if (known !== undefined) known.endAt = Math.max(known.startAt, Math.min(endAt, at));
    } else if (isServer(moment, "input_audio_buffer.committed")) {
      if (turn(itemId) === undefined) drafts.push({ itemId, startAt: uncommittedFrom ?? at, endAt: at });
      uncommittedFrom = undefined;
    } else if (isServer(moment, "conversation.item.input_audio_transcription.completed")) {
      const known = turn(itemId);
      if (known !== undefined) known.transcribedAt = at;
    } else if (isServer(moment, "conversation.item.input_audio_transcription.failed")) {
      const known = turn(itemId);
      if (known !== undefined) known.failure = reasonOf(event);
    }
  }
  return drafts.map(({ endAt, ...draft }) => ({
    ...draft,
    endAt: endAt ?? lastAt,
    transcript: transcriptOf(state, draft.itemId),
  }));
}

function reasonOf(event: object): string {
  const error: unknown = Reflect.get(event, "error");
  return (typeof error === "object" && error !== null && text(error, "message")) || "no reason given";
}

function transcriptOf({ items, detached }: ConversationState, itemId: string): string {
  const item = [...items, ...detached].findLast(({ id }) => id === itemId);
  if (item?.type !== "message") return "";
  return item.content
    .map((part) => (part.type === "input_audio" ? part.transcript : ""))
    .join(" ")
    .trim();
}
