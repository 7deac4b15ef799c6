/** As `map`; the same list where nothing in it changes. */
export function mapped<T>(list: readonly T[], change: (value: T) => T): readonly T[] {
  const changed = list.map(change);
  return changed.some((value, index) => value !== list[index]) ? changed : list;
}

/** As `filter`; the same list where all of it stays. */
export function filtered<T>(list: readonly T[], isKept: (value: T) => boolean): readonly T[] {
  const kept = list.filter(isKept);
  return kept.length < list.length ? kept : list;
}
