import type { LocalEvent, Session } from "@duologue/core";
import type { BareConversation } from "./conversation-options.ts";

/** Keeps what a person does in the order of the calls, also where they come from within a handler of a stream. */
export interface CallOrder {
  /** Whether something waits: what is done now waits behind it. */
  readonly isHeld: boolean;
  /** Does something: at once, or behind what waits already. */
  run(act: () => void): void;
  /**
   * Notes that something is taken back. In the middle of an entry, whose handlers come first, what is sent on account of
   * that waits for its turn; so then does whatever is done next.
   */
  takeBack(event: LocalEvent): void;
}

export function callOrder(
  session: Pick<Session, "note">,
  { steps$ }: Pick<BareConversation, "steps$">,
): CallOrder {
  let waiting: (() => void)[] | undefined;
  let steps = 0;
  steps$.subscribe(() => {
    steps += 1;
  });

  function run(act: () => void): void {
    if (waiting === undefined) act();
    else waiting.push(act);
  }

  return {
    get isHeld() {
      return waiting !== undefined;
    },
    run,
    takeBack(event) {
      run(() => {
        const before = steps;
        session.note(event);
        if (steps !== before) return;
        const acts: (() => void)[] = [];
        waiting = acts;
        // The log hands out all that it has before this task ends.
        queueMicrotask(() => {
          waiting = undefined;
          for (const act of acts) act();
        });
      });
    },
  };
}
