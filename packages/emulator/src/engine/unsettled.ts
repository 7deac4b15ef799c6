import { defined } from "./defined.ts";

/** What an interruption does on a media track, each step named after the event that tells of it. */
export type InterruptionStep =
  /** The track falls silent. */
  | "output_audio_buffer.cleared"
  /** What has not been heard of an item is cut off from it. */
  | "conversation.item.truncated"
  /** The response that is still generated is cancelled, with the `done` events of its open item. */
  | "response.done";

/** What no source settles about the service, each with the likelier answer as its default. */
export interface Unsettled {
  /**
   * What an interruption does first on a media track, and what last: each step once. The service is known to cut an
   * item after it has fallen silent; where it ends the response is not known. Default: `output_audio_buffer.cleared`,
   * `conversation.item.truncated`, `response.done`.
   */
  readonly interruptionOrder: readonly InterruptionStep[];
  /**
   * Whether on a media track the user's speech interrupts even where `interrupt_response` is false, as it has been
   * seen to do. Default: true.
   */
  readonly alwaysInterruptsMedia: boolean;
  /** Whether a turn detection of the same type keeps what an update leaves out. Default: false, it is replaced. */
  readonly mergesTurnDetection: boolean;
  /**
   * Whether a response waits for the calls of MCP tools that it has made, and goes on: to a scenario this is another
   * turn. Otherwise it ends without them, they run beside it, and the client asks for the next response, as the
   * service has been seen to do; its guide describes the former. Default: false.
   */
  readonly goesOnAfterMcp: boolean;
  /** Whether the `input` of a response that writes to the conversation is added to it as well. Default: false. */
  readonly keepsResponseInput: boolean;
  /**
   * Whether a response whose context is too long, and may not be truncated, is refused by an `error`, and not begun.
   * The documents speak of an error and do not say where. Default: false, it ends as `failed`.
   */
  readonly refusesLongContext: boolean;
  /** Whether a cancelled response is billed for what it read and put out, and not with zeros. Default: true. */
  readonly billsCancelled: boolean;
  /**
   * Whether `rate_limits.updated` follows a response. Documents and older recordings have it; sessions of 2026 have been
   * recorded without. Default: true.
   */
  readonly reportsRateLimits: boolean;
  /** Whether `rate_limits.updated`, where there is one, follows a cancelled response as well. Default: true. */
  readonly limitsAfterCancelled: boolean;
  /** Whether `conversation.created` follows `session.created`. Default: false. */
  readonly announcesConversation: boolean;
  /** Whether `response.output_audio.delta` has an `obfuscation` as the deltas of text have. Default: false. */
  readonly obfuscatesAudio: boolean;
  /** Whether a spoken part ends with its transcript, and then its audio. Default: false, the audio ends first. */
  readonly endsTranscriptFirst: boolean;
  /**
   * Whether an item that the client appends with an id that another one has names that id as its predecessor, as
   * gpt-realtime-1.5 has been seen to do; otherwise it names the item before it. Default: true.
   */
  readonly duplicatesNameThemselves: boolean;
  /** Whether `conversation.item.done` shows an item again that has been truncated after its end. Default: false. */
  readonly repeatsDoneWhenTruncated: boolean;
}

/** All of them, in their likely order. */
export const interruptionSteps: readonly InterruptionStep[] = [
  "output_audio_buffer.cleared",
  "conversation.item.truncated",
  "response.done",
];

const likely: Unsettled = {
  interruptionOrder: interruptionSteps,
  alwaysInterruptsMedia: true,
  mergesTurnDetection: false,
  goesOnAfterMcp: false,
  keepsResponseInput: false,
  refusesLongContext: false,
  billsCancelled: true,
  reportsRateLimits: true,
  limitsAfterCancelled: true,
  announcesConversation: false,
  obfuscatesAudio: false,
  endsTranscriptFirst: false,
  duplicatesNameThemselves: true,
  repeatsDoneWhenTruncated: false,
};

/** Throws a `RangeError` for an order that lacks a step. */
export function unsettled(given: Partial<Unsettled> = {}): Unsettled {
  const full = { ...likely, ...defined(given) };
  const order = full.interruptionOrder;
  if ([...order].sort().join() !== [...interruptionSteps].sort().join()) {
    throw new RangeError(`interruptionOrder is ${order.join()}; each of its steps once is wanted`);
  }
  return full;
}
