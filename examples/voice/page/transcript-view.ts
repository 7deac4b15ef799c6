import type {
  ConversationItem,
  ConversationState,
  FunctionCallItem,
  MessageItem,
} from "@duologue/conversation";
import { made } from "./found.ts";
import { spokenLine } from "./spoken-line.ts";
import { shortJson, spelledJson } from "./told-json.ts";

/** What the items of a conversation look like. */
export interface TranscriptView {
  /** Draws what has changed, and goes with the voice, or with the end, unless the user has scrolled back. */
  show(state: ConversationState): void;
  clear(): void;
  /** Goes to where the talk is, to stay there. */
  toEnd(): void;
}

/** One line, and what it was drawn from. */
interface Row {
  readonly element: HTMLLIElement;
  drawn: readonly unknown[];
}

export function transcriptView(list: HTMLOListElement, whenEmpty: HTMLElement): TranscriptView {
  const rows = new Map<string, Row>();
  /** Until the user scrolls back. */
  let isFollowing = true;
  /** How far it was scrolled by us. */
  let scrolled = 0;

  function follow(): void {
    if (!isFollowing) return;
    list.scrollTop = Math.max(list.scrollTop, placeOfTalk(list));
    scrolled = list.scrollTop;
  }

  list.addEventListener("scroll", () => {
    if (list.scrollTop !== scrolled) isFollowing = list.scrollTop > placeOfTalk(list) - 48;
  });
  // What comes below it, a note or a button, takes its room from the end.
  new ResizeObserver(follow).observe(list);

  function rowOf(
    item: ConversationItem,
    from: readonly unknown[],
    draw: (row: HTMLLIElement) => void,
  ): HTMLLIElement {
    const row = rows.get(item.id) ?? { element: made("li"), drawn: [] };
    rows.set(item.id, row);
    if (from.some((each, index) => each !== row.drawn[index])) {
      row.drawn = from;
      draw(row.element);
    }
    return row.element;
  }

  function elementOf(item: ConversationItem, { items, audio }: ConversationState): HTMLLIElement | undefined {
    if (item.type === "function_call") {
      const output = items.find(
        (other) => other.type === "function_call_output" && other.callId === item.callId,
      );
      const told = output?.type === "function_call_output" ? output.output : undefined;
      return rowOf(item, [item, told], (row) => drawCall(row, item, told));
    }
    if (item.type !== "message") return undefined;
    if (item.role === "user") return rowOf(item, [item], (row) => drawUser(row, item));
    if (item.role === "assistant")
      return rowOf(item, [item, audio], (row) => drawAssistant(row, item, audio));
    return undefined;
  }

  return {
    show(state) {
      const elements = state.items.flatMap((item) => elementOf(item, state) ?? []);
      const isSame =
        elements.length === list.children.length &&
        elements.every((each, index) => each === list.children[index]);
      if (!isSame) list.replaceChildren(...elements);
      whenEmpty.hidden = elements.length > 0;
      follow();
    },
    toEnd() {
      list.scrollTop = placeOfTalk(list);
      isFollowing = true;
    },
    clear() {
      isFollowing = true;
      rows.clear();
      list.replaceChildren();
      whenEmpty.hidden = false;
    },
  };
}

/** How much of what is still to be heard is shown below the voice, in pixels: two lines or so. */
const aheadPx = 72;

/** How far the list is scrolled to show the words that are being heard, or else its end. */
function placeOfTalk(list: HTMLOListElement): number {
  const end = list.scrollHeight - list.clientHeight;
  const voice = list.lastElementChild?.querySelector(".heard:has(+ .rest)");
  if (voice == null) return end;
  const below = voice.getBoundingClientRect().bottom - list.getBoundingClientRect().top - list.clientHeight;
  return Math.min(end, list.scrollTop + below + aheadPx);
}

function drawUser(row: HTMLLIElement, item: MessageItem): void {
  const { words, isPending } = userWords(item);
  row.className = "user";
  row.replaceChildren(made("span", "who", "You"), made("p", isPending ? "pending" : "", words));
}

function userWords({ content }: MessageItem): { readonly words: string; readonly isPending: boolean } {
  const words = content
    .map((part) => ("text" in part ? part.text : "transcript" in part ? part.transcript : ""))
    .join(" ")
    .trim();
  if (words !== "") return { words, isPending: false };
  const hasFailed = content.some((part) => part.type === "input_audio" && part.transcription === "failed");
  return { words: hasFailed ? "(could not be written down)" : "…", isPending: true };
}

function drawAssistant(row: HTMLLIElement, item: MessageItem, audio: ConversationState["audio"]): void {
  const { heard, rest, cutAfterMs } = spokenLine(item, audio);
  const line = made("p", "", made("span", "heard", heard));
  row.className = "assistant";
  row.replaceChildren(made("span", "who", "Assistant"), line);
  if (rest !== "" && cutAfterMs === undefined) line.append(made("span", "rest", rest));
  if (cutAfterMs === undefined) return;
  const words = rest.trimStart();
  // A word may have been cut in its middle.
  if (words !== rest) line.append(" ");
  if (words !== "") line.append(made("del", "", made("span", "unseen", "Not heard: "), words));
  const note = `Interrupted after ${(cutAfterMs / 1000).toFixed(1)} s. What is struck out was not heard.`;
  row.append(made("p", "note", note));
}

function drawCall(row: HTMLLIElement, call: FunctionCallItem, output: string | undefined): void {
  const isOpen = row.querySelector("details")?.open ?? false;
  const isBrokenOff = call.status === "incomplete" || call.status === "cancelled";
  const outcome = isBrokenOff ? "not called: interrupted" : "running …";
  const details = made(
    "details",
    "",
    made(
      "summary",
      "",
      made("code", "", `${call.name}(${shortJson(call.arguments)})`),
      made("span", "result", output === undefined ? outcome : shortJson(output)),
    ),
    made(
      "dl",
      "",
      made("dt", "", "Arguments"),
      made("dd", "", made("pre", "", spelledJson(call.arguments))),
      made("dt", "", "Result"),
      made("dd", "", made("pre", "", output === undefined ? outcome : spelledJson(output))),
    ),
  );
  details.open = isOpen;
  row.className = "call";
  row.toggleAttribute("data-answered", output !== undefined);
  row.toggleAttribute("data-broken-off", isBrokenOff && output === undefined);
  row.replaceChildren(made("span", "unseen", "The assistant called a function: "), details);
}
