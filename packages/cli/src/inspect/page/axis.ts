import { axisPlaces, shownPlace } from "../shown-place.ts";
import type { Timeline } from "../timeline.ts";
import type { Placing } from "./placing.ts";

const marksAcross = 9;
const mostZoom = 256;
const widestSecond = 400;
const usualWidth = 900;

/** How many times wider than the window the track can be made: powers of two, until a second is wide enough. */
export function zoomsOf({ endAt, timed }: Timeline): readonly number[] {
  const units = timed ? endAt / 1000 : endAt / 4;
  const most = Math.min(mostZoom, (units * widestSecond) / usualWidth);
  const zooms = [1];
  while ((zooms.at(-1) ?? 1) < most) zooms.push((zooms.at(-1) ?? 1) * 2);
  return zooms;
}

/** The marks of the axis; each zoom has its own, of which the style sheet shows those of the chosen one. */
export function axisHtml({ endAt, timed }: Timeline, zooms: readonly number[], placing: Placing): string {
  return zooms
    .flatMap((zoom) =>
      axisPlaces(endAt, marksAcross * zoom).map((at) => {
        const label = timed
          ? `${shownPlace(at, true).replace(/\.0+$/, "")}${at < 60_000 ? " s" : ""}`
          : shownPlace(at, false);
        return `<i class="tick x${zoom} ${placing.place(at)}"><b>${label}</b></i>`;
      }),
    )
    .join("");
}
