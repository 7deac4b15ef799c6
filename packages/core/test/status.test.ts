import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { following, type Happening, type Status } from "../src/status.ts";

const close = { code: 1006, reason: "" };
const retry: Happening = { type: "retry", attempt: 1, delayMs: 10, ...close };
const end: Happening = { type: "end", retryable: true, ...close };
const happenings: readonly Happening[] = [
  { type: "dial" },
  { type: "greeted" },
  { type: "configured" },
  retry,
  { type: "roll over" },
  { type: "switched" },
  { type: "stayed" },
  { type: "close" },
  end,
];

const states = (...list: readonly Happening[]) => {
  let status: Status = { state: "idle" };
  return list.map((happening) => {
    status = following(status, happening);
    return status.state;
  });
};

describe("the lifecycle", () => {
  it("goes from idle to ready, and to the end", () => {
    const [dial, greeted, configured] = happenings as [Happening, Happening, Happening];
    expect(states(dial, greeted, configured, { type: "close" }, end)).toEqual([
      "connecting",
      "configuring",
      "ready",
      "closing",
      "closed",
    ]);
  });

  it("survives losses and roll-overs, also a loss in the middle of a roll-over", () => {
    const [dial, greeted, configured] = happenings as [Happening, Happening, Happening];
    const ready = [dial, greeted, configured];
    expect(states(...ready, retry, retry, { type: "switched" }).slice(3)).toEqual([
      "reconnecting",
      "reconnecting",
      "ready",
    ]);
    expect(states(...ready, { type: "roll over" }, { type: "stayed" }).slice(3)).toEqual([
      "rolling over",
      "ready",
    ]);
    expect(states(...ready, { type: "roll over" }, retry, { type: "switched" }).slice(3)).toEqual([
      "rolling over",
      "reconnecting",
      "ready",
    ]);
  });

  it("keeps what is known of an attempt and of the end", () => {
    expect(following({ state: "ready" }, retry)).toEqual({
      state: "reconnecting",
      attempt: 1,
      delayMs: 10,
      ...close,
    });
    expect(following({ state: "ready" }, end)).toEqual({ state: "closed", retryable: true, ...close });
  });

  it("never leaves closed, never skips the configuration, and keeps the very status where nothing happens", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...happenings)), (list) => {
        let status: Status = { state: "idle" };
        let configured = false;
        for (const happening of list) {
          const next = following(status, happening);
          if (status.state === "closed") expect(next).toBe(status);
          if (next.state === status.state && next.state !== "reconnecting") {
            expect(JSON.stringify(next)).toBe(JSON.stringify(status));
          }
          configured ||= status.state === "configuring" && happening.type === "configured";
          if (["ready", "reconnecting", "rolling over"].includes(next.state)) expect(configured).toBe(true);
          status = next;
        }
      }),
    );
  });
});
