import type { FunctionTool, Tool, Usage } from "@duologue/protocol";
import type { StoredItem } from "./engine-state.ts";
import { durationMsOf } from "./item-audio.ts";
import { remembered } from "./remembered.ts";

/** How much of the user's audio is one token. */
export const msPerUserToken = 100;
/** How much of the assistant's audio is one token. */
export const msPerAssistantToken = 50;

const charactersPerToken = 4;
const tokensPerItem = 3;
const tokensPerImage = 85;
/** The service caches input in blocks of so many tokens. */
const cacheBlock = 64;
const nothing = { text: 0, audio: 0 };

/** The input of a response that reads nothing. */
export const noInput: InputTokens = { ...nothing, image: 0 };

/** Tokens of one response's input, by what they stand for. */
export interface InputTokens {
  readonly text: number;
  readonly audio: number;
  readonly image: number;
}

/** How many tokens so much audio is; a part of one counts whole. */
export function audioTokens(durationMs: number, msPerToken: number): number {
  return Math.ceil(durationMs / msPerToken);
}

/** What a response reads before the conversation, an estimate by length, since no model is asked. */
export function prefixTokens(instructions: string, tools: readonly (FunctionTool | Tool)[]): number {
  return tools.reduce((sum, tool) => sum + toolTokens(tool), textTokens(instructions));
}

const toolTokens = remembered((tool: FunctionTool | Tool) => textTokens(JSON.stringify(tool)));

/** What a response reads of one item, estimated likewise. */
export const itemTokens = remembered((stored: StoredItem): InputTokens => {
  const { item, audio } = stored;
  const text = tokensPerItem + textTokens(wordsOf(stored));
  const image = imagesOf(stored) * tokensPerImage;
  if (audio === undefined) return { text, image, audio: 0 };
  const msPerToken = item.type === "message" && item.role === "user" ? msPerUserToken : msPerAssistantToken;
  return { text, image, audio: audioTokens(durationMsOf(audio), msPerToken) };
});

/** All that a response reads: so many tokens, and then the items. */
export function inputTokens(prefix: number, items: readonly StoredItem[]): InputTokens {
  const total = { text: prefix, audio: 0, image: 0 };
  for (const stored of items) {
    const { text, audio, image } = itemTokens(stored);
    total.text += text;
    total.audio += audio;
    total.image += image;
  }
  return total;
}

/** How many tokens they are together. */
export function tokenSum({ text, audio, image }: InputTokens): number {
  return text + audio + image;
}

/**
 * The bill of a response; its sums hold: total = input + output, each of them the sum of its details, and the cached
 * tokens a part of the input. `cached` is the input of the response before, of which whole blocks are found again.
 */
export function usageOf(
  input: InputTokens,
  cached: { readonly text: number; readonly audio: number },
  output: { readonly text: number; readonly audio: number },
): Usage {
  const cachedText = wholeBlocks(Math.min(cached.text, input.text));
  const cachedAudio = wholeBlocks(Math.min(cached.audio, input.audio));
  const inputSum = tokenSum(input);
  const outputSum = output.text + output.audio;
  return {
    total_tokens: inputSum + outputSum,
    input_tokens: inputSum,
    output_tokens: outputSum,
    input_token_details: {
      text_tokens: input.text,
      audio_tokens: input.audio,
      image_tokens: input.image,
      cached_tokens: cachedText + cachedAudio,
      cached_tokens_details: { text_tokens: cachedText, audio_tokens: cachedAudio, image_tokens: 0 },
    },
    output_token_details: { text_tokens: output.text, audio_tokens: output.audio },
  };
}

/** The bill of a response that costs nothing. */
export const noUsage: Usage = usageOf(noInput, nothing, nothing);

function wholeBlocks(tokens: number): number {
  return Math.floor(tokens / cacheBlock) * cacheBlock;
}

function textTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** The words that a model would read: not the transcript of sound that it hears. */
function wordsOf({ item }: StoredItem): string {
  switch (item.type) {
    case "message":
      return item.content.map((part) => ("text" in part ? part.text : "")).join(" ");
    case "function_call":
      return `${item.name}(${item.arguments})`;
    case "function_call_output":
      return item.output;
    case "mcp_call":
      return `${item.name}(${item.arguments}) ${item.output ?? item.error?.message ?? ""}`;
    case "mcp_list_tools":
      return JSON.stringify(item.tools);
    default:
      return "";
  }
}

function imagesOf({ item }: StoredItem): number {
  if (item.type !== "message" || item.role !== "user") return 0;
  return item.content.filter((part) => part.type === "input_image").length;
}
