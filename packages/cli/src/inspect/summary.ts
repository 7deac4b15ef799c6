import type { Timeline } from "./timeline.ts";

/** A conversation in numbers. */
export interface Summary {
  /** Milliseconds in which the user spoke. */
  readonly userMs: number;
  /** Milliseconds of the assistant that were heard. */
  readonly heardMs: number;
  /** Milliseconds of the assistant that came in and were never heard. */
  readonly unheardMs: number;
  /** How often the assistant was cut. */
  readonly cuts: number;
  /** Milliseconds from the end of the user's voice to the first sound of the answer; the median, and the longest. */
  readonly answerMs?: number;
  readonly slowestAnswerMs?: number;
  readonly errors: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Sums a timeline up. Durations are 0 where the recording has no clock and no sound. */
export function summaryOf({ timed, turns, replies, pauses, marks, responses }: Timeline): Summary {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const heardOf = ({ heardMs, soundMs = 0, cutMs }: Timeline["replies"][number]) =>
    heardMs ?? Math.min(soundMs, cutMs ?? soundMs);
  const waits = pauses
    .filter(({ before }) => before === "answer")
    .map(({ from, to }) => to - from)
    .sort((a, b) => a - b);
  const [median, slowest] = [waits[Math.floor((waits.length - 1) / 2)], waits.at(-1)];
  const failed = responses.filter(({ status }) => status === "failed").length;
  return {
    userMs: timed ? sum(turns.map(({ startAt, endAt }) => endAt - startAt)) : 0,
    heardMs: sum(replies.map(heardOf)),
    unheardMs: sum(replies.map((reply) => Math.max(0, (reply.soundMs ?? 0) - heardOf(reply)))),
    cuts: replies.filter(({ cutMs }) => cutMs !== undefined).length,
    ...(median === undefined || slowest === undefined ? {} : { answerMs: median, slowestAnswerMs: slowest }),
    errors: marks.filter(({ kind }) => kind === "error").length + failed,
    inputTokens: sum(responses.map(({ inputTokens = 0 }) => inputTokens)),
    outputTokens: sum(responses.map(({ outputTokens = 0 }) => outputTokens)),
  };
}
