import type { Step } from "./bare-conversation.ts";
import { findItem } from "./reduce/items.ts";
import type { ContentPart, ConversationItem, MessageItem } from "./state.ts";

/** Words that came, of one part of a message. */
export interface TranscriptUpdate {
  readonly itemId: string;
  readonly contentIndex: number;
  readonly role: MessageItem["role"];
  /** All words of the part so far, spoken or written, heard or not. */
  readonly text: string;
  /** What is new at its end; absent where the words before changed as well. */
  readonly delta?: string;
  /** Whether these are the last words of it. Speech that nobody can transcribe ends with those that there are. */
  readonly isFinal: boolean;
}

/** The words that a step brought. */
export function transcriptUpdates({ before, after }: Step): readonly TranscriptUpdate[] {
  if (before.items === after.items && before.detached === after.detached) return [];
  const known = new Set<ConversationItem>([...before.items, ...before.detached]);
  return [...after.items, ...after.detached].flatMap((item) =>
    item.type !== "message" || known.has(item) ? [] : newWords(findItem(before, item.id), item),
  );
}

function newWords(before: ConversationItem | undefined, item: MessageItem): TranscriptUpdate[] {
  return item.content.flatMap((part, contentIndex): TranscriptUpdate[] => {
    const then = before?.type === "message" ? before.content[contentIndex] : undefined;
    const [was, now] = [wordsOf(then), wordsOf(part)];
    if (now === undefined || (was?.text === now.text && was.isFinal === now.isFinal)) return [];
    const old = was?.text ?? "";
    if (now.text === "" && !now.isFinal) return [];
    const delta = now.text.startsWith(old) ? { delta: now.text.slice(old.length) } : {};
    return [{ itemId: item.id, contentIndex, role: item.role, ...now, ...delta }];
  });
}

function wordsOf(part: ContentPart | undefined): { text: string; isFinal: boolean } | undefined {
  switch (part?.type) {
    case "input_text":
    case "output_text":
      return { text: part.text, isFinal: part.complete };
    case "output_audio":
      return { text: part.transcript, isFinal: part.complete };
    case "input_audio":
      return {
        text: part.transcript,
        isFinal: part.transcription === "completed" || part.transcription === "failed",
      };
    default:
      return undefined;
  }
}
