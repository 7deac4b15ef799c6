import { styleText } from "node:util";
import { type BudgetStop, shownSpending } from "./budget-stops.ts";
import { counted, shownCount } from "./counted.ts";
import { textLanes } from "./lanes-text.ts";
import { shownMs, shownPlace } from "./shown-place.ts";
import { type StoryLine, storyOf } from "./story.ts";
import { summaryOf } from "./summary.ts";
import type { Timeline } from "./timeline.ts";

type Style = Parameters<typeof styleText>[0];

const styles: Readonly<Record<StoryLine["who"], Style>> = {
  you: "cyan",
  assistant: "green",
  system: "dim",
  tool: "magenta",
  response: "yellow",
  pause: "dim",
  link: "dim",
  session: "dim",
  error: "red",
  notice: "yellow",
};

const laneStyles: Readonly<Record<string, Style>> = {
  you: "cyan",
  assistant: "green",
  received: "dim",
  tools: "magenta",
  responses: "dim",
  errors: "red",
};

const timeWidth = 8;
const whoWidth = 11;

/** A timeline for a terminal of this many columns: its lanes, its story, and its numbers. Ends with a line break. */
export function terminalText(timeline: Timeline, columns: number): string {
  const { timed, entries } = timeline;
  if (entries === 0) return `${headline(timeline, columns).join("\n")}\n`;
  const room = Math.max(12, columns - timeWidth - whoWidth - 2);
  const margin = " ".repeat(timeWidth + 2);
  const lanes = textLanes(timeline, room).map(
    ({ name, cells }) =>
      `${margin}${paint("dim", name.padEnd(whoWidth))}${paint(laneStyles[name] ?? "dim", cells.trimEnd())}`,
  );
  const lines = storyOf(timeline).flatMap((line) => {
    const time = `${shownPlace(line.at, timed).padStart(timeWidth)}  `;
    const who = line.who.padEnd(whoWidth);
    const [first = "", ...rest] = body(line, room);
    const indent = " ".repeat(time.length + whoWidth);
    return [
      `${paint("dim", time)}${paint(styles[line.who], who)}${first}`,
      ...rest.map((more) => indent + more),
    ];
  });
  return [...headline(timeline, columns), "", ...lanes, "", ...lines, "", ...numbers(timeline, room)]
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}

function headline(timeline: Timeline, columns: number): string[] {
  const { model, description, protocol, timed, endAt, entries, redacted } = timeline;
  const facts = [
    model || protocol,
    ...(description === "" ? [] : [description]),
    ...(timed ? [shownMs(endAt)] : entries === 0 ? [] : ["no times recorded: places are entries"]),
    entries === 0 ? "nothing was recorded" : counted(entries, "entry", "entries"),
    ...(redacted.length === 0 ? [] : [`${redacted.join(" and ")} redacted`]),
  ];
  return wrapped(facts.join(" · "), columns).map((line) => paint("bold", line));
}

function body({ who, text, unheard, note, failed }: StoryLine, room: number): string[] {
  const spoken = who === "you" || who === "assistant" || who === "system";
  const quoted = text === "" && unheard === undefined ? "—" : `“${text}${unheard === undefined ? "" : " …"}”`;
  const words = wrapped(spoken ? quoted : text, room);
  const lines = failed === true && !spoken ? words.map((line) => paint("red", line)) : words;
  if (unheard !== undefined) {
    lines.push(...wrapped(`never heard: ${unheard}`, room).map((line) => paint("dim", line)));
  }
  if (note === "") return lines;
  const last = words.at(-1) ?? "";
  if (unheard === undefined && last.length + note.length + 2 <= room) {
    return [...lines.slice(0, -1), `${lines.at(-1)}  ${paint("dim", note)}`];
  }
  return [...lines, ...wrapped(note, room).map((line) => paint("dim", line))];
}

function numbers(timeline: Timeline, room: number): string[] {
  const { userMs, heardMs, unheardMs, cuts, answerMs, slowestAnswerMs, errors, inputTokens, outputTokens } =
    summaryOf(timeline);
  const { turns, texts, replies, calls, responses } = timeline;
  const typed = texts.filter(({ who }) => who === "user").length;
  const written = texts.filter(({ who }) => who === "assistant").length;
  const listed = (...parts: readonly (string | false)[]) => parts.filter((part) => part !== false).join(", ");
  const rows: readonly (readonly [string, string])[] = [
    [
      "you",
      listed(
        turns.length > 0 && counted(turns.length, "turn"),
        userMs > 0 && `${shownMs(userMs)} of speech`,
        typed > 0 && counted(typed, "message"),
      ),
    ],
    [
      "assistant",
      listed(
        replies.length > 0 && counted(replies.length, "spoken reply", "spoken replies"),
        written > 0 && counted(written, "written reply", "written replies"),
        heardMs > 0 && `${shownMs(heardMs)} heard`,
        unheardMs >= 1 && `${shownMs(unheardMs)} never heard`,
        cuts > 0 && `cut ${counted(cuts, "time")}`,
      ),
    ],
    [
      "answers",
      answerMs === undefined
        ? ""
        : `after ${shownMs(answerMs)} (median), ${shownMs(slowestAnswerMs ?? answerMs)} at the slowest`,
    ],
    ["tools", calls.length === 0 ? "" : counted(calls.length, "call")],
    [
      "responses",
      responses.length === 0
        ? ""
        : `${responses.length}, ${shownCount(inputTokens)} tokens in, ${shownCount(outputTokens)} out`,
    ],
    [
      "budget",
      listed(
        ...timeline.budgetStops.map(
          (stop) => `stopped at ${shownSpending(stop)}${shownLength(stop, timeline)}`,
        ),
      ),
    ],
    ["errors", errors === 0 ? "" : String(errors)],
  ];
  return rows
    .filter(([, words]) => words !== "")
    .flatMap(([name, words]) =>
      wrapped(words, room).map((line, index) => {
        const label = index === 0 ? name : "";
        const shown = name === "errors" ? paint("red", line) : line;
        return `${" ".repeat(timeWidth + 2)}${paint("dim", label.padEnd(whoWidth))}${shown}`;
      }),
    );
}

/** How long a stop lasted, where there is a clock. */
function shownLength({ from, to }: BudgetStop, { timed }: Timeline): string {
  if (to === undefined) return ", for good";
  return timed ? ` for ${shownMs(to - from)}` : "";
}

/** Breaks words into lines of at most `width` characters; a word that is longer is broken itself. */
function wrapped(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    let line = "";
    for (const word of paragraph
      .split(" ")
      .flatMap((long) => long.match(new RegExp(`.{1,${width}}`, "gu")) ?? [""])) {
      if (line !== "" && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });
}

/** Colours, unless standard output or the environment does not want any. */
function paint(style: Style, text: string): string {
  return text === "" ? "" : styleText(style, text, { stream: process.stdout, validateStream: true });
}
