import type { Item } from "@duologue/protocol";
import type { ContentPart, ImagePart } from "./content-part.ts";
import { heardTextOf } from "./heard-text.ts";
import type { ConversationItem, MessageItem } from "./item.ts";
import { isEnded } from "./reduce/wire-item.ts";

/** Puts a picture into words, for a model that is not to be shown it again. */
export type DescribeImage = (image: ImagePart, message: MessageItem) => string;

/**
 * An item as a client can tell it to a server that does not know it, in words and under its own id: of an answer that
 * was cut, the heard part; of the user's speech, the transcript. `undefined` for what nobody can tell: items that still
 * grow, calls that broke off, what tools at the server did, and what was never heard.
 */
export function toldItem(item: ConversationItem, describeImage?: DescribeImage): Item | undefined {
  if (!isEnded(item)) return undefined;
  const { id } = item;
  switch (item.type) {
    case "message":
      return toldMessage(item, describeImage);
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

function toldMessage(message: MessageItem, describeImage?: DescribeImage): Item | undefined {
  const { id, role, content } = message;
  if (role === "assistant") {
    const text = content.map(saidPart).filter(Boolean).join("\n");
    return text === ""
      ? undefined
      : { id, type: "message", role: "assistant", content: [{ type: "output_text", text }] };
  }
  if (role === "system") {
    return { id, type: "message", role: "system", content: content.map((part) => typed(askedText(part))) };
  }
  const parts = content.map((part) => {
    if (part.type !== "input_image") return typed(askedText(part));
    if (describeImage === undefined && part.imageUrl !== undefined) return shownImage(part, part.imageUrl);
    return typed(describeImage?.(part, message) ?? "[a picture]");
  });
  return parts.length === 0 ? undefined : { id, type: "message", role: "user", content: parts };
}

function typed(text: string) {
  return { type: "input_text" as const, text };
}

function shownImage({ detail: wanted }: ImagePart, image_url: string) {
  const detail = (["auto", "low", "high"] as const).find((known) => known === wanted);
  return { type: "input_image" as const, image_url, ...(detail && { detail }) };
}

function askedText(part: ContentPart): string {
  if (part.type === "input_text") return part.text;
  if (part.type !== "input_audio") return "";
  const words = part.transcript || (part.segments ?? []).map(({ text }) => text.trim()).join(" ");
  return words || "[speech without a transcript]";
}

function saidPart(part: ContentPart): string {
  if (part.type === "output_text") return part.text;
  if (part.type !== "output_audio") return "";
  const { playback = "waiting" } = part.audio ?? {};
  // While it plays, it is taken to be going to be heard.
  return playback === "waiting" || playback === "playing" ? part.transcript : (heardTextOf(part) ?? "");
}
