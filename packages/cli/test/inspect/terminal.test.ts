import { describe, expect, it } from "vitest";
import { textLanes } from "../../src/inspect/lanes-text.ts";
import { axisPlaces, shownMs, shownPlace } from "../../src/inspect/shown-place.ts";
import { terminalText } from "../../src/inspect/terminal.ts";
import { timeline } from "../../src/inspect/timeline.ts";
import { bargeIn, client, server, tone } from "./conversation-entries.ts";

describe("a timeline in the terminal", () => {
  it("draws the lanes, tells the story in order, and sums up", () => {
    expect(terminalText(timeline(bargeIn), 80)).toMatchInlineSnapshot(`
      "gpt-realtime · 6.00 s · 67 entries

                you             █████            █████████████████████████████████████
                assistant                 ███████✂░░░░░░░░░░░░
                received                  ▄
                tools                   ■
                responses               ─ ╌╌╌╌╌╌╌
                errors                            !                                  !
                seconds    0                  2                   4                  6

          0.00  link       open over websocket
          0.01  session    created: gpt-realtime
          0.60  you        “What is the weather?”  spoke 0.50 s
          1.41  tool       look_up({"what": "weather"}) → {"sky":"clear"}
                           answered after 50 ms
          1.62  assistant  “One two …”
                           never heard: three four
                           0.70 s of 2.00 s heard, cut at 700 ms
          2.30  you        —  spoke 3.70 s, over the assistant
          2.33  response   cancelled  turn_detected
          2.40  error      oops: No & <no>.
          6.00  error      closed 1006

                you        2 turns, 4.20 s of speech
                assistant  1 spoken reply, 0.70 s heard, 1.30 s never heard, cut 1
                           time
                answers    after 0.52 s (median), 0.52 s at the slowest
                tools      1 call
                responses  2, 40 tokens in, 22 out
                errors     2
      "
    `);
  });

  it("fits the columns that there are, whatever was said, and has no colours where nobody asked for them", () => {
    const long = client(1, "conversation.item.create", {
      item: {
        type: "message",
        role: "user",
        content: [{ type: "input_text", text: `${"word ".repeat(50)}${"x".repeat(300)} 😀\nnext line` }],
      },
    });
    for (const columns of [40, 45, 80, 200]) {
      const text = terminalText(timeline([...bargeIn, long]), columns);
      expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(columns);
      expect(text).not.toContain("\u001b");
    }
  });

  it("names entries where there is no clock", () => {
    const text = terminalText(timeline(bargeIn.map((entry) => ({ ...entry, at: null }))), 80);
    expect(text).toContain("no times recorded: places are entries");
    expect(text).toMatch(/^ +#1 {2}link +open over websocket$/m);
    expect(text).not.toMatch(/spoke \d/);
  });
});

describe("lanes of characters", () => {
  it("put things where they belong, to the character", () => {
    const entries = [
      server(0, "input_audio_buffer.speech_started", { item_id: "u" }),
      server(500, "input_audio_buffer.speech_stopped", { item_id: "u" }),
      server(500, "response.output_audio.delta", {
        response_id: "r",
        item_id: "a",
        output_index: 0,
        content_index: 0,
        delta: tone(500),
      }),
    ];
    const cells = Object.fromEntries(
      textLanes(timeline(entries), 10).map(({ name, cells }) => [name, cells]),
    );
    expect(cells.you).toBe("█████     ");
    expect(cells.assistant).toBe("     █████");
    expect(cells.received).toBe("     ▄    ");
    expect(cells).not.toHaveProperty("tools");
  });
});

describe("places and lengths", () => {
  it("read naturally", () => {
    expect([0.4, 99, 100, 2942, 59_999, 62_400, 3_723_000].map(shownMs)).toEqual([
      "0 ms",
      "99 ms",
      "0.10 s",
      "2.94 s",
      "60.00 s",
      "1:02 min",
      "62:03 min",
    ]);
    expect([shownPlace(2942, true), shownPlace(62_940, true), shownPlace(11, false)]).toEqual([
      "2.94",
      "1:02.9",
      "#12",
    ]);
  });

  it("have an axis with even distances, and no more marks than fit", () => {
    expect(axisPlaces(11_886, 6)).toEqual([0, 2000, 4000, 6000, 8000, 10_000]);
    for (const endAt of [0, 1, 7, 999, 61_000, 3_600_000, 1e9]) {
      expect(axisPlaces(endAt, 9).length).toBeLessThanOrEqual(10);
    }
  });
});
