import type { Connection, Transport } from "@duologue/core";
import { type Observable, ReplaySubject } from "rxjs";

/** The same transport, and each connection that it opens. */
export function observedTransport<K extends Connection>(
  inner: Transport<K>,
): { readonly transport: Transport<K>; readonly connection$: Observable<K> } {
  const connections = new ReplaySubject<K>(1);
  return {
    connection$: connections.asObservable(),
    transport: {
      name: inner.name,
      audio: inner.audio,
      async open(sink, options) {
        const connection = await inner.open(sink, options);
        connections.next(connection);
        return connection;
      },
    },
  };
}
