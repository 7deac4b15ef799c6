import type { Entry } from "@duologue/core";
import type { AudioFormat, ClientEvent, ServerEvent } from "@duologue/protocol";
import { budgetEffects } from "./budget-effects.ts";
import { cutEffects } from "./cut-effects.ts";
import type { McpApprovalRequest } from "./mcp-approval.ts";
import { playbackEffects } from "./playback-effects.ts";
import { recognised } from "./reduce/recognised.ts";
import { askEffects, cancelEffects } from "./request-effects.ts";
import { retellingEffects } from "./retelling.ts";
import type { ConversationState } from "./state.ts";
import { toolEffects } from "./tool-effects.ts";

/** Something to be done because the conversation moved on. Data: only a live conversation carries it out. */
export type Effect =
  /** Send this command. */
  | { readonly type: "send"; readonly event: ClientEvent }
  /** Give this sound to the player. `base64` is encoded as `format` says. */
  | {
      readonly type: "play";
      readonly itemId: string;
      readonly contentIndex: number;
      readonly format: AudioFormat;
      readonly base64: string;
    }
  /** Tell the player that this part is complete. */
  | { readonly type: "play-end"; readonly itemId: string; readonly contentIndex: number }
  /** Silence the player at once. It reports what was heard of each part that it held. */
  | { readonly type: "flush" }
  /** Run a function and send its output. */
  | {
      readonly type: "run-tool";
      /** The id of the call's item. Services have been seen to give one `callId` to several calls. */
      readonly itemId: string;
      readonly callId: string;
      readonly name: string;
      readonly arguments: string;
    }
  /** Tell these functions, by their items, that nobody waits for them: the assistant was interrupted, or the call is gone. */
  | {
      readonly type: "abort-tools";
      readonly itemIds: readonly string[];
      readonly why: "interrupted" | "deleted";
    }
  /** Note that an answer is wanted, under this name, since a tool of an MCP server has run. */
  | { readonly type: "request-answer"; readonly id: string }
  /** See whether the budget is used up, or is not any more. */
  | { readonly type: "review-budget" }
  /** Ask whether a tool of an MCP server may be called, and send the answer. */
  | ({ readonly type: "ask-approval" } & McpApprovalRequest);

/** Choices that users differ in. */
export interface Policy {
  /**
   * Milliseconds taken off what was heard when an item is truncated, for sound that was on its way to the ear; 0
   * unless told.
   */
  readonly truncationMarginMs: number;
  /**
   * What becomes of messages of which nothing was heard, such as those that waited behind the one that was interrupted.
   * `truncate`, unless told: they are cut at 0, so that they stay in the conversation without words for the model.
   * `delete`: they are removed. Those that a server cannot cut, because it has made no sound of them, are removed anyway.
   */
  readonly unheard: "truncate" | "delete";
  /** Whether an answer is asked for when the last output of a response's function calls is in; true unless told. */
  readonly respondToTools: boolean;
  /**
   * What becomes of functions that the model waits for when it is interrupted, by the user's voice or the program. `finish`,
   * unless told: nothing. `abort`: their signals fire, and the model is told that they were stopped.
   */
  readonly toolsAtInterruption: "finish" | "abort";
}

export const defaultPolicy: Policy = {
  truncationMarginMs: 0,
  unheard: "truncate",
  respondToTools: true,
  toolsAtInterruption: "finish",
};

/**
 * What has to be done after `entry` took the conversation from `before` to `after`: a pure function of these. The
 * effects come in the order in which they are to be carried out.
 */
export function effectsOf(
  before: ConversationState,
  entry: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
  policy: Policy = defaultPolicy,
): readonly Effect[] {
  return [...knownEffects(before, entry, after, policy), ...askEffects(before, after, policy)];
}

/** Frames that fail validation are delivered too: what cannot be read asks for nothing. */
function knownEffects(
  before: ConversationState,
  logged: Entry<ClientEvent, ServerEvent>,
  after: ConversationState,
  policy: Policy,
): readonly Effect[] {
  try {
    const entry = recognised(before, logged);
    return [
      ...cancelEffects(before, entry, after),
      ...playbackEffects(before, entry, after),
      ...cutEffects(before, entry, after, policy),
      ...retellingEffects(before, entry, after),
      ...toolEffects(before, entry, after, policy),
      ...budgetEffects(before, entry, after),
    ];
  } catch {
    return [];
  }
}
