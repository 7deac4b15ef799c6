import { optionsOf, type RequestOptions, refuse, waitingKinds } from "@duologue/core";
import type { AnySessionConfig, ClientEvent, FunctionTool } from "@duologue/protocol";
import type { CommandSender } from "./command-sender.ts";
import { expectedSession } from "./expected-session.ts";
import { given } from "./given.ts";
import { ignorable } from "./ignorable.ts";
import { mergedTools } from "./merged-tools.ts";
import { sessionChange } from "./session-change.ts";
import type { ConversationState } from "./state.ts";

/** What carries out `Commands.update`; every update keeps `tools`. */
export function sessionUpdates(
  sender: CommandSender,
  state: () => ConversationState,
  tools: () => readonly FunctionTool[],
): (wanted: AnySessionConfig, options: RequestOptions | undefined) => Promise<void> {
  /** Updates that the server has not answered, in the order in which they were sent. */
  const updates = new Map<AnySessionConfig, Promise<void>>();

  return (wanted, options) => {
    given(wanted, "A session");
    const { type }: { readonly type?: unknown } = wanted;
    if (typeof type !== "string") refuse('A session names its type, "realtime" or "transcription"', type);
    optionsOf(options, waitingKinds);
    const { session: reported } = state();
    const merged =
      wanted.type === "realtime" && wanted.tools !== undefined
        ? { ...wanted, tools: mergedTools(wanted.tools, tools()) }
        : wanted;
    // What can't change is refused, however often it is asked for.
    if (reported !== null)
      sender.check({ type: "session.update", session: sessionChange(reported, merged) ?? merged });
    const change =
      reported === null ? merged : sessionChange(expectedSession(reported, [...updates.keys()]), merged);
    if (change === undefined) return [...updates.values()].at(-1) ?? Promise.resolve();
    const command: ClientEvent = { type: "session.update", session: change };
    sender.check(command);
    const outcome = sender.request("update", command, options, () => {});
    updates.set(change, outcome);
    ignorable(outcome.finally(() => updates.delete(change)));
    return outcome;
  };
}
