import type { ConversationItem, MessageItem } from "./item.ts";
import type { ConversationState } from "./state.ts";

/** Tokens, summed over all responses. Transcription is billed apart and not in it. */
export interface TokenTotals {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
}

/** All words of a message, spoken or written, heard or not. */
export function textOf(item: MessageItem): string {
  return item.content
    .map((part) => ("text" in part ? part.text : "transcript" in part ? part.transcript : ""))
    .filter((text) => text !== "")
    .join("\n");
}

/** Where the server's copy of a message was cut, in milliseconds of its sound. */
export function truncatedAtMs(item: ConversationItem): number | undefined {
  if (item.type !== "message") return undefined;
  return item.content
    .map((part) => (part.type === "output_audio" ? part.audio?.truncatedAtMs : undefined))
    .find((ms) => ms !== undefined);
}

/** Tokens over all responses so far, those included that are forgotten. */
export function tokenTotals({ usage }: ConversationState): TokenTotals {
  const { inputTokens, outputTokens, totalTokens } = usage;
  return { inputTokens, outputTokens, totalTokens };
}
