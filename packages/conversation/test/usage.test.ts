import type { TranscriptionUsage, Usage } from "@duologue/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  budget,
  costOf,
  costOfResponse,
  initialState,
  type PriceTable,
  type UsageLedger,
  usageOf,
} from "../src/index.ts";
import { answerBegins, answerEnds, fold, heard, type LogEntry, server } from "./wire.ts";

const none = { text: 0, audio: 0, image: 0, other: 0 };

/** A live bill. */
const bill: Usage = {
  total_tokens: 320,
  input_tokens: 132,
  output_tokens: 188,
  input_token_details: {
    text_tokens: 59,
    audio_tokens: 73,
    image_tokens: 0,
    cached_tokens: 64,
    cached_tokens_details: { text_tokens: 0, audio_tokens: 64, image_tokens: 0 },
  },
  output_token_details: { text_tokens: 41, audio_tokens: 147 },
};

describe("usageOf", () => {
  it("counts cached tokens apart from what was read for the first time", () => {
    expect(usageOf(bill)).toEqual({
      input: { ...none, text: 59, audio: 9 },
      cachedInput: { ...none, audio: 64 },
      output: { ...none, text: 41, audio: 147 },
    });
  });

  it("says `other` where the server does not say what tokens stand for", () => {
    expect(usageOf({ total_tokens: 30, input_tokens: 20, output_tokens: 10 })).toEqual({
      input: { ...none, other: 20 },
      cachedInput: none,
      output: { ...none, other: 10 },
    });
  });

  it("takes cached tokens of which nothing is said for the cheapest", () => {
    const details = { text_tokens: 10, audio_tokens: 50, cached_tokens: 30 };
    expect(usageOf({ input_tokens: 60, input_token_details: details })).toMatchObject({
      input: { text: 0, audio: 30 },
      cachedInput: { text: 10, audio: 20 },
    });
  });

  const amount = fc.nat(1000);
  const anyBill: fc.Arbitrary<Usage> = fc
    .record({
      text: amount,
      audio: amount,
      image: amount,
      loose: amount,
      a: amount,
      b: amount,
      cached: amount,
    })
    .map(({ text, audio, image, loose, a, b, cached }) => ({
      input_tokens: text + audio + image + loose,
      output_tokens: a + b,
      total_tokens: text + audio + image + loose + a + b,
      input_token_details: {
        text_tokens: text,
        audio_tokens: audio,
        image_tokens: image,
        cached_tokens: Math.min(cached, text + audio + image + loose),
      },
      output_token_details: { text_tokens: a, audio_tokens: b },
    }));

  it("counts every token in exactly one place", () => {
    const all = (tokens: Record<string, number>) => Object.values(tokens).reduce((sum, n) => sum + n, 0);
    fc.assert(
      fc.property(anyBill, (usage) => {
        const { input, cachedInput, output } = usageOf(usage);
        expect(all({ ...input }) + all({ ...cachedInput })).toBe(usage.input_tokens);
        expect(all({ ...cachedInput })).toBe(usage.input_token_details?.cached_tokens);
        expect(all({ ...output })).toBe(usage.output_tokens);
        expect(Math.min(...Object.values({ ...input, ...output }))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("reads garbage as nothing", () => {
    const garbage = {
      input_tokens: -5,
      output_tokens: Number.NaN,
      input_token_details: { text_tokens: null },
    };
    expect(usageOf(garbage as unknown as Usage)).toEqual({ input: none, cachedInput: none, output: none });
  });
});

const transcribed = (itemId: string, usage: TranscriptionUsage, more: object = {}): LogEntry =>
  server("conversation.item.input_audio_transcription.completed", {
    item_id: itemId,
    content_index: 0,
    transcript: "Hello",
    usage,
    ...more,
  });
const tokens = (input: number, output: number): TranscriptionUsage => ({
  type: "tokens",
  total_tokens: input + output,
  input_tokens: input,
  output_tokens: output,
  input_token_details: { text_tokens: 1, audio_tokens: input - 1 },
});
const responses = (count: number) =>
  Array.from({ length: count }, (_, index) => [
    ...answerBegins(`r${index}`, `a${index}`, index === 0 ? null : `a${index - 1}`),
    ...answerEnds(`r${index}`, `a${index}`, index === 0 ? null : `a${index - 1}`, "Hi"),
  ]).flat();

describe("the ledger in the state", () => {
  it("sums responses, each once, and keeps them when they are forgotten", () => {
    const few = fold(responses(2));
    expect(few.usage).toMatchObject({
      responses: 2,
      inputTokens: 20,
      outputTokens: 40,
      totalTokens: 60,
      input: { text: 20 },
      output: { text: 10, audio: 30 },
    });
    expect(fold(responses(2).slice(-5), few).usage).toBe(few.usage);
    const many = fold(responses(400));
    expect(many.responses.length).toBeLessThan(400);
    expect(many.usage).toMatchObject({ responses: 400, totalTokens: 12_000 });
  });

  it("counts transcriptions apart: by tokens, by time, and as they grow where a service bills them again", () => {
    const state = fold([
      ...heard("u1", null, "Hello").slice(0, 5),
      transcribed("u1", tokens(16, 8)),
      transcribed("u1", tokens(16, 8)),
      ...heard("u2", "u1", "Hello").slice(0, 5),
      transcribed("u2", { type: "duration", seconds: 90 }),
      ...heard("u3", "u2", "Hello").slice(0, 5),
      transcribed("u3", tokens(4, 2), { status: "in_progress" }),
      transcribed("u3", tokens(6, 3)),
    ]);
    expect(state.usage).toMatchObject({
      responses: 0,
      totalTokens: 0,
      transcription: { input: { text: 2, audio: 20 }, output: { text: 11 }, seconds: 90 },
    });
  });

  it("counts what was transcribed of a deleted item once, whichever came first", () => {
    const spoken = heard("u1", null, "Hello").slice(0, 5);
    const words = transcribed("u1", tokens(16, 8));
    const deleted = server("conversation.item.deleted", { item_id: "u1" });
    const late = fold([...spoken, deleted, words]);
    expect(late.usage.transcription.output.text).toBe(8);
    expect(fold([...spoken, words, deleted])).toEqual(late);
    expect(fold([words, words], late)).toBe(late);
  });
});

/** Not anybody's prices. */
const prices: PriceTable = {
  input: { text: 4, audio: 32, image: 5 },
  cachedInput: { text: 0.4, audio: 0.4, image: 0.5 },
  output: { text: 16, audio: 64 },
  transcription: { input: { text: 1, audio: 3 }, output: { text: 5 }, perMinute: 0.006 },
};

describe("costOf", () => {
  it("multiplies every modality with its price, and adds what was transcribed", () => {
    const state = fold(responses(1));
    expect(costOf(state.usage, prices)).toBeCloseTo((10 * 4 + 5 * 16 + 15 * 64) / 1e6, 12);
    expect(costOfResponse(state.responses[0]!, prices)).toBe(costOf(state.usage, prices));
    const more = fold(
      [...heard("u1", null, "Hi").slice(0, 5), transcribed("u1", { type: "duration", seconds: 90 })],
      state,
    );
    expect(costOf(more.usage, prices) - costOf(state.usage, prices)).toBeCloseTo(0.009, 12);
    const { usage: _, ...unbilled } = state.responses[0]!;
    expect(costOfResponse(unbilled, prices)).toBe(0);
  });

  it("takes tokens of which nothing is said as the dearest", () => {
    const unknown: UsageLedger = { ...initialState.usage, input: { ...none, other: 1e6 } };
    expect(costOf(unknown, prices)).toBe(32);
    expect(costOf(unknown, {})).toBe(0);
  });
});

describe("budget", () => {
  const after = (count: number) => fold(responses(count)).usage;

  it("tells which limit was reached, and by how much", () => {
    const byTokens = budget({ maxTokens: 60 });
    expect([byTokens(after(1)), byTokens(after(2))]).toEqual([
      undefined,
      { limit: "tokens", spent: 60, most: 60 },
    ]);
    const byCost = budget({ maxCost: 0.002, maxTokens: 1e6, prices });
    expect(byCost(after(1))).toBeUndefined();
    expect(byCost(after(2))).toEqual({ limit: "cost", spent: costOf(after(2), prices), most: 0.002 });
    expect(budget({ maxTokens: 0 })(initialState.usage)).toMatchObject({ limit: "tokens" });
  });

  it.each([
    [{}, "needs maxTokens or maxCost"],
    [{ maxCost: 1 }, "price table"],
    [{ maxTokens: -1 }, "is no amount"],
    [{ maxTokens: Number.NaN }, "is no amount"],
  ])("refuses %j", (options, message) => {
    expect(() => budget(options)).toThrow(message);
  });
});
