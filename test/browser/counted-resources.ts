/**
 * From now on the runtime's timers, sockets and listeners of its global scope are counted. Gives the names of those
 * that are there just now: what a browser does not tell by itself.
 */
export function countedResources(): () => readonly string[] {
  const timers = new Set<unknown>();
  const sockets = new Set<WebSocket>();
  const listeners = new Map<unknown, string>();
  const scope = globalThis;
  const { setTimeout, clearTimeout, setInterval, clearInterval, WebSocket: Socket } = scope;
  const add = scope.addEventListener.bind(scope);
  const remove = scope.removeEventListener.bind(scope);

  class CountedSocket extends Socket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      sockets.add(this);
      this.addEventListener("close", () => sockets.delete(this));
    }
  }

  Object.assign(scope, {
    WebSocket: CountedSocket,
    setTimeout(run: (...args: unknown[]) => void, delayMs?: number, ...args: unknown[]) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        run(...args);
      }, delayMs);
      timers.add(timer);
      return timer;
    },
    clearTimeout(timer: ReturnType<typeof setTimeout>) {
      timers.delete(timer);
      clearTimeout(timer);
    },
    setInterval(run: () => void, periodMs?: number, ...args: unknown[]) {
      const timer = setInterval(run, periodMs, ...args);
      timers.add(timer);
      return timer;
    },
    clearInterval(timer: ReturnType<typeof setInterval>) {
      timers.delete(timer);
      clearInterval(timer);
    },
    addEventListener(...[type, listener, options]: Parameters<typeof add>) {
      listeners.set(listener, `listener of ${type}`);
      add(type, listener, options);
    },
    removeEventListener(...[type, listener, options]: Parameters<typeof remove>) {
      listeners.delete(listener);
      remove(type, listener, options);
    },
  });

  return () => [
    ...Array.from(timers, () => "timer"),
    ...Array.from(sockets, () => "socket"),
    ...listeners.values(),
  ];
}
