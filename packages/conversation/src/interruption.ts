import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { plannedCutMs } from "./cut-effects.ts";
import { type Cut, cutsOf } from "./cuts.ts";
import { defaultPolicy, type Policy } from "./effects.ts";
import { heardTextOf } from "./heard-text.ts";
import { receivedMs } from "./reduce/playback.ts";
import type { ConversationState } from "./state.ts";

/** The assistant did not get to say all of a content part: what was cut, where, and by whom. */
export interface Interruption {
  /** The user's voice, the program (`interrupt`, or a request that was withdrawn), or a request that replaced others. */
  readonly by: "user" | "program" | "turn";
  readonly itemId: string;
  readonly contentIndex: number;
  readonly responseId?: string;
  /** Milliseconds of its sound that were heard. */
  readonly heardMs: number;
  /** Its words that were heard: an estimate, see `heardTextOf`. */
  readonly heardText: string;
  /** Milliseconds that had come and were thrown away; unknown where the server plays. */
  readonly discardedMs?: number;
  /** Where the server's copy is cut; absent where it is not, because it has none or is to delete it. */
  readonly truncatedAtMs?: number;
}

/**
 * The interruptions that an entry completes: a pure function of it and the states around it, the same whether we play
 * or the server does. One for each part that was cut, those included that waited behind it and of which nothing was
 * heard; none for what was heard in full.
 *
 * Where we play it comes with the player's report, and for what was generated too late to be played with the end of its
 * response. Where the server plays it comes with `conversation.item.truncated`.
 */
export function interruptionsOf(
  before: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
  policy: Policy = defaultPolicy,
): readonly Interruption[] {
  try {
    return cutsOf(before, entry, after).map((cut) => interruption(after, cut, policy));
  } catch {
    // Frames that fail validation are delivered too: what cannot be read interrupts nothing.
    return [];
  }
}

function interruption(state: ConversationState, cut: Cut, policy: Policy): Interruption {
  const { item, contentIndex, part } = cut;
  const { heardMs, receivedBytes, truncatedAtMs, cutting } = part.audio;
  // Where the program has cut it by itself, it is not cut again.
  const known = truncatedAtMs ?? cutting?.atMs;
  const cutMs = known ?? (receivedBytes === 0 ? undefined : plannedCutMs(state, cut, policy));
  return {
    by: state.turn.interruptedBy ?? (state.audio === "media" ? "user" : "program"),
    itemId: item.id,
    contentIndex,
    ...(item.responseId === undefined ? {} : { responseId: item.responseId }),
    heardMs,
    heardText: heardTextOf(part) ?? "",
    ...(state.audio === "media" ? {} : { discardedMs: Math.max(0, receivedMs(part.audio) - heardMs) }),
    ...(cutMs === undefined ? {} : { truncatedAtMs: cutMs }),
  };
}
