import { inner, isServer, type Moment, type Place, text } from "./moment.ts";

/** Words that were written, not spoken. */
export interface WrittenText {
  readonly itemId: string;
  readonly who: "user" | "assistant" | "system";
  /** When it was sent; of an answer, from its first piece to its last. */
  readonly from: Place;
  readonly to: Place;
  readonly text: string;
}

/** What the program sent as text, and what the assistant answered as text. */
export function writtenTexts(moments: readonly Moment[]): readonly WrittenText[] {
  const texts: { itemId: string; who: WrittenText["who"]; from: Place; to: Place; text: string }[] = [];
  for (const moment of moments) {
    const { at, from, type, event } = moment;
    if (from === "client" && type === "conversation.item.create") {
      const item = inner(event, "item");
      const words = wordsIn(item);
      if (words !== "") {
        texts.push({
          itemId: text(item, "id"),
          who: whoOf(text(item, "role")),
          from: at,
          to: at,
          text: words,
        });
      }
    } else if (isServer(moment, "response.output_text.delta")) {
      const itemId = text(event, "item_id");
      const known = texts.findLast(
        (candidate) => candidate.itemId === itemId && candidate.who === "assistant",
      );
      if (known === undefined) {
        texts.push({ itemId, who: "assistant", from: at, to: at, text: text(event, "delta") });
      } else {
        known.text += text(event, "delta");
        known.to = at;
      }
    }
  }
  return texts;
}

/** The text parts of a message. */
function wordsIn(item: object | undefined): string {
  const content: unknown = item === undefined ? undefined : Reflect.get(item, "content");
  if (!Array.isArray(content)) return "";
  return content
    .map((part: unknown) => (typeof part === "object" && part !== null ? text(part, "text") : ""))
    .filter((words) => words !== "")
    .join("\n");
}

function whoOf(role: string): WrittenText["who"] {
  return role === "assistant" || role === "system" ? role : "user";
}
