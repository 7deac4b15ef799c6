import type { Place } from "./moment.ts";
import { axisPlaces, shownPlace } from "./shown-place.ts";
import type { Timeline } from "./timeline.ts";

/** A row of characters, one lane of the timeline. */
export interface TextLane {
  readonly name: string;
  readonly cells: string;
}

/** Draws the lanes of a timeline with characters, `width` of them a lane. Lanes with nothing in them are left out. */
export function textLanes(timeline: Timeline, width: number): readonly TextLane[] {
  const { endAt, turns, replies, texts, calls, responses, marks } = timeline;
  const scale = (at: Place) =>
    Math.max(0, Math.min(width - 1, Math.floor((at / Math.max(endAt, 1)) * width)));

  function lane(
    name: string,
    draw: (put: (from: Place, to: Place, character: string) => void) => void,
  ): TextLane {
    const cells = Array.from({ length: width }, () => " ");
    draw((from, to, character) => {
      // The place where something ends is no longer part of it, unless it has no length.
      const last = Math.max(scale(from), scale(to) - (scale(to) > scale(from) && to < endAt ? 1 : 0));
      cells.fill(character, scale(from), last + 1);
    });
    return { name, cells: cells.join("") };
  }

  const lanes = [
    lane("you", (put) => {
      for (const { startAt, endAt: to } of turns) put(startAt, to, "█");
      for (const { who, from } of texts) if (who === "user") put(from, from, "▪");
    }),
    lane("assistant", (put) => {
      for (const { heardFrom, heardTo, unheardTo, cutAt } of replies) {
        if (heardFrom === undefined || heardTo === undefined) continue;
        if (unheardTo !== undefined) put(heardTo, unheardTo, "░");
        put(heardFrom, heardTo, "█");
        if (cutAt !== undefined) put(cutAt, cutAt, "✂");
      }
      for (const { who, from, to } of texts) if (who === "assistant") put(from, to, "▪");
    }),
    lane("received", (put) => {
      for (const { receivedFrom, receivedTo } of replies) {
        if (receivedFrom !== undefined) put(receivedFrom, receivedTo ?? receivedFrom, "▄");
      }
    }),
    lane("tools", (put) => {
      for (const { from, calledAt, answeredAt } of calls) put(from, answeredAt ?? calledAt ?? from, "■");
    }),
    lane("responses", (put) => {
      for (const { from, to, status } of responses) put(from, to, status === "completed" ? "─" : "╌");
    }),
    lane("errors", (put) => {
      for (const { at, kind } of marks) if (kind === "error") put(at, at, "!");
    }),
  ].filter(({ cells }) => cells.trim() !== "");
  return [...lanes, { name: timeline.timed ? "seconds" : "entry", cells: axis(timeline, width, scale) }];
}

function axis({ endAt, timed }: Timeline, width: number, scale: (at: Place) => number): string {
  const label = (at: Place) => (timed ? shownPlace(at, true).replace(/\.0+$/, "") : shownPlace(at, false));
  return axisPlaces(endAt, Math.max(1, Math.floor(width / 12)))
    .reduce((row, at) => {
      const from = scale(at);
      return from < row.length + 1 && row !== "" ? row : `${row.padEnd(from)}${label(at)}`;
    }, "")
    .slice(0, width);
}
