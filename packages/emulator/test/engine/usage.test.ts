import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { usageOf } from "../../src/engine/usage.ts";
import { conversation, one, only } from "../support/conversation.ts";

const tokens = fc.nat({ max: 20_000 });

describe("usage", () => {
  it("adds up, whatever the counts", () => {
    fc.assert(
      fc.property(
        tokens,
        tokens,
        tokens,
        tokens,
        tokens,
        tokens,
        tokens,
        (text, audio, image, a, b, c, d) => {
          const usage = usageOf({ text, audio, image }, { text: a, audio: b }, { text: c, audio: d });
          const input = usage.input_token_details!;
          const cached = input.cached_tokens_details!;
          const output = usage.output_token_details!;
          expect(usage.total_tokens).toBe(usage.input_tokens! + usage.output_tokens!);
          expect(usage.input_tokens).toBe(input.text_tokens! + input.audio_tokens! + input.image_tokens!);
          expect(usage.output_tokens).toBe(output.text_tokens! + output.audio_tokens!);
          expect(input.cached_tokens).toBe(cached.text_tokens! + cached.audio_tokens! + cached.image_tokens!);
          expect(cached.text_tokens).toBeLessThanOrEqual(input.text_tokens!);
          expect(cached.audio_tokens).toBeLessThanOrEqual(input.audio_tokens!);
          expect(cached.text_tokens! % 64).toBe(0);
        },
      ),
    );
  });

  it("counts a token for 100 ms of the user and for 50 ms of the assistant", () => {
    const talk = conversation({ scenario: { turns: [{ say: "Twenty eight characters long" }] } });
    talk.open();
    const { audio_start_ms } = one(talk.speak("Hello, hello"), "input_audio_buffer.speech_started");
    const { audio_end_ms } = one(talk.events, "input_audio_buffer.speech_stopped");
    const { usage } = one(talk.advance(9000), "response.done").response;
    expect(usage?.input_token_details?.audio_tokens).toBe(Math.ceil((audio_end_ms - audio_start_ms) / 100));
    expect(usage?.output_token_details).toEqual({ text_tokens: 4, audio_tokens: 40 });
  });

  it("counts what the assistant has said in what it reads next, as far as it was heard", () => {
    const talk = conversation({ scenario: { turns: [{ say: "Twenty eight characters long" }, {}, {}] } });
    talk.open();
    const heardTokens = () => {
      talk.send({ type: "response.create" });
      const { usage } = one(talk.advance(9000), "response.done").response;
      return usage?.input_token_details?.audio_tokens;
    };
    expect(heardTokens()).toBe(0);
    expect(heardTokens()).toBe(40);
    const { id } = one(talk.events, "conversation.item.added").item;
    talk.send({ type: "conversation.item.truncate", item_id: id, content_index: 0, audio_end_ms: 500 });
    expect(heardTokens()).toBe(10);
  });

  it("finds the earlier input cached in the next response", () => {
    const talk = conversation({ instructions: "x".repeat(1000) });
    talk.open();
    for (let turn = 0; turn < 2; turn++) {
      talk.send({ type: "response.create" });
      talk.advance(9000);
    }
    const cached = only(talk.events, "response.done").map(
      ({ response }) => response.usage?.input_token_details?.cached_tokens,
    );
    expect(cached).toEqual([0, 192]);
  });

  it("is followed by the rate limits that are left", () => {
    const talk = conversation({ tokensPerMinute: 1000, rateLimitsMs: 43 });
    talk.open();
    talk.send({ type: "response.create" });
    const events = talk.advance(9000);
    const { usage } = one(events, "response.done").response;
    expect(one(events, "rate_limits.updated").rate_limits).toEqual([
      {
        name: "tokens",
        limit: 1000,
        remaining: 1000 - usage!.total_tokens!,
        reset_seconds: (usage!.total_tokens! * 60) / 1000,
      },
    ]);
  });
});
