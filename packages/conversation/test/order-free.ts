import type { ConversationState } from "../src/index.ts";

/**
 * A state without the marks of which words came with which sound: they are the one thing in it that tells of the order
 * in which two streams arrived, for an estimate.
 */
export function orderFree(state: ConversationState): unknown {
  return JSON.parse(JSON.stringify(state, (name, value) => (name === "marks" ? undefined : value)));
}
