import { describe, expect, it } from "vitest";
import { RealtimeError, type RealtimeErrorCode } from "../src/index.ts";
import { defaultRetryPolicy, isRetryable, retryDelayMs } from "../src/retry.ts";

describe("retryDelayMs", () => {
  const policy = { ...defaultRetryPolicy, attempts: 8, baseMs: 100, capMs: 1000 };

  it("doubles its bound up to the cap, and ends with the last attempt", () => {
    const bounds = Array.from({ length: 9 }, (_, index) =>
      retryDelayMs({ ...policy, random: () => 1 }, index + 1),
    );
    expect(bounds).toEqual([100, 200, 400, 800, 1000, 1000, 1000, 1000, undefined]);
  });

  it("is anything from 0 to that bound", () => {
    expect(retryDelayMs({ ...policy, random: () => 0 }, 5)).toBe(0);
    expect(retryDelayMs({ ...policy, random: () => 0.25 }, 3)).toBe(100);
  });
});

describe("isRetryable", () => {
  it.each<[RealtimeErrorCode, boolean]>([
    ["closed", true],
    ["connect_failed", true],
    ["timeout", true],
    ["fatal", false],
    ["rejected", false],
    ["aborted", false],
    ["invalid_event", false],
  ])("%s: %s", (code, expected) => {
    expect(isRetryable(new RealtimeError(code, ""))).toBe(expected);
  });

  it.each([
    [401, false],
    [404, false],
    [408, true],
    [429, true],
    [500, true],
    [503, true],
  ])("an HTTP status of %i: %s", (status, expected) => {
    expect(isRetryable(new RealtimeError("connect_failed", "", { cause: { status } }))).toBe(expected);
  });
});
