import type {
  ContentPart,
  InputAudioPart,
  OutputAudioPart,
  PartAudio,
  TextPart,
  TranscriptSegment,
} from "../content-part.ts";
import type { MessageItem } from "../item.ts";
import { isAlike, readText } from "./readable.ts";
import { withFields } from "./with-fields.ts";

/** No service sends more parts than this in one message; a larger index is a broken frame and makes no array. */
export const maxParts = 1000;

/**
 * Changes the part at `index`. One that is not there, or has nothing in it yet, becomes one of `empty`'s type first; one
 * of another type that has something in it stays as it is.
 */
export function withPart<P extends ContentPart>(
  item: MessageItem,
  index: number,
  empty: P,
  change: (part: P) => P,
): MessageItem {
  if (!Number.isInteger(index) || index < 0 || index >= maxParts) return item;
  const current = item.content[index];
  if (current !== undefined && current.type !== empty.type && !isBlank(current)) return item;
  // Parts of equal type have equal shape.
  const part = current?.type === empty.type ? (current as P) : empty;
  const next = change(part);
  if (next === current) return item;
  if (index < item.content.length) return { ...item, content: item.content.with(index, next) };
  const missing = Array.from({ length: index - item.content.length }, () => emptyText("output_text"));
  return { ...item, content: [...item.content, ...missing, next] };
}

/** Whether a part has nothing in it yet: no word, no sound, no picture. */
function isBlank({ type: _, ...fields }: ContentPart): boolean {
  return Object.entries(fields).every(
    ([name, value]) => value === "" || value === false || (name === "transcription" && value === "none"),
  );
}

/** The part of the user's speech that is meant: where nothing is said of it, the first one. */
export function speechIndex({ content }: MessageItem, contentIndex: number | null | undefined): number {
  return (
    contentIndex ??
    Math.max(
      0,
      content.findIndex(({ type }) => type === "input_audio"),
    )
  );
}

/** A part without text. */
export function emptyText(type: TextPart["type"]): TextPart {
  return { type, text: "", complete: false };
}

/** A part of user speech that nobody has transcribed. */
export const emptyInputAudio: InputAudioPart = {
  type: "input_audio",
  transcript: "",
  transcription: "none",
};

/** A part of assistant speech before its first word. */
export const emptyOutputAudio: OutputAudioPart = {
  type: "output_audio",
  transcript: "",
  complete: false,
};

/** Sound of which nothing has come yet. */
export function emptyAudio(bytesPerMs: number): PartAudio {
  return { bytesPerMs, receivedBytes: 0, complete: false, heardMs: 0, playback: "waiting" };
}

/** Appends to a stream of text, unless its final text is in. */
export function appended(part: TextPart, delta: string): TextPart {
  const more = readText(delta);
  return part.complete || !more ? part : { ...part, text: part.text + more };
}

/** Sets the final text of a stream; without one, what was streamed is final. */
export function finished(part: TextPart, final: string | undefined): TextPart {
  return withFields(part, { text: readText(final), complete: true });
}

/** Sets the final transcript of assistant speech; without one, what was streamed is final. */
export function spoken(part: OutputAudioPart, final: string | undefined): OutputAudioPart {
  return withFields(part, { transcript: readText(final), complete: true });
}

/** Adds what one speaker said, in the order of time; of equal ids the last counts. */
export function withSegment(part: InputAudioPart, segment: TranscriptSegment): InputAudioPart {
  const { segments = [] } = part;
  const known = segments.find(({ id }) => id === segment.id);
  if (isAlike(known, segment)) return part;
  const others = segments.filter(({ id }) => id !== segment.id);
  const later = others.findIndex(({ startMs }) => startMs > segment.startMs);
  const transcription = part.transcription === "none" ? "in_progress" : part.transcription;
  const index = later < 0 ? others.length : later;
  return { ...part, transcription, segments: others.toSpliced(index, 0, segment) };
}
