import { shownCount } from "../counted.ts";
import type { Place } from "../moment.ts";
import { shownMs, shownPlace } from "../shown-place.ts";
import type { StoryLine } from "../story.ts";
import type { Timeline } from "../timeline.ts";
import { escaped } from "./escaped.ts";
import type { Placing } from "./placing.ts";
import { wave } from "./wave.ts";

/** One lane of the chart: its name, and its HTML. */
export interface Lane {
  readonly name: string;
  readonly className: string;
  readonly html: string;
}

interface Chip {
  readonly className: string;
  readonly id: string;
  readonly from: Place;
  readonly to: Place;
  readonly label: string;
}

/** The lanes of a timeline, those with nothing in them left out. Bars lead to the lines of the story. */
export function lanesOf(timeline: Timeline, story: readonly StoryLine[], placing: Placing): readonly Lane[] {
  const { timed, levels } = timeline;
  const told = new Map(story.map((line) => [line.id, line]));

  /** What has a line in the story leads there; the rest says itself what it is. */
  function bar(className: string, id: string, from: Place, to: Place, label: string, title?: string): string {
    // Statuses are among the classes, and come from the wire.
    const classes = escaped(`bar ${className} ${placing.place(from, to)}`);
    const line = told.get(id);
    const words = escaped(title ?? titleOf(line, timed) ?? label);
    const inside = `<span>${escaped(label)}</span>`;
    return line === undefined
      ? `<button type="button" class="${classes}" title="${words}" aria-label="${words}">${inside}</button>`
      : `<a class="${classes}" href="#${id}" title="${words}" aria-label="${words}">${inside}</a>`;
  }

  const you = [
    timed ? wave(levels.microphone, placing.place(0, levels.microphone.length * levels.stepMs)) : "",
    ...timeline.turns.map(({ startAt, endAt, transcript }, index) =>
      bar("speech", `turn-${index}`, startAt, endAt, timed ? transcript : ""),
    ),
    ...timeline.pauses.map(({ from, to, before }) =>
      before === "answer"
        ? `<span class="wait ${placing.place(from, to)}" title="waited ${shownMs(to - from)} for the answer"><span>${shownMs(to - from)}</span></span>`
        : "",
    ),
  ];

  const assistant = timeline.replies.map((reply, index) => {
    const {
      itemId,
      contentIndex,
      heardFrom,
      heardTo,
      unheardTo,
      soundMs = 0,
      cutMs,
      heardMs = cutMs,
    } = reply;
    if (heardFrom === undefined || heardTo === undefined) return "";
    const sound = timed ? (levels.replies[`${itemId}/${contentIndex}`] ?? []) : [];
    const steps = Math.round((heardMs ?? soundMs) / levels.stepMs);
    const ghost = unheardTo === undefined ? "" : placing.place(heardTo, unheardTo);
    const ghostSteps = unheardTo === undefined ? 0 : Math.round((unheardTo - heardTo) / levels.stepMs);
    return [
      ghost === "" ? "" : `<span class="ghost ${ghost}"></span>`,
      wave(sound.slice(steps, steps + ghostSteps), `unheard ${ghost}`),
      bar(
        reply.estimated ? "speech estimated" : "speech",
        `reply-${index}`,
        heardFrom,
        heardTo,
        timed ? (told.get(`reply-${index}`)?.text ?? "") : "",
      ),
      wave(sound.slice(0, steps), `heard ${placing.place(heardFrom, heardTo)}`),
    ].join("");
  });

  const received = timeline.replies.map(({ receivedFrom, receivedTo, soundMs = 0 }, index) => {
    if (receivedFrom === undefined || receivedTo === undefined) return "";
    const title = `${shownMs(soundMs)} of sound came in${timed ? ` within ${shownMs(receivedTo - receivedFrom)}` : ""}`;
    return bar("thin", `reply-${index}`, receivedFrom, receivedTo, "", title);
  });

  /** Short bars with their words behind them, as far as there is room before the next one; the last one's before it. */
  function chips(all: readonly Chip[]): string[] {
    return all.map(({ className, id, from, to, label }, index) => {
      const next = all[index + 1];
      const before = next === undefined && to > timeline.endAt * 0.75;
      const room = before
        ? `label before ${placing.place(all[index - 1]?.to ?? 0, from)}`
        : `label ${placing.place(to, next?.from ?? timeline.endAt)}`;
      const words = `<span class="${room}" aria-hidden="true"><span>${escaped(label)}</span></span>`;
      return `<div class="${className}">${bar("chip", id, from, to, "")}${words}</div>`;
    });
  }

  const texts = chips(
    timeline.texts.map(({ who, from, to, text }, index) => ({
      className: who,
      id: `text-${index}`,
      from,
      to,
      label: text,
    })),
  );

  const tools = chips(
    timeline.calls.map(({ name, from, calledAt, answeredAt, failed }, index) => ({
      className: failed || answeredAt === undefined ? "tool failed" : "tool",
      id: `call-${index}`,
      from,
      to: answeredAt ?? calledAt ?? from,
      label: name,
    })),
  );

  const responses = timeline.responses.map((response, index) => {
    const { id, from, to, status, reason, outOfBand, inputTokens = 0, outputTokens = 0 } = response;
    const title = [
      `${shownPlace(from, timed)}  response ${status.replace("_", " ")}${outOfBand ? ", out of band" : ""}`,
      ...(reason === undefined ? [] : [reason]),
      ...(timed
        ? [`${shownMs(to - from)}, ${shownCount(inputTokens)} tokens in, ${shownCount(outputTokens)} out`]
        : []),
      id,
    ].join("\n");
    return bar(`thin ${status}`, `response-${index}`, from, to, "", title);
  });

  const events = timeline.marks.map(({ at, kind, text }, index) => {
    const words = escaped(`${shownPlace(at, timed)}  ${text}`);
    return `<a class="pin ${kind} ${placing.place(at)}" href="#mark-${index}" title="${words}" aria-label="${words}"></a>`;
  });

  const lanes: readonly (readonly [string, string, readonly string[]])[] = [
    ["You", "you", you],
    ["Assistant", "assistant", assistant],
    ["Received", "received", received],
    ["Text", "texts", texts],
    ["Tools", "tools", tools],
    ["Responses", "responses", responses],
    ["Events", "events", events],
  ];
  return lanes
    .map(([name, className, parts]) => ({ name, className, html: parts.join("") }))
    .filter(({ html }) => html !== "");
}

/** The lines through all lanes where the assistant was cut. */
export function cutLines({ replies, timed }: Timeline, placing: Placing): string {
  return replies
    .flatMap(({ cutAt, cutMs }, index) => {
      if (cutAt === undefined || cutMs === undefined) return [];
      const words = escaped(`${shownPlace(cutAt, timed)}  cut at ${Math.round(cutMs)} ms of the answer`);
      return `<a class="cut ${placing.place(cutAt)}" href="#reply-${index}" title="${words}" aria-label="${words}"><span>✂</span></a>`;
    })
    .join("");
}

function titleOf(line: StoryLine | undefined, timed: boolean): string | undefined {
  if (line === undefined) return undefined;
  const { at, who, text, unheard, note } = line;
  const never = unheard === undefined ? [] : [`never heard: ${unheard}`];
  return [`${shownPlace(at, timed)}  ${who}`, text, ...never, note].filter((part) => part !== "").join("\n");
}
