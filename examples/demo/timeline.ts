import { styleText } from "node:util";
import {
  type ConversationItem,
  heardTextOf,
  type MessageItem,
  type OutputAudioPart,
  receivedMs,
  type Step,
} from "@duologue/conversation";
import type { Screen } from "./screen.ts";

type Style = Parameters<typeof styleText>[0];

const indent = 19;

/**
 * Prints a conversation as it goes: who speaks, words as they come, tool calls, cuts. What the assistant is saying
 * stands on the changing line, the heard part bright and the rest dim, until it is over.
 */
export function timeline(screen: Screen): { show(step: Step): void; note(who: string, text: string): void } {
  let nowMs = 0;
  const printed = new Set<string>();

  function line(who: string, style: Style, text: string, atMs = nowMs): void {
    const time = `${(atMs / 1000).toFixed(2).padStart(6)}  `;
    const [first = "", ...rest] = wrapped(text, screen.columns - indent);
    screen.print(`${paint("dim", time)}${paint(style, who.padEnd(indent - time.length))}${first}`);
    for (const more of rest) screen.print(" ".repeat(indent) + more);
  }

  function show({ before, entry, after }: Step): void {
    nowMs = entry.at ?? nowMs;
    const { event } = entry;
    if (entry.from === "local") {
      if (event.type === "link.closed") line("link", "dim", `closed ${event.code} ${event.reason}`.trim());
      if (event.type === "link.opened") line("link", "dim", `open over ${event.transport}`);
    } else if (entry.from === "client") {
      if (event.type === "conversation.item.truncate") {
        line("cut", "yellow", `truncating at ${event.audio_end_ms} ms, where the player was`);
      }
    } else if (event.type === "session.created") line("session", "dim", "created");
    else if (event.type === "session.updated") line("session", "dim", "configured, microphone on");
    else if (event.type === "input_audio_buffer.speech_started") {
      line(
        "you",
        "cyan",
        before.turn.userSpeaking ? "" : spokenOver(before.items) ? "barge in …" : "speaking …",
      );
    } else if (event.type === "error") {
      // Only the error event has this field; the log's type leaves room for events of other servers.
      line("error", "red", String((event as { error?: { message?: string } }).error?.message));
    }
    for (const item of after.items) {
      if (item !== before.items.findLast(({ id }) => id === item.id)) changed(item);
    }
    live(after.items);
  }

  function changed(item: ConversationItem): void {
    if (item.type === "function_call" && item.status === "completed")
      once(item.id, "tool", "magenta", callText(item));
    if (item.type === "function_call_output") once(item.id, "", "magenta", `→ ${item.output}`);
    if (item.type !== "message") return;
    for (const [index, part] of item.content.entries()) {
      const id = `${item.id}/${index}`;
      if (part.type === "input_audio" && part.transcription === "completed") {
        once(id, "you", "cyan", `“${part.transcript}”`);
      }
      if (part.type === "output_audio" && isOver(part) && !printed.has(id)) {
        once(id, "assistant", "green", finalText(part));
        const unheard = part.transcript.slice(heardTextOf(part)?.length).trim();
        if (unheard !== "") once(`${id}/unheard`, "", "dim", paint("dim", `never heard: ${unheard}`));
      }
    }
  }

  function once(id: string, who: string, style: Style, text: string): void {
    if (printed.has(id)) return;
    printed.add(id);
    line(who, style, text);
  }

  /** What the assistant is saying now, on the line that changes. */
  function live(items: readonly ConversationItem[]): void {
    const item = items.findLast(
      (candidate): candidate is MessageItem => candidate.type === "message" && candidate.role === "assistant",
    );
    const part = item?.content.find((candidate) => candidate.type === "output_audio");
    if (part === undefined || isOver(part)) {
      screen.show(waitingText());
      return;
    }
    const heard = heardTextOf(part) ?? "";
    const room = Math.max(10, screen.columns - indent);
    const from = Math.max(0, heard.length - Math.floor(room * 0.7));
    const rest = part.transcript.slice(heard.length, from + room - 1);
    const who = " ".repeat(8) + paint("green", "assistant".padEnd(indent - 8));
    screen.show(`${who}${heard.slice(from)}${paint("dim", rest)}`);
  }

  function waitingText(): string {
    const seconds = (nowMs / 1000).toFixed(1);
    return paint("dim", `${seconds.padStart(6)}  …`);
  }

  return { show, note: (who, text) => line(who, "dim", text) };
}

/** Whether nothing more of a part will be heard. */
function isOver({ audio }: OutputAudioPart): boolean {
  return audio?.playback === "finished" || audio?.playback === "flushed";
}

function spokenOver(items: readonly ConversationItem[]): boolean {
  return items.some(
    (item) =>
      item.type === "message" &&
      item.content.some((part) => part.type === "output_audio" && part.audio?.playback === "playing"),
  );
}

function finalText(part: OutputAudioPart): string {
  if (part.audio?.playback !== "flushed") return `“${part.transcript}”`;
  const cut = `✂ cut at ${seconds(part.audio.heardMs)} of ${seconds(receivedMs(part.audio))}`;
  return `“${heardTextOf(part) ?? ""} …” ${paint("yellow", cut)}`;
}

function callText(item: Extract<ConversationItem, { type: "function_call" }>): string {
  return `${item.name} ${item.arguments}`;
}

/** Milliseconds as seconds with two digits behind the point. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

/** Colours, unless the terminal or the environment does not want any. */
export function paint(style: Style, text: string): string {
  return text === "" ? "" : styleText(style, text, { stream: process.stdout, validateStream: true });
}

/** Breaks text into lines of at most `width` characters, colour codes not counted. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const next = line === "" ? word : `${line} ${word}`;
    if (line !== "" && visible(next).length > width) {
      lines.push(line);
      line = word;
    } else line = next;
  }
  return [...lines, line].map((text) =>
    visible(text).length > width ? `${text.slice(0, width - 1)}…` : text,
  );
}

function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
  return text.replace(/\u001b\[[0-9;]*m/g, "");
}
