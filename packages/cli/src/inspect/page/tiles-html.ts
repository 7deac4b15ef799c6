import { shownSpending } from "../budget-stops.ts";
import { counted, shownCount } from "../counted.ts";
import { shownMs } from "../shown-place.ts";
import { summaryOf } from "../summary.ts";
import type { Timeline } from "../timeline.ts";
import { escaped } from "./escaped.ts";

/** The conversation in numbers, the most telling first. What there is none of is left out. */
export function tilesHtml(timeline: Timeline): string {
  const { userMs, heardMs, unheardMs, cuts, answerMs, slowestAnswerMs, errors, inputTokens, outputTokens } =
    summaryOf(timeline);
  const { turns, texts, calls, responses, budgetStops } = timeline;
  const last = budgetStops.at(-1);
  const typed = texts.filter(({ who }) => who === "user").length;
  const tiles: readonly (readonly [string, string, string] | undefined)[] = [
    answerMs === undefined
      ? undefined
      : [
          "Answers after",
          shownMs(answerMs),
          `median; ${shownMs(slowestAnswerMs ?? answerMs)} at the slowest`,
        ],
    turns.length === 0
      ? undefined
      : [
          "You spoke",
          userMs > 0 ? shownMs(userMs) : counted(turns.length, "time"),
          counted(turns.length, "turn"),
        ],
    typed === 0 ? undefined : ["You wrote", counted(typed, "message"), ""],
    heardMs === 0
      ? undefined
      : [
          "Heard of the assistant",
          shownMs(heardMs),
          unheardMs < 1 ? "all of it" : `${shownMs(unheardMs)} never heard`,
        ],
    cuts === 0 ? undefined : ["Cut", counted(cuts, "time"), "by the user, or the program"],
    calls.length === 0
      ? undefined
      : ["Tools", counted(calls.length, "call"), names(calls.map(({ name }) => name))],
    responses.length === 0
      ? undefined
      : [
          "Responses",
          String(responses.length),
          `${shownCount(inputTokens)} tokens in, ${shownCount(outputTokens)} out`,
        ],
    last === undefined
      ? undefined
      : ["Stopped by the budget", counted(budgetStops.length, "time"), shownSpending(last)],
    errors === 0 ? undefined : ["Errors", String(errors), "see below"],
  ];
  return `<dl class="tiles">${tiles
    .filter((tile) => tile !== undefined)
    .map(
      ([name, value, more]) =>
        `<div class="${name === "Errors" ? "bad" : ""}"><dt>${name}</dt><dd><strong>${escaped(value)}</strong><small>${escaped(more)}</small></dd></div>`,
    )
    .join("")}</dl>`;
}

function names(all: readonly string[]): string {
  return [...new Set(all)].join(", ");
}
