/** The fields of options that are given: one that is `undefined` is as good as absent. */
export function defined<T extends object>(options: T): T {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  // Only fields that were absent for all purposes are left out.
  return Object.fromEntries(given) as T;
}
