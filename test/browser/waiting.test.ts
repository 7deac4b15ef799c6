import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { awaited, patienceMs, until } from "./waiting.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("waiting", () => {
  it("says what it waited for when it gives up, and leaves no timer", async () => {
    const never = expect(awaited("a page to say hello", new Promise(() => {}))).rejects.toThrow(
      "Waited 60 s for a page to say hello.",
    );
    const neither = expect(until("a session to end", () => false)).rejects.toThrow(
      "Waited 60 s for a session to end.",
    );
    await vi.advanceTimersByTimeAsync(patienceMs + 100);
    await Promise.all([never, neither]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("gives what comes in time, also what has come already, and what fails", async () => {
    expect(await awaited("a value", Promise.resolve(1))).toBe(1);
    await expect(awaited("a value", Promise.reject(new Error("gone")))).rejects.toThrow("gone");
    let looks = 0;
    const reached = until("the third look", () => ++looks === 3);
    await vi.advanceTimersByTimeAsync(100);
    await reached;
    expect([looks, vi.getTimerCount()]).toEqual([3, 0]);
  });
});
