import type { Place } from "./moment.ts";
import type { Reply } from "./replies.ts";
import type { UserTurn } from "./user-turns.ts";

/** A time in which nobody was heard. */
export interface Pause {
  readonly from: Place;
  readonly to: Place;
  /** `answer`: the user waited for the assistant. `user`: the other way round. `same`: one of them paused. */
  readonly before: "answer" | "user" | "same";
}

/** A pause of somebody who goes on, or who takes his time, counts only when it is as long as this. */
const longMs = 1_000;

interface Speech {
  readonly who: "user" | "assistant";
  readonly from: Place;
  readonly to: Place;
}

/** Where nobody was heard: every wait for an answer, and every other pause of a second or more. */
export function pauses(turns: readonly UserTurn[], answers: readonly Reply[]): readonly Pause[] {
  const speech: Speech[] = [
    ...turns.map(({ startAt, endAt }) => ({ who: "user" as const, from: startAt, to: endAt })),
    ...answers.flatMap(({ heardFrom, heardTo }) =>
      heardFrom === undefined || heardTo === undefined
        ? []
        : [{ who: "assistant" as const, from: heardFrom, to: heardTo }],
    ),
  ].sort((a, b) => a.from - b.from);
  const found: Pause[] = [];
  let last: Speech | undefined;
  for (const next of speech) {
    if (last !== undefined && next.from > last.to) {
      const before = last.who === next.who ? "same" : next.who === "assistant" ? "answer" : "user";
      const pause = { from: last.to, to: next.from, before } as const;
      if (before === "answer" || pause.to - pause.from >= longMs) found.push(pause);
    }
    if (last === undefined || next.to >= last.to) last = next;
  }
  return found;
}
