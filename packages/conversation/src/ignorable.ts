/** The promise itself, whose rejection ends no program where nobody looks at it. */
export function ignorable<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
