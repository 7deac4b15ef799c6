import type { Usage } from "@duologue/protocol";
import { receivedMs } from "./reduce/playback.ts";
import type { ConversationItem, ConversationState, MessageItem, OutputAudioPart } from "./state.ts";

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

/**
 * The words of one spoken part that were heard: an estimate that takes the transcript as evenly spread over the
 * sound and stops after the last whole word. All of it when all was heard; `undefined` when no player reported.
 */
export function heardTextOf(part: OutputAudioPart): string | undefined {
  const { audio, transcript } = part;
  if (audio === undefined || (audio.playback === "waiting" && audio.truncatedAtMs === undefined))
    return undefined;
  if (audio.playback === "finished") return transcript;
  const received = receivedMs(audio);
  // A media track's length is not known here, so that its words cannot be placed.
  if (received === 0) return undefined;
  if (audio.heardMs >= received) return transcript;
  const end = Math.floor((transcript.length * audio.heardMs) / received);
  if (/\s/.test(transcript[end] ?? " ")) return transcript.slice(0, end);
  return transcript.slice(0, end).replace(/\S+$/, "").trimEnd();
}

/** The heard words of a message; `undefined` when no player reported on it. */
export function heardTextOfItem(item: MessageItem): string | undefined {
  const heard = item.content.flatMap((part) => (part.type === "output_audio" ? [heardTextOf(part)] : []));
  return heard.every((text) => text === undefined) ? undefined : heard.filter((text) => text).join("\n");
}

/** Where the server's copy of a message was cut, in milliseconds of its sound. */
export function truncatedAtMs(item: ConversationItem): number | undefined {
  if (item.type !== "message") return undefined;
  return item.content
    .map((part) => (part.type === "output_audio" ? part.audio?.truncatedAtMs : undefined))
    .find((ms) => ms !== undefined);
}

/** Tokens over all responses so far. */
export function tokenTotals(state: ConversationState): TokenTotals {
  return state.responses.reduce((total, { usage }) => add(total, usage), {
    inputTokens: 0,
    outputTokens: 0,
    totalTokens: 0,
  });
}

function add(total: TokenTotals, usage: Usage | undefined): TokenTotals {
  return {
    inputTokens: total.inputTokens + (usage?.input_tokens ?? 0),
    outputTokens: total.outputTokens + (usage?.output_tokens ?? 0),
    totalTokens: total.totalTokens + (usage?.total_tokens ?? 0),
  };
}
