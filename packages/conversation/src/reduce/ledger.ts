import type { ClientEventOf, ServerEventOf } from "@duologue/protocol";
import type { OutputAudioPart, PartAudio } from "../content-part.ts";
import type { MessageItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { emptyAudio, emptyOutputAudio, withPart } from "./content.ts";
import { findItem, updateMessage } from "./items.ts";
import { marked } from "./marks.ts";
import { paceSoFar } from "./pace.ts";
import { byteCount, bytesPerMs, defaultRate, outputFormat, receivedMs, withAudio } from "./playback.ts";
import { isAmount } from "./readable.ts";
import { findResponse } from "./responses.ts";

/** Takes in sound of a part. Sound of a response that was interrupted before is nothing that anybody hears. */
export function soundReceived(
  state: ConversationState,
  event: ServerEventOf<"response.output_audio.delta">,
): ConversationState {
  const bytes = byteCount(event.delta);
  const rate = bytesPerMs(outputFormat(state, event.response_id));
  const isSkipped = findResponse(state, event.response_id)?.interrupted === true;
  return updateMessage(state, event.item_id, (item) =>
    withPart(item, event.content_index, emptyOutputAudio, (part) => {
      const audio = part.audio ?? emptyAudio(rate);
      if (bytes === 0) return part.audio === undefined ? { ...part, audio } : part;
      const isFirst = audio.receivedBytes === 0 && audio.playback === "waiting";
      const playback = isFirst && isSkipped ? "skipped" : audio.playback;
      return { ...part, audio: { ...audio, playback, receivedBytes: audio.receivedBytes + bytes } };
    }),
  );
}

/** Takes in that no more sound of a part comes. */
export function soundComplete(
  state: ConversationState,
  event: ServerEventOf<"response.output_audio.done">,
): ConversationState {
  // Where the sound travels on a media track there is none to complete.
  if (state.audio === "media") return state;
  const rate = bytesPerMs(outputFormat(state, event.response_id));
  return withAudio(state, event.item_id, event.content_index, rate, (audio) =>
    audio.complete ? audio : { ...audio, complete: true },
  );
}

/**
 * Takes in that a response has ended. Of one that was interrupted, words that never sounded were never heard; of a message
 * that broke off, the words may go beyond the sound, though the server says that both are complete.
 */
export function speechEnded(state: ConversationState, responseId: string): ConversationState {
  const response = findResponse(state, responseId);
  if (response === undefined || state.audio === "media") return state;
  return response.itemIds.reduce(
    (next, id) =>
      updateMessage(next, id, (item) => {
        const isWhole = item.status === "completed";
        return item.content.reduce(
          (message, part, index) =>
            part.type === "output_audio"
              ? withPart(message, index, emptyOutputAudio, (speech) =>
                  ended(speech, isWhole, response.interrupted),
                )
              : message,
          item,
        );
      }),
    state,
  );
}

function ended(part: OutputAudioPart, isWhole: boolean, isInterrupted: boolean): OutputAudioPart {
  const audio = part.audio ?? emptyAudio(defaultRate);
  const isSilent = isInterrupted && audio.receivedBytes === 0 && audio.playback === "waiting";
  if (!isSilent && (isWhole || part.audio === undefined)) return part;
  const playback = isSilent ? "skipped" : audio.playback;
  return { ...part, audio: { ...audio, playback, ...(isWhole ? {} : { brokenOff: true }) } };
}

/** What a player says of one content part. */
interface Report {
  readonly itemId: string;
  readonly contentIndex: number;
  readonly heardMs: number;
}

/** Takes a player's report in. Nobody hears more than there is, and of a part that is over nothing more is heard. */
export function playerReported(
  state: ConversationState,
  playback: "playing" | "finished" | "flushed",
  { itemId, contentIndex, heardMs }: Report,
): ConversationState {
  return updateMessage(state, itemId, (item) =>
    withSpeech(item, contentIndex, (part) => {
      const audio = part.audio ?? emptyAudio(defaultRate);
      if (isOver(audio)) return part;
      const most = state.audio === "media" ? heardMs : Math.min(heardMs, receivedMs(audio));
      const paced = audio.playback === "waiting" ? withPace(audio, paceSoFar(state)) : audio;
      const moved = reported(paced, playback, most);
      const next = moved.playback === "finished" ? moved : marked(part, moved);
      return next === part.audio ? part : { ...part, audio: next };
    }),
  );
}

/** Changes a part that the assistant spoke. What is told of its sound only makes it where it is the next one. */
function withSpeech(
  item: MessageItem,
  contentIndex: number,
  change: (part: OutputAudioPart) => OutputAudioPart,
): MessageItem {
  const { role, content } = item;
  const part = content[contentIndex];
  const isNext = part === undefined && role === "assistant" && contentIndex === content.length;
  const isSpoken = part?.type === "output_audio";
  return isNext || isSpoken ? withPart(item, contentIndex, emptyOutputAudio, change) : item;
}

function withPace(audio: PartAudio, pace: number | undefined): PartAudio {
  return pace === undefined ? audio : { ...audio, pace };
}

/** Takes in that the sound of a response's messages moves, where the server plays it. */
export function bufferMoved(
  state: ConversationState,
  { response_id }: { readonly response_id?: string },
  playback: "playing" | "finished" | "flushed",
): ConversationState {
  const response = response_id === undefined ? undefined : findResponse(state, response_id);
  if (response === undefined) return state;
  return response.itemIds.reduce((next, id) => {
    const item = findItem(next, id);
    if (item?.type !== "message") return next;
    return item.content.reduce(
      (changed, part, index) =>
        part.type === "output_audio"
          ? withAudio(changed, id, index, defaultRate, (audio) => reported(audio, playback, audio.heardMs))
          : changed,
      next,
    );
  }, state);
}

const order: Record<PartAudio["playback"], number> = {
  waiting: 0,
  skipped: 1,
  playing: 2,
  finished: 3,
  flushed: 3,
};

function isOver({ playback }: PartAudio): boolean {
  return playback === "finished" || playback === "flushed";
}

/** What was heard only grows, and what ended stays ended. */
function reported(audio: PartAudio, playback: PartAudio["playback"], heardMs: number): PartAudio {
  const heard = Number.isFinite(heardMs) ? Math.max(audio.heardMs, heardMs) : audio.heardMs;
  const next = order[playback] > order[audio.playback] ? playback : audio.playback;
  if (heard === audio.heardMs && next === audio.playback) return audio;
  const { marks, ...account } = audio;
  const moved = { ...account, heardMs: heard, playback: next };
  return marks === undefined || next === "finished" ? moved : { ...moved, marks };
}

/** Takes in that the server was asked to cut its copy of a part. */
export function cutSent(
  state: ConversationState,
  { item_id, content_index, audio_end_ms, event_id = "" }: ClientEventOf<"conversation.item.truncate">,
): ConversationState {
  if (!isAmount(audio_end_ms)) return state;
  return updateAudio(state, item_id, content_index, (audio) => {
    const { commandId, atMs } = audio.cutting ?? {};
    const isKnown = commandId === event_id && atMs === audio_end_ms;
    return isKnown ? audio : { ...audio, cutting: { commandId: event_id, atMs: audio_end_ms } };
  });
}

/** Takes in where the server's copy of a part ends. Where it plays, that is the only report of what was heard. */
export function cutMade(
  state: ConversationState,
  { item_id, content_index, audio_end_ms }: ServerEventOf<"conversation.item.truncated">,
): ConversationState {
  if (!isAmount(audio_end_ms)) return state;
  return updateMessage(state, item_id, (item) =>
    withSpeech(item, content_index, (part) => {
      const audio = part.audio ?? emptyAudio(defaultRate);
      if (audio.truncatedAtMs === audio_end_ms && audio.cutting === undefined) return part;
      const { cutting: _, ...account } = audio;
      const cut: PartAudio =
        audio.receivedBytes > 0
          ? { ...account, truncatedAtMs: audio_end_ms }
          : { ...account, truncatedAtMs: audio_end_ms, heardMs: audio_end_ms, playback: "flushed" };
      return { ...part, audio: cut };
    }),
  );
}

/** What a server says that is asked to cut beyond the end of its copy. */
const alreadyShorter = /Audio content of (\d+(?:\.\d+)?) ?ms is already shorter than (\d+(?:\.\d+)?) ?ms/;

/**
 * Takes in that the server refused a cut. Where it says that its copy is shorter than what was heard, it is right: all
 * of that was heard. The session goes on in any case.
 */
export function cutRefused(state: ConversationState, { error }: ServerEventOf<"error">): ConversationState {
  const [, end, asked] = alreadyShorter.exec(String(error?.message)) ?? [];
  const isMeant = ({ cutting }: PartAudio) =>
    cutting !== undefined &&
    (error.event_id == null ? Number(asked) === cutting.atMs : error.event_id === cutting.commandId);
  const place = findCut(state, isMeant);
  if (place === undefined) return state;
  return updateAudio(state, place.itemId, place.contentIndex, ({ cutting: _, ...audio }) =>
    !isAmount(Number(end))
      ? audio
      : { ...audio, truncatedAtMs: Number(end), heardMs: Math.min(audio.heardMs, Number(end)) },
  );
}

/** The latest part whose sound is as `isMeant` wants it. */
export function findCut(
  state: ConversationState,
  isMeant: (audio: PartAudio) => boolean,
): { readonly itemId: string; readonly contentIndex: number } | undefined {
  for (const list of [state.detached, state.items]) {
    for (let index = list.length - 1; index >= 0; index--) {
      const item = list[index];
      if (item?.type !== "message") continue;
      const contentIndex = item.content.findIndex(
        (part) => part.type === "output_audio" && part.audio !== undefined && isMeant(part.audio),
      );
      if (contentIndex >= 0) return { itemId: item.id, contentIndex };
    }
  }
  return undefined;
}

/** Changes the account of a part that has one. */
function updateAudio(
  state: ConversationState,
  itemId: string,
  contentIndex: number,
  change: (audio: PartAudio) => PartAudio,
): ConversationState {
  return updateMessage(state, itemId, (item) => {
    const part = item.content[contentIndex];
    if (part?.type !== "output_audio" || part.audio === undefined) return item;
    const audio = change(part.audio);
    if (audio === part.audio) return item;
    return { ...item, content: item.content.with(contentIndex, { ...part, audio }) };
  });
}
