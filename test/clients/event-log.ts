/** Events as they come, and waiting for them. */
export interface EventLog<E extends { readonly type: string }> {
  readonly events: readonly E[];
  readonly types: readonly string[];
  add(event: E): void;
  /** Resolves with the `count`-th event of this type, which may have come already. */
  seen<T extends E["type"]>(type: T, count?: number): Promise<Extract<E, { type: T }>>;
  /** Resolves when so many events are as `matches` says. */
  met(matches: (event: E) => boolean, count: number): Promise<E>;
}

/** An empty log. */
export function eventLog<E extends { readonly type: string }>(): EventLog<E> {
  const events: E[] = [];
  const watchers = new Set<() => void>();

  function met(matches: (event: E) => boolean, count: number): Promise<E> {
    return new Promise((resolve) => {
      const look = () => {
        const found = events.filter(matches)[count - 1];
        if (found === undefined) return;
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      look();
    });
  }

  return {
    events,
    get types() {
      return events.map(({ type }) => type);
    },
    add(event) {
      events.push(event);
      for (const look of watchers) look();
    },
    async seen<T extends E["type"]>(type: T, count = 1) {
      // It is of the type that was looked for.
      return (await met((event) => event.type === type, count)) as Extract<E, { type: T }>;
    },
    met,
  };
}
