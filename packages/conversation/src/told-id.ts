import { type ClientEvent, type Item, maxIdCharacters, shortId } from "@duologue/protocol";
import type { ConversationItem } from "./item.ts";
import type { ConversationState } from "./state.ts";

/** How an id begins that stands for a longer one. */
const mark = "told_";

/**
 * The id under which a server session is told of an item or a call of an earlier one: its own where that is short
 * enough, else one made from it, always the same for the same one. Services make ids longer than others take: xAI's
 * have 36 characters.
 */
export function toldId(id: string): string {
  return id.length <= maxIdCharacters ? id : shortId(mark, id);
}

/** Which of these has an id, of those that `idOf` reads, for which `told` stands; the last one. */
export function ownerOfTold<T extends object>(
  things: readonly T[],
  told: string,
  idOf: (thing: T) => string | undefined,
): T | undefined {
  return things.findLast((thing) => {
    const id = idOf(thing);
    return id !== undefined && id.length > maxIdCharacters && remembered(thing, id) === told;
  });
}

/** What `toldId` makes of the ids of a thing; they are compared with each event that names one. */
const toldIds = new WeakMap<object, Map<string, string>>();

function remembered(thing: object, id: string): string {
  const known = toldIds.get(thing) ?? new Map<string, string>();
  const told = known.get(id) ?? toldId(id);
  toldIds.set(thing, known.set(id, told));
  return told;
}

/** The id of an item that is made anew in a session which was told of it: another one where its own is too long. */
export function remadeId(id: string): string {
  return id.length <= maxIdCharacters ? id : toldId(`${id}_remade`);
}

/** Whether an id may stand for a longer one. */
export function isToldId(id: unknown): id is string {
  return typeof id === "string" && id.length === maxIdCharacters && id.startsWith(mark);
}

/** An item as a session that knows nothing of it is told of it. */
export function withToldIds(item: Item): Item {
  const { id } = item;
  const named = id === undefined ? item : { ...item, id: toldId(id) };
  return "call_id" in named && named.call_id !== undefined
    ? { ...named, call_id: toldId(named.call_id) }
    : named;
}

/**
 * A command of ours as the present server session understands it: what stands in it because an earlier one made it goes
 * by the id under which it was told. The same command where that makes no difference.
 */
export function toldCommand<C extends ClientEvent>(state: ConversationState, command: C): C;
export function toldCommand(state: ConversationState, command: ClientEvent): ClientEvent {
  const idOf = (id: string) => (standsIn(state, id) ? toldId(id) : id);
  switch (command.type) {
    case "conversation.item.create": {
      const { item, previous_item_id: previous } = command;
      const place = previous === undefined ? {} : { previous_item_id: idOf(previous) };
      const told = toldItemOf(state, item);
      return told === item && place.previous_item_id === previous
        ? command
        : { ...command, ...place, item: told };
    }
    case "conversation.item.delete":
    case "conversation.item.retrieve":
    case "conversation.item.truncate": {
      const id = idOf(command.item_id);
      return id === command.item_id ? command : { ...command, item_id: id };
    }
    case "response.create": {
      const { response } = command;
      if (response?.input?.some((entry) => "id" in entry && standsIn(state, entry.id ?? "")) !== true) {
        return command;
      }
      const input = response.input.map((entry) =>
        entry.id === undefined ? entry : { ...entry, id: idOf(entry.id) },
      );
      return { ...command, response: { ...response, input } };
    }
    default:
      return command;
  }
}

function toldItemOf(state: ConversationState, item: Item): Item {
  const { id = "" } = item;
  const named = standsIn(state, id) ? { ...item, id: toldId(id) } : item;
  if (!("call_id" in named) || named.call_id === undefined) return named;
  return isCalledBefore(state, named.call_id) ? { ...named, call_id: toldId(named.call_id) } : named;
}

/** Whether an item with a long id stands, in the session that a command reaches, as one of an earlier one. */
function standsIn(state: ConversationState, id: string): boolean {
  return id.length > maxIdCharacters && state.items.some((item) => item.id === id && isTold(state, item));
}

/** Whether an item is of an earlier session: while no link is open, what is said goes to one that is told of all. */
function isTold({ link }: ConversationState, { standing }: ConversationItem): boolean {
  return standing !== undefined || link !== "open";
}

/** The same of the call with a long id. */
function isCalledBefore(state: ConversationState, callId: string): boolean {
  return (
    callId.length > maxIdCharacters &&
    state.items.some((item) => item.type === "function_call" && item.callId === callId && isTold(state, item))
  );
}
