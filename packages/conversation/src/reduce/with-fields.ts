import { isAlike } from "./readable.ts";

/** Fields of T to change. */
type Change<T> = { readonly [K in keyof T]?: T[K] | undefined };

/**
 * An object with some fields changed. One that is `undefined` stays as it was, and so does one that says the same as
 * before; where all do, it is the same object.
 */
export function withFields<T extends object>(object: T, change: Change<T>): T {
  const now: Change<T> = object;
  // The names of a change are names of fields.
  const names = Object.keys(change) as (keyof T)[];
  const news = names.filter((name) => change[name] !== undefined && !isAlike(change[name], now[name]));
  if (news.length === 0) return object;
  return { ...object, ...Object.fromEntries(news.map((name) => [name, change[name]])) };
}
