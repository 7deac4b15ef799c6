import { describe, expect, it } from "vitest";
import { jsonListAnswer } from "../../src/mouth/http-answer.ts";

describe("a list as an answer", () => {
  it("is JSON, of whatever length", async () => {
    for (const entries of [[], [1], [{ a: 1 }, "b", null]]) {
      expect(await jsonListAnswer("sessions", entries).json()).toEqual({ sessions: entries });
    }
  });

  it("is made in pieces, each when the one before it has been taken, and lets all else go on", async () => {
    let made = 0;
    function* entries() {
      for (; made < 500; made++) yield "x".repeat(1000);
    }
    let isDone = false;
    let turns = 0;
    const others = async () => {
      for (; !isDone; turns++) await new Promise((resolve) => setTimeout(resolve));
    };
    const answer = jsonListAnswer("list", entries());
    expect(made).toBeLessThanOrEqual(66);
    const meanwhile = others();
    const { list } = (await answer.json()) as { list: string[] };
    isDone = true;
    await meanwhile;
    expect(list).toHaveLength(500);
    expect(turns).toBeGreaterThanOrEqual(6);
  });
});
