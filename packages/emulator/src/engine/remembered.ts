/** What `reckon` gives for an object that never changes, reckoned once for each and forgotten with it. */
export function remembered<K extends object, V extends object | number>(
  reckon: (key: K) => V,
): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const found = known.get(key) ?? reckon(key);
    known.set(key, found);
    return found;
  };
}
