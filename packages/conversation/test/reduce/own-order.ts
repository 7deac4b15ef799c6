import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { LogEntry } from "../wire.ts";

/** Gives one of 0 … choices - 1. */
type Choose = (choices: number) => number;

/**
 * Another order of the same entries in which what we send and what this machine reports stands elsewhere among what
 * the server says: each such entry goes some way forth or back past server events that have nothing to do with it. Among
 * each other they keep their order, and so do the server's.
 */
export function ownOrder(entries: readonly LogEntry[], choose: Choose): LogEntry[] {
  const order = [...entries];
  for (const entry of entries.filter(({ from }) => from !== "server")) {
    let at = order.indexOf(entry);
    const step = choose(2) === 0 ? 1 : -1;
    for (let steps = choose(30); steps > 0; steps--) {
      const neighbour = order[at + step];
      if (neighbour?.from !== "server" || !areApart(entry, neighbour.event as ServerEvent)) break;
      [order[at], order[at + step]] = [neighbour, entry];
      at += step;
    }
  }
  return order;
}

/** Whether an entry of our own may as well stand on the other side of a server event. */
function areApart(own: LogEntry, event: ServerEvent): boolean {
  if (event.type.startsWith("session.") || event.type === "error") return false;
  const isRespond = event.type === "response.created" || event.type === "response.done";
  if (own.from === "local") {
    const { event: report } = own;
    if (!report.type.startsWith("playback.") || !("itemId" in report)) return false;
    // More of a part may come before or after a report of what was heard of it; but not its end, nor its turn's.
    return event.type.endsWith(".delta") || (!isRespond && !isAbout(event, report.itemId) && !isTurn(event));
  }
  const command = own.event as ClientEvent;
  switch (command.type) {
    case "input_audio_buffer.append":
    case "response.cancel":
      return true;
    case "conversation.item.create":
      // What follows from an output, or from a message, follows from its response, or begins one.
      return !isRespond && !isAbout(event, command.item.id ?? "");
    case "conversation.item.delete":
      return !isAbout(event, command.item_id);
    case "conversation.item.truncate":
      return !isRespond && !isTurn(event) && !isAbout(event, command.item_id);
    case "response.create":
      return !isRespond && !isTurn(event);
    default:
      return false;
  }
}

const isTurn = ({ type }: ServerEvent) => type.startsWith("input_audio_buffer.");

function isAbout(event: ServerEvent, itemId: string): boolean {
  if ("item_id" in event && event.item_id === itemId) return true;
  return "item" in event && event.item.id === itemId;
}
