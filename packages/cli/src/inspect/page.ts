import { createHash } from "node:crypto";
import { counted } from "./counted.ts";
import { axisHtml, zoomsOf } from "./page/axis.ts";
import { behaviour } from "./page/behaviour.ts";
import { escaped } from "./page/escaped.ts";
import { cutLines, lanesOf } from "./page/lanes.ts";
import { placing } from "./page/placing.ts";
import { storyHtml } from "./page/story-html.ts";
import { style } from "./page/style.ts";
import { tilesHtml } from "./page/tiles-html.ts";
import { shownMs } from "./shown-place.ts";
import { storyOf } from "./story.ts";
import type { Timeline } from "./timeline.ts";

/**
 * A timeline as a page that needs nothing else: no request leaves it, and its Content-Security-Policy allows its own
 * style sheet and script alone, by their hashes. Without the script it still shows everything.
 */
export function page(timeline: Timeline, title: string): string {
  const { timed, endAt } = timeline;
  const places = placing(endAt);
  const story = storyOf(timeline);
  const zooms = zoomsOf(timeline);
  const lanes = lanesOf(timeline, story, places);
  const axis = axisHtml(timeline, zooms, places);
  const cuts = cutLines(timeline, places);
  const sheet = `${style}${zooms.map(zoomRules).join("")}${places.rules}`;
  const script = `(${behaviour.toString()})();`;
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(sheet)}`,
    `script-src ${hashOf(script)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${escaped(title)} · Duologue</title>
<style>${sheet}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p class="facts">${factsOf(timeline).map(escaped).join(" · ")}</p>
${tilesHtml(timeline)}
<section class="chart" aria-label="Timeline">
<header><h2>Timeline</h2>${zoomHtml(zooms)}</header>
<div class="board">
<div class="names" aria-hidden="true">${lanes.map(({ name, className }) => `<span class="${className}">${name}</span>`).join("")}</div>
<div class="scroll" tabindex="0" role="group" aria-label="Lanes"><div class="track" data-end="${endAt}" data-timed="${timed}">
${axis}${lanes.map(({ name, className, html }) => `<div class="lane ${className}" role="group" aria-label="${name}">${html}</div>`).join("\n")}
${cuts}</div></div>
</div>
<p class="legend">${legendOf(timeline)}</p>
</section>
<h2>What happened</h2>
${storyHtml(story, timed)}
<script>${script}</script>
</body>
</html>
`;
}

function factsOf({ model, protocol, description, timed, endAt, entries, redacted }: Timeline): string[] {
  return [
    model || protocol,
    ...(description === "" ? [] : [description]),
    ...(timed ? [shownMs(endAt)] : []),
    counted(entries, "entry", "entries"),
    ...(redacted.length === 0 ? [] : [`${redacted.join(" and ")} redacted`]),
  ];
}

function zoomHtml(zooms: readonly number[]): string {
  if (zooms.length < 2) return `<input type="radio" name="zoom" id="zoom-1" checked hidden>`;
  const choices = zooms.map(
    (zoom) =>
      `<label><input type="radio" name="zoom" id="zoom-${zoom}"${zoom === 1 ? " checked" : ""}><span>${zoom === 1 ? "fit" : `${zoom}×`}</span></label>`,
  );
  return `<fieldset class="zoom"><legend>Zoom</legend>${choices.join("")}</fieldset>`;
}

function zoomRules(zoom: number): string {
  const chosen = `.chart:has(#zoom-${zoom}:checked)`;
  return `${chosen} .track{width:${zoom * 100}%}${chosen} .tick.x${zoom}{display:block}`;
}

function legendOf({ timed, replies }: Timeline): string {
  if (!timed) return "The recording has no clock: places are entries, one after the other.";
  const estimated = replies.some((reply) => reply.estimated);
  return [
    "Solid: what was heard. Hatched: what came in and was never heard. ✂ where the assistant was cut.",
    ...(estimated ? ["Dashed: nobody told when it was heard; drawn as if played when it came."] : []),
    "+ and − zoom, ← and → go from bar to bar.",
  ].join(" ");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
