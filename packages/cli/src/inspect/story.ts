import type { Mark } from "./marks.ts";
import type { Place } from "./moment.ts";
import type { Reply } from "./replies.ts";
import { shownMs } from "./shown-place.ts";
import type { Timeline } from "./timeline.ts";
import type { ToolCall } from "./tool-calls.ts";
import type { UserTurn } from "./user-turns.ts";

/** One line of a conversation told in order. */
export interface StoryLine {
  /** Names what it tells of: the list of the timeline and the place in it, such as `reply-0`. */
  readonly id: string;
  readonly at: Place;
  readonly who: "you" | "assistant" | "system" | "tool" | "response" | "pause" | Mark["kind"];
  /** The words that were said and heard, or what happened. */
  readonly text: string;
  /** The words that were never heard. */
  readonly unheard?: string;
  /** How long, how much, and other numbers; may be empty. */
  readonly note: string;
  /** Whether something went wrong. */
  readonly failed?: boolean;
}

/** A pause is told when it is as long as this. */
const toldPauseMs = 2_000;

/** Tells a timeline in the order in which things happened. */
export function storyOf(timeline: Timeline): readonly StoryLine[] {
  const { timed } = timeline;
  const lines: StoryLine[] = [
    ...timeline.turns.map((turn, index) => turnLine(turn, index, timeline)),
    ...timeline.replies.map((reply, index) => replyLine(reply, index, timed)),
    ...timeline.texts.map(({ from, who, text }, index) => ({
      id: `text-${index}`,
      at: from,
      who: who === "user" ? ("you" as const) : who,
      text,
      note: "written",
    })),
    ...timeline.calls.map((call, index) => callLine(call, index, timed)),
    ...timeline.responses.flatMap(({ id, to, status, reason = "" }, index) =>
      status === "completed" || status === "in_progress"
        ? []
        : [
            {
              id: `response-${index}`,
              at: to,
              who: "response" as const,
              text: status,
              note: reason || id,
              failed: status === "failed",
            },
          ],
    ),
    ...timeline.marks.map(({ at, kind, text }, index) => ({
      id: `mark-${index}`,
      at,
      who: kind,
      text,
      note: "",
      failed: kind === "error",
    })),
    ...timeline.pauses.flatMap(({ from, to, before }, index) =>
      to - from < toldPauseMs
        ? []
        : [
            {
              id: `pause-${index}`,
              at: from,
              who: "pause" as const,
              text: `${shownMs(to - from)} of silence`,
              note: before === "answer" ? "waiting for the answer" : "",
            },
          ],
    ),
  ];
  return lines.sort((a, b) => a.at - b.at);
}

function turnLine(turn: UserTurn, index: number, { timed, replies }: Timeline): StoryLine {
  const { startAt, endAt, transcript, failure } = turn;
  const over = replies.some(
    ({ heardFrom, heardTo }) =>
      heardFrom !== undefined && heardTo !== undefined && heardFrom < startAt && startAt < heardTo,
  );
  const notes = [
    timed ? `spoke ${shownMs(endAt - startAt)}` : "spoke",
    ...(over ? ["over the assistant"] : []),
    ...(failure === undefined ? [] : [`no transcript: ${failure}`]),
  ];
  return {
    id: `turn-${index}`,
    at: startAt,
    who: "you",
    text: transcript,
    note: notes.join(", "),
    failed: failure !== undefined,
  };
}

function replyLine(reply: Reply, index: number, timed: boolean): StoryLine {
  const { heardFrom, receivedFrom, transcript, heardText, soundMs = 0, cutMs, estimated } = reply;
  const text = cutMs === undefined ? transcript : (heardText ?? "");
  const unheard = transcript.slice(text.length).trim();
  const heardMs = reply.heardMs ?? Math.min(soundMs, cutMs ?? soundMs);
  const notes = [
    ...(soundMs === 0
      ? []
      : [cutMs === undefined ? shownMs(soundMs) : `${shownMs(heardMs)} of ${shownMs(soundMs)} heard`]),
    ...(cutMs === undefined ? [] : [`cut at ${Math.round(cutMs)} ms`]),
    ...(estimated && timed ? ["played as it came, as far as is known"] : []),
    ...(heardFrom === undefined && soundMs > 0 ? ["never heard"] : []),
  ];
  return {
    id: `reply-${index}`,
    at: heardFrom ?? receivedFrom ?? reply.cutAt ?? 0,
    who: "assistant",
    text,
    ...(unheard === "" ? {} : { unheard }),
    note: notes.join(", "),
  };
}

function callLine(call: ToolCall, index: number, timed: boolean): StoryLine {
  const { name, from, calledAt, answeredAt, output, failed } = call;
  const took =
    timed && calledAt !== undefined && answeredAt !== undefined
      ? `answered after ${shownMs(answeredAt - calledAt)}`
      : answeredAt === undefined
        ? "never answered"
        : "answered";
  const oneLine = (json: string) => json.replace(/\s+/g, " ").trim();
  return {
    id: `call-${index}`,
    at: from,
    who: "tool",
    text: `${name}(${oneLine(call.arguments)})${output === undefined ? "" : ` → ${oneLine(output)}`}`,
    note: [...(call.kind === "mcp" ? ["MCP"] : []), failed ? "failed" : took].join(", "),
    failed: failed || answeredAt === undefined,
  };
}
