import { shownPlace } from "../shown-place.ts";
import type { StoryLine } from "../story.ts";
import { escaped } from "./escaped.ts";

/** The story as a list; each line can be linked to by its id. */
export function storyHtml(story: readonly StoryLine[], timed: boolean): string {
  return `<ol class="story">${story.map((line) => lineHtml(line, timed)).join("")}</ol>`;
}

function lineHtml({ id, at, who, text, unheard, note, failed }: StoryLine, timed: boolean): string {
  const spoken = who === "you" || who === "assistant" || who === "system";
  const words = text === "" && unheard === undefined && spoken ? "—" : text;
  const parts = [
    who === "tool" ? `<code>${escaped(words)}</code>` : `<span class="words">${escaped(words)}</span>`,
    ...(unheard === undefined
      ? []
      : [
          `<span class="scissors" aria-label="cut here">✂</span><s title="never heard">${escaped(unheard)}</s>`,
        ]),
    ...(note === "" ? [] : [`<small>${escaped(note)}</small>`]),
  ];
  const time = shownPlace(at, timed);
  return `<li id="${id}" class="${who}${failed === true ? " failed" : ""}"><a class="time" href="#${id}">${time}</a><span class="who">${who}</span><div>${parts.join(" ")}</div></li>`;
}
