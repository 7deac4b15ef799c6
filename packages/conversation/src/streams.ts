import type { RateLimit } from "@duologue/protocol";
import type { Observable } from "rxjs";
import { type AudioChunk, audioChunk } from "./audio-chunk.ts";
import type { BareConversation } from "./conversation-options.ts";
import type { Policy } from "./effects.ts";
import { type Interruption, interruptionsOf } from "./interruption.ts";
import type { ConversationItem } from "./item.ts";
import { type Message, messagesOf } from "./messages.ts";
import { readFrom, selectedFrom } from "./read-from.ts";
import type { ConversationState } from "./state.ts";
import { type ToolCallUpdate, toolCallUpdates } from "./tool-call-updates.ts";
import { type TranscriptUpdate, transcriptUpdates } from "./transcript-updates.ts";
import type { UsageLedger } from "./usage.ts";

/** A conversation as streams for an app. All of them are hot or begin with the present value, and none ever errors. */
export interface Streams {
  /**
   * The items at once, then whenever one of them, or their order, has changed: while an answer plays also as often as the
   * player reports, since what was heard stands in the item.
   */
  readonly items$: Observable<readonly ConversationItem[]>;
  /**
   * The messages as a page shows them, at once, then whenever words of one come or are heard, or its status or place has
   * changed; not while nothing but a playhead moves. Those that say the same keep their identity. See `messagesOf`.
   */
  readonly messages$: Observable<readonly Message[]>;
  /**
   * Fires whenever words of a message come or change, with what is new: typed, transcribed or spoken, of either side; not
   * when they are heard.
   */
  readonly transcript$: Observable<TranscriptUpdate>;
  /**
   * Fires for every piece of the assistant's sound that travels as an event, as it comes, which is faster than it
   * plays; not for what comes late of a response that was interrupted. Where sound travels on a media track: never.
   */
  readonly audio$: Observable<AudioChunk>;
  /**
   * Fires for every part of the assistant's speech that was cut, whoever cut it, over every medium: with what was heard
   * of it and where it was truncated. See `interruptionsOf`.
   */
  readonly interruptions$: Observable<Interruption>;
  /**
   * Fires for every function call when it is going to be run or not, and when its output was sent. What a function threw
   * is on `problems$`.
   */
  readonly toolCalls$: Observable<ToolCallUpdate>;
  /** What was used, at once, then after each response and each transcription that the server bills. */
  readonly usage$: Observable<UsageLedger>;
  /** The rate limits at once, none at first, then as often as the server reports them. */
  readonly rateLimits$: Observable<readonly RateLimit[]>;
}

/** The streams of a conversation. */
export function streams(
  { state$, steps$ }: Pick<BareConversation, "state$" | "steps$">,
  policy?: Policy,
): Streams {
  const selected = <T>(select: (state: ConversationState) => T) => selectedFrom(state$, select);
  let messages: readonly Message[] = [];
  return {
    items$: selected(({ items }) => items),
    messages$: selected(({ items }) => {
      messages = messagesOf(items, messages);
      return messages;
    }),
    transcript$: readFrom(steps$, transcriptUpdates),
    audio$: readFrom(steps$, (step) => {
      const chunk = audioChunk(step);
      return chunk === undefined ? [] : [chunk];
    }),
    interruptions$: readFrom(steps$, ({ before, entry, after }) =>
      interruptionsOf(before, entry, after, policy),
    ),
    toolCalls$: readFrom(steps$, toolCallUpdates),
    usage$: selected(({ usage }) => usage),
    rateLimits$: selected(({ rateLimits }) => rateLimits),
  };
}
