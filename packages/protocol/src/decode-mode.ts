/**
 * What becomes of a known event that differs from its schema.
 *
 * - `off`: nobody compares; it is delivered, and `issues` is empty.
 * - `warn`: it is delivered, with every difference in `issues` beside it.
 * - `strict`: it is `undecodable`: its whole text is kept and the reason names the differences. Unknown events and
 *   unknown fields are no differences and are delivered in every mode, since services add them all the time.
 */
export type DecodeMode = "off" | "warn" | "strict";

/**
 * Which events are compared, for services that cannot afford to compare all: a share from 0 to 1, or a function that
 * is asked for each known event by its type.
 *
 * With a share, the first event of every type is compared and from then on every 1/share-th of that type, so that
 * rare events are looked at as well as audio. It counts and throws no dice: the same frames give the same answers.
 * For chance instead of counting hand in a function, such as `() => Math.random() < 0.01`.
 */
export type Sample = number | ((type: string) => boolean);

/**
 * The function that a sample stands for; it remembers how many events of each type it was asked about. Throws a
 * `RangeError` for a share below 0 or above 1.
 */
export function sampler(sample: Sample): (type: string) => boolean {
  if (typeof sample === "function") return sample;
  if (!(sample >= 0 && sample <= 1)) throw new RangeError(`A share is a number from 0 to 1, not ${sample}.`);
  const seen = new Map<string, number>();
  return (type) => {
    const before = seen.get(type) ?? 0;
    seen.set(type, before + 1);
    return sample > 0 && (before === 0 || Math.floor(before * sample) > Math.floor((before - 1) * sample));
  };
}
