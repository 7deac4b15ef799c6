import { describe, expect, it } from "vitest";
import { judgeClose } from "../src/judge-close.ts";

describe("judgeClose", () => {
  it.each([
    [1000, true],
    [1001, true],
    [1005, true],
    [1006, true],
    [1011, true],
    [1012, true],
    [1013, true],
    [1015, true],
    [1002, false],
    [1003, false],
    [1007, false],
    [1008, false],
    [1009, false],
    [1010, false],
    [3000, false],
    [4000, false],
    [4321, false],
  ])("%i can be dialled again: %s", (code, retryable) => {
    const judgement = judgeClose({ code, reason: "" });
    expect(judgement.retryable).toBe(retryable);
    expect(judgement.advice).toMatch(/\.$/);
  });

  it("tells the end of a session's time from a service that goes away", () => {
    const reason = "Your session hit the maximum duration of 60 minutes.";
    expect(judgeClose({ code: 1001, reason }).advice).not.toBe(judgeClose({ code: 1001, reason: "" }).advice);
  });
});
