import type { Place } from "../moment.ts";

/**
 * Places elements by rules of a style sheet: a strict Content-Security-Policy allows no `style` attributes, and with
 * percentages the browser itself zooms when the track grows.
 */
export interface Placing {
  /** A class for what reaches from one place to another, or stands at one. */
  place(from: Place, to?: Place): string;
  /** The rules of all classes so far. */
  readonly rules: string;
}

/** Places on a track that ends at `endAt`. */
export function placing(endAt: Place): Placing {
  const rules: string[] = [];
  const percent = (at: Place) => `${+((100 * at) / Math.max(endAt, 1)).toFixed(4)}%`;
  return {
    place(from, to) {
      const width = to === undefined ? "" : `;width:${percent(Math.max(0, Math.min(to, endAt) - from))}`;
      rules.push(`left:${percent(from)}${width}`);
      return `p${rules.length - 1}`;
    },
    get rules() {
      return rules.map((rule, index) => `.p${index}{${rule}}`).join("");
    },
  };
}
