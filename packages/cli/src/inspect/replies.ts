import {
  type ConversationState,
  heardTextOf,
  type MessageItem,
  type OutputAudioPart,
  receivedMs,
} from "@duologue/conversation";
import { isLocal, isServer, type Moment, number, type Place, text } from "./moment.ts";

/** One time that the assistant spoke: the sound of one content part. */
export interface Reply {
  readonly itemId: string;
  readonly contentIndex: number;
  readonly responseId: string;
  /** When its sound came in; absent where it travelled on a media track. */
  readonly receivedFrom?: Place;
  readonly receivedTo?: Place;
  /** How long the sound is that came in, in milliseconds. */
  readonly soundMs?: number;
  /** When it was heard. */
  readonly heardFrom?: Place;
  readonly heardTo?: Place;
  /** Until when the rest of it would have gone on, had it not been cut: at most until the next one was heard. */
  readonly unheardTo?: Place;
  /** Milliseconds of its sound that left the loudspeaker, where a player told. */
  readonly heardMs?: number;
  /** Nobody told when it was heard: it is taken to have played as soon as it came, one after the other. */
  readonly estimated: boolean;
  /** Where in its sound it was cut, in milliseconds, and when. */
  readonly cutMs?: number;
  readonly cutAt?: Place;
  /** All that was generated. */
  readonly transcript: string;
  /** Its words up to the cut, where there was one. */
  readonly heardText?: string;
}

interface Draft {
  itemId: string;
  contentIndex: number;
  responseId: string;
  receivedFrom?: Place;
  receivedTo?: Place;
  heardFrom?: Place;
  heardTo?: Place;
  heardMs?: number;
  flushedAt?: Place;
  cutMs?: number;
  cutAt?: Place;
}

/** When the assistant spoke, what of it was heard, and where it was cut. */
export function replies(
  moments: readonly Moment[],
  state: ConversationState,
  timed: boolean,
): readonly Reply[] {
  const drafts: Draft[] = [];
  /** When a media track played the sound of a response. */
  const played = new Map<string, { from: Place; to?: Place }>();

  function draftOf(itemId: string, contentIndex: number, responseId = ""): Draft {
    const known = drafts.find((draft) => draft.itemId === itemId && draft.contentIndex === contentIndex);
    if (known !== undefined) {
      known.responseId ||= responseId;
      return known;
    }
    const draft: Draft = { itemId, contentIndex, responseId };
    drafts.push(draft);
    return draft;
  }

  for (const moment of moments) {
    const { at, event } = moment;
    const responseId = text(event, "response_id");
    const itemId = text(event, "item_id");
    const contentIndex = number(event, "content_index") ?? 0;
    if (isServer(moment, "response.output_audio.delta")) {
      const draft = draftOf(itemId, contentIndex, responseId);
      draft.receivedFrom ??= at;
      draft.receivedTo = at;
    } else if (isServer(moment, "response.output_audio_transcript.delta")) {
      draftOf(itemId, contentIndex, responseId);
    } else if (isServer(moment, "output_audio_buffer.started")) {
      played.set(responseId, { from: at });
    } else if (
      isServer(moment, "output_audio_buffer.stopped") ||
      isServer(moment, "output_audio_buffer.cleared")
    ) {
      const span = played.get(responseId);
      if (span !== undefined) span.to = at;
    } else if (isServer(moment, "conversation.item.truncated")) {
      const draft = draftOf(itemId, contentIndex);
      const cutMs = number(event, "audio_end_ms");
      if (cutMs !== undefined) draft.cutMs = cutMs;
      draft.cutAt = draft.flushedAt ?? at;
    } else if (
      isLocal(moment, "playback.progress") ||
      isLocal(moment, "playback.finished") ||
      isLocal(moment, "playback.flushed")
    ) {
      heard(draftOf(text(event, "itemId"), number(event, "contentIndex") ?? 0), moment, timed);
    }
  }

  const lastAt = moments.at(-1)?.at ?? 0;
  let speakerFreeAt: Place = 0;
  const spoken: Reply[] = drafts.map((draft) => {
    const { flushedAt, ...known } = draft;
    const part = partOf(state, draft.itemId, draft.contentIndex);
    const soundMs = part?.audio === undefined ? 0 : receivedMs(part.audio);
    const span = played.get(draft.responseId);
    const cutMs = known.cutMs ?? (flushedAt === undefined ? undefined : known.heardMs);
    const cutAt = known.cutAt ?? flushedAt;
    const reply = {
      ...known,
      ...(cutMs === undefined || cutAt === undefined ? {} : { cutMs, cutAt }),
      ...(soundMs === 0 ? {} : { soundMs }),
      estimated: false,
      ...wordsOf(part, cutMs),
    };
    if (known.heardFrom !== undefined) return reply;
    if (span !== undefined) return { ...reply, heardFrom: span.from, heardTo: span.to ?? lastAt };
    if (known.receivedFrom === undefined) return reply;
    const from = timed ? Math.max(known.receivedFrom, speakerFreeAt) : known.receivedFrom;
    const length = Math.min(soundMs, cutMs ?? Number.POSITIVE_INFINITY);
    const to = timed
      ? Math.min(from + length, cutAt ?? Number.POSITIVE_INFINITY)
      : (known.receivedTo ?? from);
    speakerFreeAt = to;
    return { ...reply, heardFrom: from, heardTo: Math.max(from, to), estimated: true };
  });
  return timed
    ? spoken.map((reply, index) => withRest(reply, spoken[index + 1]?.heardFrom ?? lastAt))
    : spoken;
}

/** The reply with the end of what was never heard of it, which lies at `limit` at the latest. */
function withRest(reply: Reply, limit: Place): Reply {
  const { heardTo, soundMs = 0, cutMs, heardMs = cutMs } = reply;
  if (heardTo === undefined || heardMs === undefined || cutMs === undefined) return reply;
  const unheardTo = Math.min(heardTo + soundMs - heardMs, limit);
  return unheardTo > heardTo ? { ...reply, unheardTo } : reply;
}

/** Takes a player's report in. */
function heard(draft: Draft, { at, type, event }: Moment, timed: boolean): void {
  const heardMs = Math.max(0, number(event, "heardMs") ?? 0);
  draft.heardMs = Math.max(draft.heardMs ?? 0, heardMs);
  if (type === "playback.flushed") draft.flushedAt ??= at;
  // What was flushed before it was heard never was.
  if (heardMs === 0) return;
  draft.heardFrom ??= timed ? Math.max(draft.receivedFrom ?? 0, at - heardMs) : at;
  draft.heardTo = at;
}

function partOf(state: ConversationState, itemId: string, contentIndex: number): OutputAudioPart | undefined {
  const item = [...state.items, ...state.detached].findLast(
    (candidate): candidate is MessageItem => candidate.id === itemId && candidate.type === "message",
  );
  const part = item?.content[contentIndex];
  return part?.type === "output_audio" ? part : undefined;
}

function wordsOf(
  part: OutputAudioPart | undefined,
  cutMs: number | undefined,
): { transcript: string; heardText?: string } {
  if (part === undefined) return { transcript: "" };
  const { transcript, audio } = part;
  if (cutMs === undefined || audio === undefined) return { transcript };
  // Where no player told, the place of the cut is what is known of what was heard.
  const told = audio.heardMs > 0 ? audio : { ...audio, heardMs: cutMs, playback: "flushed" as const };
  const heardText = heardTextOf({ ...part, audio: told });
  return heardText === undefined ? { transcript } : { transcript, heardText };
}
