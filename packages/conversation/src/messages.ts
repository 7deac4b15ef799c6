import { heardTextOfItem } from "./heard-text.ts";
import type { ConversationItem, ItemStatus, MessageItem } from "./item.ts";
import { textOf } from "./selectors.ts";

/** What one side said, in words, as a page shows it. */
export interface Message {
  /** The id of its item. */
  readonly id: string;
  readonly role: MessageItem["role"];
  /** All words so far, spoken or written, heard or not; none of speech that nobody has transcribed yet. */
  readonly text: string;
  /** Those of an answer that were heard, to the end of a word: an estimate. Absent where nobody reports that. */
  readonly heardText?: string;
  readonly status: ItemStatus;
}

/**
 * The messages among items, in their order. Of those `before`, the ones that say the same are kept, and the list itself
 * where all of them do: so that it changes with words, and not with each move of a playhead.
 */
export function messagesOf(
  items: readonly ConversationItem[],
  before: readonly Message[] = [],
): readonly Message[] {
  const known = new Map(before.map((message) => [message.id, message]));
  const messages = items.flatMap((item) =>
    item.type === "message" ? [message(item, known.get(item.id))] : [],
  );
  return messages.length === before.length && messages.every((one, index) => one === before[index])
    ? before
    : messages;
}

/** Of items that did not change the words are not looked for again. */
const made = new WeakMap<MessageItem, Message>();

function message(item: MessageItem, before: Message | undefined): Message {
  const known = made.get(item);
  if (known !== undefined) return known;
  const next = keptOr(before, item);
  made.set(item, next);
  return next;
}

function keptOr(before: Message | undefined, item: MessageItem): Message {
  const { id, role, status } = item;
  const heardText = heardTextOfItem(item);
  const text = textOf(item);
  const isSame =
    before?.role === role &&
    before.status === status &&
    before.text === text &&
    before.heardText === heardText;
  return isSame ? before : { id, role, text, ...(heardText === undefined ? {} : { heardText }), status };
}
