import type { Status } from "@duologue/core";
import { type Observable, Subscription } from "rxjs";
import type { BareConversation } from "./conversation-options.ts";

/** Resolves when it is quiet, or when nothing follows any more; see `Conversation.whenQuiet`. */
export function whenQuiet(
  talk: Pick<BareConversation, "isQuiet" | "steps$">,
  status$: Observable<Status>,
): Promise<void> {
  const waiting = new Subscription();
  const quiet = new Promise<void>((resolve) => {
    // What a step leads to is done behind it: only then it shows whether anything follows.
    const look = () => queueMicrotask(() => talk.isQuiet && resolve());
    waiting.add(talk.steps$.subscribe({ next: look, complete: resolve }));
    waiting.add(status$.subscribe(({ state }) => (state === "closing" || state === "closed") && resolve()));
    look();
  });
  return quiet.then(() => waiting.unsubscribe());
}
