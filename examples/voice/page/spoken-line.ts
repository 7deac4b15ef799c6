import { type ConversationState, captionOf, type MessageItem } from "@duologue/conversation";

/** What the assistant said, as far as it was heard. */
export interface SpokenLine {
  /** What was heard, or was written. */
  readonly heard: string;
  /** The rest: of what is being said the words to come, of what was cut those that were never heard. */
  readonly rest: string;
  /** How much was heard, where the rest was cut. */
  readonly cutAfterMs?: number;
}

/**
 * A message of the assistant for the transcript. Where the server plays, nobody tells how far it has come until it has
 * stopped: all words count as heard then, until a cut says otherwise.
 */
export function spokenLine(item: MessageItem, audio: ConversationState["audio"]): SpokenLine {
  let line: SpokenLine = { heard: "", rest: "" };
  item.content.forEach((part, index) => {
    if ("text" in part) line = { ...line, heard: line.heard + part.text };
    if (part.type !== "output_audio") return;
    const caption = captionOf(item, index);
    if (caption?.isCut) {
      line = {
        heard: line.heard + caption.spoken,
        rest: line.rest + caption.ahead,
        cutAfterMs: (line.cutAfterMs ?? 0) + (part.audio?.heardMs ?? 0),
      };
      return;
    }
    const spoken = audio === "media" ? part.transcript : (caption?.spoken ?? "");
    line = { ...line, heard: line.heard + spoken, rest: line.rest + part.transcript.slice(spoken.length) };
  });
  return line;
}
