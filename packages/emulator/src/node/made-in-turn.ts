/** Somebody's wish for what is made of a text, or that of several who wish the same. */
interface Order<T> {
  readonly text: string;
  /** How many wait for it. */
  waiting: number;
  readonly givenUp: AbortController;
  readonly made: PromiseWithResolvers<T>;
}

/** Makes something of texts, in the order in which they are first asked for. */
export type MadeInTurn<T> = (text: string, signal?: AbortSignal) => Promise<T>;

/**
 * Runs `make` for one text at a time, and once for all who ask for the same one before it is made. Rejects at once where a
 * `signal` fires; what nobody waits for any more loses its turn, or is given up by the signal that `make` was given, and the
 * next one begins when that `make` has settled.
 */
export function madeInTurn<T>(make: (text: string, signal: AbortSignal) => Promise<T>): MadeInTurn<T> {
  const orders = new Map<string, Order<T>>();
  let isBusy = false;

  const goOn = () => {
    const [order] = orders.values();
    if (isBusy || order === undefined) return;
    isBusy = true;
    const { text, givenUp, made } = order;
    make(text, givenUp.signal)
      .then(made.resolve, made.reject)
      .finally(() => {
        isBusy = false;
        remove(order);
        goOn();
      });
  };

  const orderOf = (text: string): Order<T> => {
    const known = orders.get(text);
    if (known !== undefined) return known;
    const order = { text, waiting: 0, givenUp: new AbortController(), made: Promise.withResolvers<T>() };
    orders.set(text, order);
    return order;
  };

  /** The same text may have been asked for again since this order was given up. */
  const remove = (order: Order<T>) => {
    if (orders.get(order.text) === order) orders.delete(order.text);
  };

  const leave = (order: Order<T>) => {
    order.waiting--;
    if (order.waiting > 0) return;
    remove(order);
    order.givenUp.abort();
  };

  return (text, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const order = orderOf(text);
      order.waiting++;
      const left = () => {
        reject(signal?.reason);
        leave(order);
      };
      signal?.addEventListener("abort", left, { once: true });
      const stay = () => signal?.removeEventListener("abort", left);
      order.made.promise.finally(stay).then(resolve, reject);
      goOn();
    });
}
