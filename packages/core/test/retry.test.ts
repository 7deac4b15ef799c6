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

  it("is no shorter than a server asks for, and no longer than a timer can wait", () => {
    const refusal = (retryAfterMs: unknown) =>
      new RealtimeError("connect_failed", "", { cause: { status: 429, retryAfterMs } });
    const delay = (retryAfterMs: unknown) =>
      retryDelayMs({ ...policy, random: () => 0.5 }, 4, refusal(retryAfterMs));
    expect([7_000, 10, "7", Number.NaN].map(delay)).toEqual([7_000, 400, 400, 400]);
    expect(delay(Number.POSITIVE_INFINITY)).toBe(2 ** 31 - 1);
    expect(retryDelayMs(policy, 9, refusal(7_000))).toBeUndefined();
    expect(retryDelayMs({ ...policy, random: () => 0 }, 1, new RealtimeError("closed", ""))).toBe(0);
  });
});

describe("isRetryable", () => {
  it.each<[RealtimeErrorCode, boolean]>([
    ["closed", true],
    ["connect_failed", true],
    ["timeout", true],
    ["fatal", false],
    ["rejected", false],
    ["aborted", true],
    ["frame_too_large", false],
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
