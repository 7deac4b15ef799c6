import { found, made } from "./found.ts";
import type { Trouble } from "./trouble.ts";

const place = found("trouble", HTMLElement);

/** Shows what went wrong and what can be done, until it is put away. */
export function showTrouble(
  { title, advice, remedy }: Trouble,
  act: (remedy: Trouble["remedy"]) => void,
): void {
  const label = { again: "Try again", "in writing": "Go on in writing", none: "Put away" }[remedy];
  const button = made("button", "", label);
  button.type = "button";
  button.addEventListener("click", () => {
    hideTrouble();
    act(remedy);
  });
  place.replaceChildren(
    made("div", "card", made("strong", "", title), made("p", "", advice), made("div", "buttons", button)),
  );
}

export function hideTrouble(): void {
  place.replaceChildren();
}
