import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Entry, readRecording } from "@duologue/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConversationItem, heardTextOfItem, textOf } from "../src/index.ts";
import { legalOrder } from "./legal-order.ts";
import { fold, type LogEntry } from "./wire.ts";

// Sessions of real services. They are not part of the repository.
const folder = fileURLToPath(new URL("../../../../shared/recordings/", import.meta.url));
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".jsonl")) : [];
if (files.length === 0)
  console.info(`No recordings of real services beside the repository (${folder}): not read.`);

const words = (item: ConversationItem) =>
  item.type === "message"
    ? `${item.role}: ${textOf(item)}`
    : item.type === "function_call"
      ? item.arguments
      : item.type;

/** What the people in each session said, by the end of the file's name. */
const expected: Readonly<Record<string, readonly string[]>> = {
  azure_ws__test_text_in_audio_out_turn: [
    "user: Say a short greeting.",
    "assistant: Hello there! Great to meet you!",
  ],
  openai_ws__test_audio_in_server_vad_turn: [
    "user: Hello, my name is Marcelo.",
    "assistant: Hello, Marcelo! Great to meet you. How can I help you today?",
  ],
  openai_ws__test_message_history_seeding: [
    "user: My name is Alice and my favorite color is teal.",
    "assistant: Nice to meet you, Alice!",
    "user: What is my name and favorite color?",
    "assistant: Your name is Alice, and your favorite color is teal!",
  ],
  openai_ws__test_text_in_audio_out_turn: ["user: Say a short greeting.", "assistant: Hi there!"],
  openai_ws__test_tool_call_round: [
    "user: What is the weather in London?",
    '{  \n  "city": "London" \n} \n',
    "function_call_output",
    "assistant: It is foggy and 12 degrees in London.",
  ],
  openai_ws_sideband__test_webrtc_sideband_text_turn: ["user: Say hello.", "assistant: Hello there!"],
  xai_ws__test_text_in_audio_out_turn: ["user: Say a short greeting.", "assistant: Hello there!"],
};

describe.runIf(files.length > 0)("recordings of real services", () => {
  it.each(files)("%s gives its items in order with their final words", (file) => {
    const entries = read(file);
    const name = Object.keys(expected).find((part) => file.endsWith(`${part}.jsonl`));
    const state = fold(entries);
    expect(state.items.map(words)).toEqual(expected[name ?? ""]);
    expect(state.items.every(({ status }) => status === "completed")).toBe(true);
    expect(state.responses.every(({ status }) => status === "completed")).toBe(true);
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
