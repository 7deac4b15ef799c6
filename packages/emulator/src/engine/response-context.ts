import type { ResponseConfig, Truncation } from "@duologue/protocol";
import type { Plan } from "../brain/plan.ts";
import { type Refusal, refusal } from "../wire/refusal.ts";
import { change, type Draft } from "./draft.ts";
import type { StoredItem } from "./engine-state.ts";
import { storedItem } from "./item-create.ts";
import { inputTokensOf } from "./model-context.ts";
import { inputTokens, itemTokens, tokenSum } from "./usage.ts";

/** What a response is given to read, or why it cannot be. */
type Context = { readonly items: readonly StoredItem[] } | { readonly refused: Refusal };

/**
 * What the response is given to read: the conversation but for what has been dropped, or its own input with the items
 * that this refers to.
 */
export function contextOf({ state }: Draft, { input }: ResponseConfig): Context {
  if (input === undefined) return { items: state.conversation.filter(({ dropped }) => dropped !== true) };
  const items: StoredItem[] = [];
  // Where an id stands for several, the last one remains.
  const known = new Map(state.conversation.map((stored) => [stored.item.id, stored]));
  for (const [index, entry] of input.entries()) {
    if (entry.type === "item_reference") {
      const found = known.get(entry.id);
      if (found === undefined) return { refused: unknownReference(entry.id, index) };
      items.push(found);
    } else {
      const stored = storedItem(
        state,
        entry,
        entry.id ?? `response.input[${index}]`,
        `response.input[${index}]`,
      );
      if ("refused" in stored) return stored;
      items.push(stored.stored);
    }
  }
  return { items };
}

function unknownReference(id: string, index: number): Refusal {
  const message = `Error creating response: the item with id '${id}' does not exist.`;
  return { code: "invalid_value", message, param: `response.input[${index}].id` };
}

/** What a response reads of what it is given. */
export interface FittedContext {
  readonly items: readonly StoredItem[];
  /** What is left out, the oldest items. */
  readonly dropped: readonly StoredItem[];
  /** Why nothing can be read: it is too long all the same. */
  readonly tooLong: Refusal | undefined;
}

/**
 * As much of a context as the model takes, by the session's `truncation`: the oldest items are left out, never the
 * newest. `prefix` are the tokens of instructions and tools, which always stay.
 */
export function fittedContext(
  { state, settings }: Draft,
  prefix: number,
  items: readonly StoredItem[],
): FittedContext {
  const { truncation, model } = state.session;
  const { maxInputTokens = inputTokensOf(model) } = settings;
  const room = maxInputTokens - prefix;
  const { most, target } = boundsOf(truncation, room);
  let tokens = tokenSum(inputTokens(0, items));
  let first = 0;
  if (tokens > most) {
    for (const stored of items.slice(0, -1)) {
      if (tokens <= target) break;
      tokens -= tokenSum(itemTokens(stored));
      first += 1;
    }
  }
  const tooLong = tokens > room ? contextRefusal(prefix + tokens, maxInputTokens) : undefined;
  if (tooLong !== undefined) return { items, dropped: [], tooLong };
  return { items: items.slice(first), dropped: items.slice(0, first), tooLong };
}

/** How many tokens the items may have, and how many they are cut down to where they have more. */
function boundsOf(truncation: Truncation, room: number): { readonly most: number; readonly target: number } {
  if (truncation === "auto") return { most: room, target: room };
  if (truncation === "disabled") return { most: Number.POSITIVE_INFINITY, target: room };
  const { retention_ratio: ratio, token_limits: limits } = truncation;
  const most = Math.min(room, limits?.post_instructions ?? room);
  return { most, target: most * ratio };
}

function contextRefusal(tokens: number, most: number): Refusal {
  const message = `The input of the response is ${tokens} tokens long, and the model reads ${most} at the most.`;
  return refusal("context_length_exceeded", message);
}

/** What a response does that cannot read its context. */
export function unreadPlan({ type = "invalid_request_error", code, message }: Refusal): Plan {
  return { status: "failed", error: { type, ...(code !== null && { code }), message } };
}

/**
 * Notes that no later response reads these items. The conversation keeps them, and no event tells of it. What follows
 * them is found in the cache no more: only the `prefix` is.
 */
export function drop(draft: Draft, dropped: readonly StoredItem[], prefix: number): void {
  if (dropped.length === 0) return;
  const gone = new Set(dropped);
  const conversation = draft.state.conversation.map((stored) =>
    gone.has(stored) ? { ...stored, dropped: true as const } : stored,
  );
  change(draft, { conversation, cachedTokens: { text: prefix, audio: 0 } });
}
