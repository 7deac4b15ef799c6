import { Observable } from "rxjs";

/**
 * What `read` finds in each value of a stream, one after the other. As `mergeMap` with a list, without what that
 * brings into a bundle for every other kind of source.
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
