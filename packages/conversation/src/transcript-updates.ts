import type { ContentPart } from "./content-part.ts";
import type { Step } from "./conversation-options.ts";
import type { ConversationItem, MessageItem } from "./item.ts";
import { findItem } from "./reduce/items.ts";

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
export function transcriptUpdates(step: Step): readonly TranscriptUpdate[] {
  const { before, after } = step;
  if (before.items === after.items && before.detached === after.detached) return [];
  return touched(step).flatMap((item) =>
    item.type === "message" ? newWords(findItem(before, item.id), item) : [],
  );
}

/** The items that a step may have changed: of a delta, the one that it is of, without a look at the others. */
function touched({ before, entry, after }: Step): readonly ConversationItem[] {
  const { event } = entry;
  if (entry.from === "server" && event.type.endsWith(".delta") && "item_id" in event) {
    const item = findItem(after, String(event.item_id));
    return item === undefined ? [] : [item];
  }
  const known = new Set<ConversationItem>([...before.items, ...before.detached]);
  return [...after.items, ...after.detached].filter((item) => !known.has(item));
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
