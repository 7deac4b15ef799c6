import { type Item, maxIdCharacters, shortId } from "@duologue/protocol";

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

/** The id of an item that is made anew: another one where its own is too long, since the session may have that. */
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
