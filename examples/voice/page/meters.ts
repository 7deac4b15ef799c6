import { toDbfs } from "@duologue/audio";

/** How far a meter goes up for a level of the scale 0 to 1: linear in decibels, as the ear has it. */
export function meterHeight(level: number, floorDbfs = -60): number {
  return Math.max(0, Math.min(1, 1 - toDbfs(level) / floorDbfs));
}

/**
 * Shows levels as custom properties of elements, once in each picture; four times a second where the user wants little
 * motion. The returned function stops that and sets them to 0.
 */
export function meters(
  levels: readonly {
    readonly element: HTMLElement;
    readonly property: string;
    readonly level: () => number;
  }[],
): () => void {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let frame = 0;
  let shownAt = 0;
  const show = (now: number): void => {
    frame = requestAnimationFrame(show);
    if (still.matches && now - shownAt < 250) return;
    shownAt = now;
    for (const { element, property, level } of levels) {
      element.style.setProperty(property, meterHeight(level()).toFixed(3));
    }
  };
  frame = requestAnimationFrame(show);
  return () => {
    cancelAnimationFrame(frame);
    for (const { element, property } of levels) element.style.setProperty(property, "0");
  };
}
