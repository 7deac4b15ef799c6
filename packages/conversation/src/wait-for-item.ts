import { type Clock, optionsOf, RealtimeError, type Status, waitingKinds } from "@duologue/core";
import { type Observable, Subscription } from "rxjs";
import { givenText } from "./given.ts";
import type { ConversationItem } from "./item.ts";
import { isEnded } from "./reduce/wire-item.ts";
import type { ConversationState } from "./state.ts";

/** How long, and for whom, an item is waited for. */
export interface WaitOptions {
  /** Milliseconds until `timeout`; no limit unless told. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What waiting needs of its conversation. */
export interface WaitSource {
  /** The present state at once, then each new one. */
  readonly state$: Observable<ConversationState>;
  /** The present status of the session at once, then each new one. */
  readonly status$: Observable<Status>;
  readonly clock: Clock;
}

/** The id of an item, or what tells it from others; where that tells its type as well, `T` is what it says. */
export type Wanted<T extends ConversationItem> =
  | string
  | ((item: ConversationItem) => item is T)
  | ((item: ConversationItem) => boolean);

/** Resolves with the item that is wanted; see `Commands.waitForItem`. What a predicate throws is the rejection. */
export async function itemFound<T extends ConversationItem>(
  { state$, status$, clock }: WaitSource,
  wanted: Wanted<T>,
  options: WaitOptions | undefined,
): Promise<T> {
  const { timeoutMs = Number.POSITIVE_INFINITY, signal } = optionsOf(options, waitingKinds);
  if (typeof wanted !== "function") givenText(wanted, "The id of an item, where there is no predicate,");
  const isWanted =
    typeof wanted === "string" ? (item: ConversationItem) => item.id === wanted && isEnded(item) : wanted;
  const what = typeof wanted === "string" ? `Item ${wanted}` : "The item";
  const waiting = new Subscription();
  const outcome = new Promise<T>((resolve, reject) => {
    const fail = (code: "aborted" | "closed" | "timeout", why: string) =>
      reject(new RealtimeError(code, `${what} did not come: ${why}.`));
    const abort = () => fail("aborted", "waiting for it was aborted");
    const end = () => fail("closed", "the conversation has ended");
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort);
    waiting.add(() => signal?.removeEventListener("abort", abort));
    if (Number.isFinite(timeoutMs)) {
      waiting.add(clock.after(timeoutMs, () => fail("timeout", `${timeoutMs} ms have passed`)));
    }
    const look = ({ items }: ConversationState) => {
      try {
        const found = items.find(isWanted);
        // Where nothing tells its type, `T` is any item.
        if (found !== undefined) resolve(found as T);
      } catch (error) {
        reject(error);
      }
    };
    waiting.add(state$.subscribe({ next: look, complete: end }));
    waiting.add(status$.subscribe(({ state }) => state === "closed" && end()));
  });
  return outcome.finally(() => waiting.unsubscribe());
}
