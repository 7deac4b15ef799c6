import type { ClientEvent } from "@duologue/protocol";
import type { LintOptions } from "./lint.ts";

/**
 * What commands that the server has not answered, in the order in which they were sent, are going to make of its items:
 * the ids of those that will be there, and of those that will be gone. Of one that is sent twice the last word counts.
 */
export function onTheirWay(
  commands: Iterable<ClientEvent>,
): Required<Pick<LintOptions, "waiting" | "leaving">> {
  const waiting = new Set<string>();
  const leaving = new Set<string>();
  for (const command of commands) {
    if (command.type === "conversation.item.create" && command.item.id !== undefined) {
      waiting.add(command.item.id);
      leaving.delete(command.item.id);
    }
    if (command.type === "conversation.item.delete") {
      leaving.add(command.item_id);
      waiting.delete(command.item_id);
    }
  }
  return { waiting, leaving };
}
