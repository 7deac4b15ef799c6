import type { ClientEvent } from "@duologue/protocol";
import type { ConversationState } from "./state.ts";
import { toHistory } from "./to-history.ts";
import { toldId } from "./told-id.ts";

const lost = JSON.stringify({
  error: "The program stopped before this call was answered. It may have taken effect.",
});

/**
 * The commands that tell the first session of a conversation that goes on what was said before: its history, and an
 * answer to the calls whose tools were lost with the program.
 */
export function prologueOf(state: ConversationState): ClientEvent[] {
  const history = toHistory(state, { openCalls: true });
  const open = state.items.filter((item) => item.type === "function_call" && !item.answered);
  const told = new Set(history.flatMap((event) => ("item" in event ? [event.item.id] : [])));
  return [
    ...history,
    ...open.flatMap((item): ClientEvent[] =>
      item.type === "function_call" && told.has(toldId(item.id))
        ? [
            {
              type: "conversation.item.create",
              item: { type: "function_call_output", call_id: toldId(item.callId), output: lost },
            },
          ]
        : [],
    ),
  ];
}

/** Whether a command with this id would give its item the id of one that the conversation has from before. */
export function idsTaken(state: ConversationState): (commandId: string) => boolean {
  const ids = new Set(state.items.map(({ id }) => id));
  return (commandId) => ids.has(`item_${commandId}`);
}
