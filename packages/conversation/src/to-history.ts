import type { ClientEvent, Item } from "@duologue/protocol";
import type { ConversationState } from "./state.ts";
import { withToldIds } from "./told-id.ts";
import { type DescribeImage, toldItem } from "./told-item.ts";

type Create = Extract<ClientEvent, { type: "conversation.item.create" }>;

/** How a conversation is told. */
export interface HistoryOptions {
  /** What the session was given before, by earlier calls: only what changed since then comes back. */
  readonly seeded?: readonly ClientEvent[] | undefined;
  /** Puts pictures into words. They are shown again, whole, unless it is given. */
  readonly describeImage?: DescribeImage | undefined;
  /** Whether calls are told that nobody has answered yet, since their tools still run. False unless told. */
  readonly openCalls?: boolean | undefined;
}

/**
 * The commands that rebuild this conversation in a fresh server session, in order and under the same ids of items and
 * calls; one of more than 32 characters, which OpenAI refuses, is shortened, always in the same way. With `seeded`,
 * those that bring a session that was told before up to date; none when all is told.
 *
 * Speech comes back as words: of an answer that was cut, the heard part; of the user, the transcript. Function calls
 * come with their outputs. Items that are still growing, and those of tools that run at the server, are left out.
 */
export function toHistory(state: ConversationState, options: HistoryOptions = {}): ClientEvent[] {
  const { seeded = [] } = options;
  const told = toldItems(seeded);
  const items = rebuilt(state, options);
  const wanted = new Map(items.map((item) => [item.id ?? "", JSON.stringify(item)]));
  const outdated = [...told].filter(([id, json]) => wanted.get(id) !== json).map(([id]) => id);
  const isTold = (item: Item) => told.get(item.id ?? "") === JSON.stringify(item);
  const lastTold = items.findLastIndex(isTold);
  const creates = items.flatMap((item, index): Create[] => {
    if (isTold(item)) return [];
    // At the end no predecessor is named, so that one refusal does not cost all that follows.
    const place = index > lastTold ? {} : { previous_item_id: items[index - 1]?.id ?? "root" };
    return [{ type: "conversation.item.create", ...place, item }];
  });
  return [
    ...outdated.map((id): ClientEvent => ({ type: "conversation.item.delete", item_id: id })),
    ...creates,
  ];
}

/** The items that a session has after these commands, as JSON by id. */
function toldItems(seeded: readonly ClientEvent[]): Map<string, string> {
  const items = new Map<string, string>();
  for (const command of seeded) {
    if (command.type === "conversation.item.create")
      items.set(command.item.id ?? "", JSON.stringify(command.item));
    if (command.type === "conversation.item.delete") items.delete(command.item_id);
  }
  return items;
}

/** The items that a fresh session needs, in order. An output without its call is refused by servers, and is none. */
function rebuilt(state: ConversationState, { describeImage, openCalls }: HistoryOptions): Item[] {
  const items = state.items.flatMap((item) => {
    const told = toldItem(item, describeImage);
    return told === undefined ? [] : [withToldIds(told)];
  });
  const called = new Set<string>();
  const answered = new Set(
    items.flatMap((item) => (item.type === "function_call_output" ? [item.call_id] : [])),
  );
  return items.filter((item) => {
    if (item.type === "function_call_output") return called.has(item.call_id);
    if (item.type !== "function_call") return true;
    const callId = item.call_id ?? "";
    called.add(callId);
    return openCalls === true || answered.has(callId);
  });
}
