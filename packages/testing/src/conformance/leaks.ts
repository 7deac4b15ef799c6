import type { ConformanceCase, TransportHarness } from "./harness.ts";
import { claim, type Stage, stage } from "./stage.ts";

const rounds = 10;

/** Rules about what is left behind. */
export const leakCases: readonly ConformanceCase[] = [
  {
    id: "leaks/signal",
    rule: "Once `open` has resolved or rejected, no listener of it is left on the signal.",
    async run(harness) {
      const { inbox, wait, peer, serve } = stage(harness);
      const opened = watchedSignal();
      await wait(harness.transport().open(inbox().sink, { signal: opened.signal }), "open to resolve");
      await peer();
      claimNone(opened, "an open that resolved");

      harness.refuse();
      const refused = watchedSignal();
      const refusal = rejected(harness.transport().open(inbox().sink, { signal: refused.signal }));
      await wait(refusal, "open to reject");
      claimNone(refused, "an open that was refused");

      const stalled = harness.stall();
      const aborted = watchedSignal();
      const abortion = rejected(harness.transport().open(inbox().sink, { signal: aborted.signal }));
      await wait(stalled.arrived, "the dial to reach the peer");
      aborted.abort();
      await wait(abortion, "open to reject after the abort");
      await wait(stalled.gone(), "the aborted dial to be torn down");
      claimNone(aborted, "an open that was aborted");
      serve();
    },
  },
  {
    id: "leaks/resources",
    rule: "No timer, socket or other resource is left once a connection has ended, in whatever way, or never came to be.",
    needs: "resources",
    async run(harness) {
      const { resources } = harness;
      claim(resources !== undefined, "The harness does not tell the resources.");
      const set = stage(harness);
      const counted = () => counts(resources.call(harness));
      // What is made once and kept, such as a resolver of names, is no leak: the first round makes it.
      await everyEnd(harness, set);
      let before = new Map<string, number>();
      // Asked from within a wait, as below: the timer of the wait itself counts in both.
      await set.until(() => {
        before = counted();
        return true;
      }, "nothing");
      for (let round = 0; round < rounds; round++) await everyEnd(harness, set);
      let more: readonly string[] = [];
      const back = set.until(() => {
        more = risen(before, counted());
        return more.length === 0;
      }, "the resources to be given back");
      await back.catch((cause: unknown) => {
        throw new Error(
          `After ${rounds} connections of each kind there is more than before: ${more.join(", ")}.`,
          {
            cause,
          },
        );
      });
    },
  },
];

/** Opens connections and lets each end in another way: by us, by the peer, by a loss, by refusal, by an abort. */
async function everyEnd(harness: TransportHarness, { inbox, pair, serve, wait }: Stage): Promise<void> {
  const ours = await pair();
  await wait(ours.connection.close(), "close to resolve");
  await ours.peer.inbox.ended();

  const theirs = await pair();
  theirs.peer.link.close({ code: 1000, reason: "" });
  await theirs.inbox.ended();

  const lost = await pair();
  lost.peer.link.break();
  await lost.inbox.ended();

  harness.refuse();
  await wait(rejected(harness.transport().open(inbox().sink)), "open to reject");

  const { arrived, gone } = harness.stall();
  const abort = new AbortController();
  const opening = rejected(harness.transport().open(inbox().sink, { signal: abort.signal }));
  await wait(arrived, "the dial to reach the peer");
  abort.abort();
  await wait(opening, "open to reject after the abort");
  await wait(gone(), "the aborted dial to be torn down");
  serve();
}

/** Resolves when `opening` rejects: with what is not for these rules to judge. */
function rejected(opening: Promise<unknown>): Promise<void> {
  return opening.then(
    () => claim(false, "open resolved, and should have rejected."),
    () => {},
  );
}

function counts(names: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  return found;
}

function risen(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string[] {
  return [...after].flatMap(([name, count]) => {
    const more = count - (before.get(name) ?? 0);
    return more > 0 ? [`${more} × ${name}`] : [];
  });
}

interface WatchedSignal {
  readonly signal: AbortSignal;
  abort(): void;
  /** How many listeners would still be called. */
  listeners(): number;
}

/** A signal that counts its listeners; one that was added to be called once is gone when it was. */
function watchedSignal(): WatchedSignal {
  const controller = new AbortController();
  const { signal } = controller;
  const live = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.assign(signal, {
    addEventListener(...[type, listener, options]: Parameters<AbortSignal["addEventListener"]>) {
      live.add(listener);
      const forget = () => live.delete(listener);
      if (typeof options === "object" && options.once) add(type, forget, { once: true });
      if (typeof options === "object") options.signal?.addEventListener("abort", forget, { once: true });
      add(type, listener, options);
    },
    removeEventListener(...[type, listener, options]: Parameters<AbortSignal["removeEventListener"]>) {
      live.delete(listener);
      remove(type, listener, options);
    },
  });
  return {
    signal,
    abort: () => controller.abort(),
    listeners: () => live.size + (signal.onabort === null ? 0 : 1),
  };
}

function claimNone({ listeners }: WatchedSignal, what: string): void {
  const left = listeners();
  claim(
    left === 0,
    `After ${what}, ${left} of its listeners ${left === 1 ? "is" : "are"} left on the signal.`,
  );
}
