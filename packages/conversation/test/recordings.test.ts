import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Entry, readRecording } from "@duologue/core";
import { legalOrder } from "@duologue/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConversationItem, heardTextOfItem, textOf, tokenTotals } from "../src/index.ts";
import { fold, type LogEntry } from "./wire.ts";

// Sessions of real services. They are not part of the repository.
const folder = fileURLToPath(new URL("../../../../shared/recordings/", import.meta.url));
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".jsonl")) : [];
if (files.length === 0)
  console.info(`No recordings of real services beside the repository (${folder}): not read.`);

/** The final words of every item, as the frames themselves have them; told apart from how the reducer reads. */
function wordsOf(entries: readonly LogEntry[]): Map<string, string> {
  const words = new Map<string, string>();
  const note = (id: string | undefined, text: string | null | undefined) => {
    if (id !== undefined && text) words.set(id, text);
  };
  for (const { from, event } of entries) {
    const wire = event as unknown as WireFrame;
    if (from !== "server") continue;
    if (wire.type.endsWith("input_audio_transcription.completed")) note(wire.item_id, wire.transcript);
    for (const item of [...(wire.item === undefined ? [] : [wire.item]), ...(wire.response?.output ?? [])]) {
      note(
        item.id,
        item.arguments ?? item.output ?? item.content?.[0]?.text ?? item.content?.[0]?.transcript,
      );
    }
  }
  return words;
}

interface WireFrame {
  readonly type: string;
  readonly item_id?: string;
  readonly transcript?: string;
  readonly item?: WireItem;
  readonly response?: { readonly output?: readonly WireItem[] };
}

interface WireItem {
  readonly id: string;
  readonly arguments?: string;
  readonly output?: string;
  readonly content?: readonly { readonly text?: string; readonly transcript?: string | null }[];
}

/** The ids of the conversation in order: each is added behind a predecessor that it names. */
function chainOf(entries: readonly LogEntry[]): string[] {
  const ids: string[] = [];
  for (const { event } of entries) {
    if (event.type !== "conversation.item.added") continue;
    const { previous_item_id: previous, item } = event as unknown as {
      previous_item_id: string | null;
      item: WireItem;
    };
    ids.splice(previous === null ? 0 : ids.indexOf(previous) + 1, 0, item.id);
  }
  return ids;
}

/** The sums of what the ends of responses say was used. */
function usageOf(entries: readonly LogEntry[]) {
  const sums = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };
  for (const { event } of entries) {
    if (event.type !== "response.done") continue;
    const { response, usage: beside } = event as unknown as {
      response: { usage?: WireUsage };
      usage?: WireUsage;
    };
    const usage = response.usage?.total_tokens === undefined ? beside : response.usage;
    sums.inputTokens += usage?.input_tokens ?? 0;
    sums.outputTokens += usage?.output_tokens ?? 0;
    sums.totalTokens += usage?.total_tokens ?? 0;
  }
  return sums;
}

interface WireUsage {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  readonly total_tokens?: number;
}

const textOfItem = (item: ConversationItem) => {
  if (item.type === "message") return textOf(item);
  if (item.type === "function_call") return item.arguments;
  return item.type === "function_call_output" ? item.output : "";
};

describe.runIf(files.length > 0)("recordings of real services", () => {
  it.each(files)("%s gives its items in order with their final words", (file) => {
    const entries = read(file);
    const state = fold(entries);
    const words = wordsOf(entries);
    expect(state.items.map(({ id }) => id)).toEqual(chainOf(entries));
    expect(state.items.length).toBeGreaterThanOrEqual(2);
    for (const item of state.items) expect(textOfItem(item), item.id).toBe(words.get(item.id));
    expect(state.items.every(({ status }) => status === "completed")).toBe(true);
    expect(state.responses.every(({ status }) => status === "completed")).toBe(true);
    expect(tokenTotals(state)).toEqual(usageOf(entries));
    expect(state.detached).toEqual([]);
    expect(state.items.some((item) => item.type === "message" && heardTextOfItem(item) !== undefined)).toBe(
      false,
    );
  });

  it.each(files)("%s gives the same state from every order that the protocol allows", (file) => {
    const entries = read(file);
    const state = fold(entries);
    let moved = 0;
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (stream) => {
        const order = legalOrder(entries, (choices) => stream.next().value % choices);
        moved += order.filter((entry, index) => entry !== entries[index]).length;
        expect(fold(order)).toEqual(state);
      }),
      { numRuns: 40 },
    );
    expect(moved).toBeGreaterThan(0);
  });
});

function read(file: string): LogEntry[] {
  const { entries, problems } = readRecording(readFileSync(folder + file, "utf8"));
  expect(problems).toEqual([]);
  return entries as Entry[] as LogEntry[];
}
