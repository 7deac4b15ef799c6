/** Adds listeners to a set; the function that comes back takes one out again. */
export function listening<T>(
  listeners: Set<(value: T) => void>,
): (listener: (value: T) => void) => () => void {
  return (listener) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
}
