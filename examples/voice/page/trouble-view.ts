import { found, made } from "./found.ts";
import type { Trouble } from "./trouble.ts";

const place = found("trouble", HTMLElement);

/**
 * Shows what went wrong and what can be done, until it is put away. The returned function puts it away, unless something
 * else is shown by then.
 */
export function showTrouble(
  { title, advice, remedy }: Trouble,
  act: (remedy: Trouble["remedy"]) => void,
): () => void {
  const label = { again: "Try again", "in writing": "Go on in writing", none: "Put away" }[remedy];
  const button = made("button", "", label);
  button.type = "button";
  button.addEventListener("click", () => {
    hideTrouble();
    act(remedy);
  });
  const buttons = made("div", "buttons", button);
  const card = made("div", "card", made("strong", "", title), made("p", "", advice), buttons);
  place.replaceChildren(card);
  return () => card.remove();
}

export function hideTrouble(): void {
  place.replaceChildren();
}
