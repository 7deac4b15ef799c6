import { describe, expect, it } from "vitest";
import { conversation, hummed, one, only } from "../support/conversation.ts";

const say = "Twenty eight characters long";
const speech = hummed(say, 24_000);

/** How much of an answer sounds at a speed, in milliseconds, and what is said about that. */
function answered(turn: object, speed: number, format: "audio/pcm" | "audio/pcmu" = "audio/pcm") {
  const talk = conversation({ scenario: { turns: [{ say, ...turn }] } });
  talk.open();
  const output = { format: { type: format }, speed };
  talk.sendText(JSON.stringify({ type: "session.update", session: { type: "realtime", audio: { output } } }));
  talk.send({ type: "response.create" });
  talk.advance(60_000);
  const bytes = only(talk.events, "response.output_audio.delta").reduce(
    (sum, { delta }) => sum + Buffer.from(delta, "base64").length,
    0,
  );
  return { talk, soundMs: bytes / (format === "audio/pcm" ? 48 : 8) };
}

describe("the speed of a session", () => {
  it.each([
    ["the built-in voice", {}, "audio/pcm"],
    ["the built-in voice, by telephone", {}, "audio/pcmu"],
    ["speech of the plan's own", { speech }, "audio/pcm"],
    ["speech of the plan's own, by telephone", { speech }, "audio/pcmu"],
  ] as const)("makes %s longer or shorter", (_, turn, format) => {
    for (const speed of [0.25, 0.8, 1, 1.5]) {
      expect(answered(turn, speed, format).soundMs).toBeCloseTo(2000 / speed, -1);
    }
  });

  it("is what the bill counts, and where the answer ends for a truncation", () => {
    for (const speed of [0.5, 1, 1.25]) {
      const { talk } = answered({ speech }, speed);
      const { usage, output = [] } = one(talk.events, "response.done").response;
      expect(usage?.output_token_details?.audio_tokens).toBe(2000 / speed / 50);
      const item_id = output[0]?.id ?? "";
      const truncate = (audio_end_ms: number) =>
        talk.send({ type: "conversation.item.truncate", item_id, content_index: 0, audio_end_ms });
      expect(one(truncate(2000 / speed + 1), "error").error.message).toContain(
        `Audio content of ${2000 / speed}ms is already shorter`,
      );
      expect(truncate(2000 / speed)).toMatchObject([{ type: "conversation.item.truncated" }]);
    }
  });

  it("leaves deltas as the plan cuts them", () => {
    expect(answered({ deltas: [{ text: say }, { speech }] }, 0.5).soundMs).toBe(2000);
  });
});
