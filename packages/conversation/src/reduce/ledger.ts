import type { ClientEventOf, ServerEventOf } from "@duologue/protocol";
import type { OutputAudioPart, PartAudio } from "../content-part.ts";
import type { MessageItem } from "../item.ts";
import type { ConversationState } from "../state.ts";
import { emptyAudio, emptyOutputAudio, withPart } from "./content.ts";
import { updateMessage } from "./items.ts";
import { mapped } from "./lists.ts";
import { marked } from "./marks.ts";
import { paceSoFar } from "./pace.ts";
import { byteCount, bytesPerMs, defaultRate, outputFormat, receivedMs } from "./playback.ts";
import { isAmount } from "./readable.ts";
import { findResponse } from "./responses.ts";
import { findSpoken } from "./spoken-part.ts";
import { withFields } from "./with-fields.ts";

/** What an entry makes of a part that the assistant speaks. */
type Change = (part: OutputAudioPart) => OutputAudioPart;

/**
 * Takes in sound of a part. Sound of a response that was interrupted before is nothing that anybody hears, nor is what
 * comes while the session is being closed.
 */
export function soundReceived(
  state: ConversationState,
  event: ServerEventOf<"response.output_audio.delta">,
): Change {
  const bytes = byteCount(event.delta);
  const rate = bytesPerMs(outputFormat(state, event.response_id));
  const isSkipped = findResponse(state, event.response_id)?.interrupted === true || state.link === "closed";
  return (part) => {
    const audio = part.audio ?? emptyAudio(rate);
    if (bytes === 0) return withFields(part, { audio });
    const isFirst = audio.receivedBytes === 0 && audio.playback === "waiting";
    const playback = isFirst && isSkipped ? "skipped" : audio.playback;
    return { ...part, audio: { ...audio, playback, receivedBytes: audio.receivedBytes + bytes } };
  };
}

/** Takes in that no more sound of a part comes. */
export function soundComplete(
  state: ConversationState,
  event: ServerEventOf<"response.output_audio.done">,
): Change {
  const rate = bytesPerMs(outputFormat(state, event.response_id));
  return (part) => withFields(part, { audio: { ...(part.audio ?? emptyAudio(rate)), complete: true } });
}

/**
 * Takes in that a response has ended. Where no more of it is played, as of one that was interrupted, words that never
 * sounded were never heard; of a message that broke off, the words may go beyond the sound, though the server says that
 * both are complete.
 */
export function speechEnded(
  state: ConversationState,
  responseId: string,
  isSilenced = findResponse(state, responseId)?.interrupted === true,
): ConversationState {
  if (state.audio === "media") return state;
  return eachSpoken(state, responseId, (part, { status }) => {
    const audio = part.audio ?? emptyAudio(defaultRate);
    const isWhole = status === "completed";
    const isSilent = isSilenced && audio.receivedBytes === 0 && audio.playback === "waiting";
    if (!isSilent && (isWhole || part.audio === undefined)) return part;
    const playback = isSilent ? "skipped" : audio.playback;
    return { ...part, audio: { ...audio, playback, ...(isWhole ? {} : { brokenOff: true }) } };
  });
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
  return updateSpeech(state, itemId, contentIndex, (part) => {
    const audio = part.audio ?? emptyAudio(defaultRate);
    if (isOver(audio)) return part;
    // What is no number says nothing, also where a recording has `null` for it.
    const saidMs = Number.isFinite(heardMs) ? heardMs : 0;
    const most = state.audio === "media" ? saidMs : Math.min(saidMs, receivedMs(audio));
    const pace = audio.playback === "waiting" ? paceSoFar(state) : undefined;
    const moved = reported(withFields(audio, { pace }), playback, most);
    return withSound(part, moved.playback === "finished" ? moved : marked(part, moved));
  });
}

/** Takes in that the sound of a response's messages moves, where the server plays it. */
export function bufferMoved(
  state: ConversationState,
  { response_id }: { readonly response_id?: string },
  playback: "playing" | "finished" | "flushed",
): ConversationState {
  return eachSpoken(state, response_id, (part) => {
    const audio = part.audio ?? emptyAudio(defaultRate);
    return withSound(part, reported(audio, playback, audio.heardMs));
  });
}

/** Changes the parts of a response that the assistant speaks. */
function eachSpoken(
  state: ConversationState,
  responseId: string | undefined,
  change: (part: OutputAudioPart, message: MessageItem) => OutputAudioPart,
): ConversationState {
  return (findResponse(state, responseId)?.itemIds ?? []).reduce(
    (next, id) =>
      updateMessage(next, id, (item) => {
        const content = mapped(item.content, (part) =>
          part.type === "output_audio" ? change(part, item) : part,
        );
        return content === item.content ? item : { ...item, content };
      }),
    state,
  );
}

/** Changes a part that the assistant spoke. What is told of its sound only makes it where it is the next one. */
function updateSpeech(
  state: ConversationState,
  itemId: string,
  contentIndex: number,
  change: Change,
): ConversationState {
  return updateMessage(state, itemId, (item) => {
    const { role, content } = item;
    const isNext = role === "assistant" && contentIndex === content.length;
    const part = isNext ? emptyOutputAudio : content[contentIndex];
    if (part?.type !== "output_audio") return item;
    const next = change(part);
    return next === part ? item : withPart(item, contentIndex, emptyOutputAudio, () => next);
  });
}

function withSound(part: OutputAudioPart, audio: PartAudio): OutputAudioPart {
  return audio === part.audio ? part : { ...part, audio };
}

const order: Record<PartAudio["playback"], number> = {
  waiting: 0,
  skipped: 1,
  playing: 2,
  finished: 3,
  flushed: 3,
};

function isOver({ playback }: PartAudio): boolean {
  return order[playback] === order.finished;
}

/** What was heard only grows, and what ended stays ended. */
function reported(audio: PartAudio, playback: PartAudio["playback"], heardMs: number): PartAudio {
  const heard = Math.max(audio.heardMs, heardMs);
  const next = order[playback] > order[audio.playback] ? playback : audio.playback;
  if (heard === audio.heardMs && next === audio.playback) return audio;
  const { marks, ...account } = audio;
  const moved = { ...account, heardMs: heard, playback: next };
  return marks === undefined || next === "finished" ? moved : { ...moved, marks };
}

/** Takes in that the server was asked to cut its copy of a part. */
export function cutSent(
  state: ConversationState,
  { item_id, content_index, audio_end_ms: atMs, event_id = "" }: ClientEventOf<"conversation.item.truncate">,
): ConversationState {
  if (!isAmount(atMs)) return state;
  return updateSpeech(state, item_id, content_index, (part) =>
    part.audio === undefined
      ? part
      : withSound(part, withFields(part.audio, { cutting: { commandId: event_id, atMs } })),
  );
}

/** Takes in where the server's copy of a part ends. Where it plays, that is the only report of what was heard. */
export function cutMade(
  state: ConversationState,
  { item_id, content_index, audio_end_ms: atMs }: ServerEventOf<"conversation.item.truncated">,
): ConversationState {
  if (!isAmount(atMs)) return state;
  return updateSpeech(state, item_id, content_index, (part) => {
    const audio = part.audio ?? emptyAudio(defaultRate);
    if (audio.truncatedAtMs === atMs && audio.cutting === undefined) return part;
    const { cutting: _, ...account } = audio;
    const heard: Partial<PartAudio> = audio.receivedBytes > 0 ? {} : { heardMs: atMs, playback: "flushed" };
    return { ...part, audio: { ...account, truncatedAtMs: atMs, ...heard } };
  });
}

/** What a server says that is asked to cut beyond the end of its copy. */
const alreadyShorter = /Audio content of (\d+(?:\.\d+)?) ?ms is already shorter than (\d+(?:\.\d+)?) ?ms/;

/**
 * Takes in that the server refused a cut. Where it says that its copy is shorter than what was heard, it is right: all
 * of that was heard. The session goes on in any case.
 */
export function cutRefused(state: ConversationState, { error }: ServerEventOf<"error">): ConversationState {
  const [, end, asked] = alreadyShorter.exec(String(error?.message)) ?? [];
  const cut = findSpoken(
    state,
    ({ cutting }) =>
      cutting !== undefined &&
      (error.event_id == null ? Number(asked) === cutting.atMs : error.event_id === cutting.commandId),
  );
  if (cut === undefined) return state;
  const { cutting: _, ...audio } = cut.part.audio;
  const endMs = Number(end);
  const known = isAmount(endMs) ? { truncatedAtMs: endMs, heardMs: Math.min(audio.heardMs, endMs) } : {};
  return updateSpeech(state, cut.item.id, cut.contentIndex, (part) => ({
    ...part,
    audio: { ...audio, ...known },
  }));
}
