import type { ServerItem } from "@duologue/protocol";
import type { CommandOf } from "../wire/command.ts";
import type { Refusal } from "../wire/refusal.ts";
import { changeConversation, findItem } from "./conversation.ts";
import { change, type Draft, send } from "./draft.ts";
import type { StoredItem } from "./engine-state.ts";
import { base64Of } from "./item-audio.ts";
import { retrievalLimit } from "./limits.ts";
import { withoutRequest } from "./mcp-state.ts";
import { unknownItem } from "./unknown-item.ts";

/** `conversation.item.delete` */
export function deleteItem(
  draft: Draft,
  command: CommandOf<"conversation.item.delete">,
): Refusal | undefined {
  const { item_id } = command;
  const { conversation, later, mcp } = draft.state;
  const index = conversation.findLastIndex(({ item }) => item.id === item_id);
  if (index === -1) return unknownItem("delete", "deleting", item_id);
  const others = conversation.toSpliced(index, 1);
  const isGone = others.every(({ item }) => item.id !== item_id);
  changeConversation(draft, index, 1);
  change(draft, {
    later: isGone ? later.filter((put) => put.itemId !== item_id) : later,
    mcp: withoutRequest(mcp, item_id),
  });
  send(draft, { type: "conversation.item.deleted", item_id });
  return undefined;
}

/** `conversation.item.retrieve`: the only answer that carries an item's sound. */
export function retrieveItem(
  draft: Draft,
  command: CommandOf<"conversation.item.retrieve">,
): Refusal | undefined {
  const { item_id } = command;
  const stored = findItem(draft.state, item_id);
  if (stored === undefined) return unknownItem("retrieve", "retrieving", item_id);
  const limited = retrievalLimit(stored);
  if (limited !== undefined) return limited;
  send(draft, { type: "conversation.item.retrieved", item: withSound(stored) });
  return undefined;
}

/** Each part of sound with its own: of several, only a client can have given them. */
function withSound({ item, audio, partSamples = [] }: StoredItem): ServerItem {
  if (audio === undefined || item.type !== "message") return item;
  if (item.role === "user") {
    let from = 0;
    let part = 0;
    const content = item.content.map((one) => {
      if (one.type !== "input_audio") return one;
      const to = from + (partSamples[part++] ?? Number.POSITIVE_INFINITY);
      const sound = base64Of(audio, from, to);
      from = to;
      return { ...one, audio: sound };
    });
    return { ...item, content };
  }
  if (item.role !== "assistant") return item;
  const sound = { audio: base64Of(audio) };
  const content = item.content.map((part) => (part.type === "output_audio" ? { ...part, ...sound } : part));
  return { ...item, content };
}
