import type { ClientEvent, Item } from "@duologue/protocol";
import { activeResponse } from "./reduce/responses.ts";
import { heardTextOf } from "./selectors.ts";
import type { ContentPart, ConversationItem, ConversationState, MessageItem } from "./state.ts";

type Create = Extract<ClientEvent, { type: "conversation.item.create" }>;

/**
 * The commands that tell a fresh server session what was said, in order and under the same item ids. `seeded` are
 * those that it was given before: only what changed since then comes back, nothing when all is told.
 *
 * Speech comes back as words: of an answer that was cut, the heard part; of the user, the transcript. Items that are
 * still growing, and those of tools that run at the server, are left out.
 */
export function historyCommands(
  state: ConversationState,
  seeded: readonly ClientEvent[] = [],
): ClientEvent[] {
  const told = toldItems(seeded);
  const items = rebuilt(state);
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
function rebuilt(state: ConversationState): Item[] {
  const calls = new Set<string>();
  return state.items.flatMap((item) => {
    const wire = wireItem(item);
    if (wire?.type === "function_call") calls.add(wire.call_id ?? "");
    if (wire?.type === "function_call_output" && !calls.has(wire.call_id)) return [];
    return wire === undefined ? [] : [wire];
  });
}

function wireItem(item: ConversationItem): Item | undefined {
  if (item.status !== "completed" && item.status !== "incomplete") return undefined;
  const { id } = item;
  switch (item.type) {
    case "message":
      return wireMessage(item);
    case "function_call":
      // Arguments that were cut short are no JSON, and nobody is going to answer such a call.
      return item.status === "completed"
        ? { id, type: "function_call", call_id: item.callId, name: item.name, arguments: item.arguments }
        : undefined;
    case "function_call_output":
      return { id, type: "function_call_output", call_id: item.callId, output: item.output };
    default:
      return undefined;
  }
}

function wireMessage({ id, role, content }: MessageItem): Item | undefined {
  if (role === "assistant") {
    const text = content.map(saidPart).filter(Boolean).join("\n");
    return text === ""
      ? undefined
      : { id, type: "message", role: "assistant", content: [{ type: "output_text", text }] };
  }
  if (role === "system") {
    const parts = content.map((part) => ({ type: "input_text" as const, text: askedText(part) }));
    return { id, type: "message", role: "system", content: parts };
  }
  const parts = content.map((part) =>
    part.type === "input_image" && part.imageUrl !== undefined
      ? { type: "input_image" as const, image_url: part.imageUrl }
      : { type: "input_text" as const, text: askedText(part) },
  );
  return parts.length === 0 ? undefined : { id, type: "message", role: "user", content: parts };
}

function askedText(part: ContentPart): string {
  if (part.type === "input_text") return part.text;
  if (part.type === "input_audio" && part.transcript !== "") return part.transcript;
  return part.type === "input_audio" ? "[speech without a transcript]" : "";
}

function saidPart(part: ContentPart): string {
  if (part.type === "output_text") return part.text;
  if (part.type !== "output_audio") return "";
  return part.audio?.playback === "flushed" ? (heardTextOf(part) ?? "") : part.transcript;
}

/**
 * Whether nobody speaks or is about to: no answer is generated, wanted, due or heard, the user is silent and was
 * understood, and no tool runs.
 */
export function isQuiet(state: ConversationState): boolean {
  const { userSpeaking, serverAnswers, asked, wanted } = state.turn;
  if (userSpeaking || serverAnswers || asked !== null || wanted !== null) return false;
  if (activeResponse(state) !== undefined) return false;
  return state.items.every((item) => {
    if (item.type === "function_call")
      return item.answered || item.status !== "completed" || item.standing !== undefined;
    if (item.type !== "message" || item.standing !== undefined) return true;
    return item.status !== "in_progress" && item.content.every((part) => isSettled(part, state));
  });
}

function isSettled(part: ContentPart, { session }: ConversationState): boolean {
  if (part.type === "output_audio") return part.audio?.playback !== "playing";
  if (part.type !== "input_audio" || part.transcription === "completed" || part.transcription === "failed")
    return true;
  return session?.audio?.input?.transcription == null;
}
