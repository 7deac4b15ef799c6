import { Observable } from "rxjs";

/** What `select` makes of each value, where that is another than of the one before. As `map` and `distinctUntilChanged`. */
export function selectedFrom<T, U>(source: Observable<T>, select: (value: T) => U): Observable<U> {
  return new Observable((subscriber) => {
    let before: readonly U[] = [];
    return readFrom(source, (value) => {
      const next = select(value);
      if (before.length > 0 && before[0] === next) return [];
      before = [next];
      return before;
    }).subscribe(subscriber);
  });
}

/**
 * What `read` finds in each value of a stream, one after the other. As `mergeMap` with a list, without what operators
 * bring into a bundle.
 */
export function readFrom<T, U>(source: Observable<T>, read: (value: T) => readonly U[]): Observable<U> {
  return new Observable((subscriber) =>
    source.subscribe({
      next(value) {
        for (const found of read(value)) subscriber.next(found);
      },
      error: (error) => subscriber.error(error),
      complete: () => subscriber.complete(),
    }),
  );
}
