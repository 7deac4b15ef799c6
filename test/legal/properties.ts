import { isDeepStrictEqual } from "node:util";
import { type ConversationState, initialState, reduce, restore, snapshot } from "@duologue/conversation";
import type { Entry } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Chooser } from "@duologue/testing";

type Entries = readonly Entry<ClientEvent, ServerEvent>[];

const fold = (entries: Entries, from: ConversationState = initialState) => entries.reduce(reduce, from);

/**
 * What the fold of a log does not keep of its promises, in sentences; none where all is well. `choose` decides where
 * the log is stopped, and what of it is doubled or lost.
 */
export function brokenProperties(entries: Entries, choose: Chooser): string[] {
  return [
    ...identities(entries),
    ...plainness(fold(entries), "the state"),
    ...continuation(entries, choose(entries.length + 1)),
    ...doubles(entries, choose),
    ...losses(entries, choose),
  ];
}

/** What did not change keeps its identity, and the whole does where nothing changed. */
function identities(entries: Entries): string[] {
  const broken: string[] = [];
  entries.reduce((before, entry) => {
    const after = reduce(before, entry);
    if (after !== before && isDeepStrictEqual(after, before)) {
      broken.push(`${entry.event.type} changed nothing and made another state`);
    }
    const known = new Map([...before.items, ...before.detached].map((item) => [item.id, item]));
    for (const item of [...after.items, ...after.detached]) {
      const old = known.get(item.id);
      if (old !== undefined && old !== item && isDeepStrictEqual(old, item)) {
        broken.push(`${entry.event.type} made a copy of ${item.id}`);
      }
    }
    return after;
  }, initialState);
  return broken;
}

/** A state is plain JSON, and a snapshot of it is read as itself. */
function plainness(state: ConversationState, name: string): string[] {
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(state)), state)) return [`${name} is no plain JSON`];
  try {
    return isDeepStrictEqual(restore(snapshot(state)), state) ? [] : [`${name} comes back as another`];
  } catch (error) {
    return [`${name} does not come back: ${error}`];
  }
}

/** Stopped, kept, restored and continued is as never stopped. */
function continuation(entries: Entries, at: number): string[] {
  const kept = restore(snapshot(fold(entries.slice(0, at))));
  const isSame = isDeepStrictEqual(fold(entries.slice(at), kept), fold(entries));
  return isSame ? [] : [`stopped after ${at} entries, it goes on to another state`];
}

/** What counts each time: sound that is sent, wishes and pieces without a name, and what becomes of links. */
function countsTwice({ event }: Entries[number]): boolean {
  const { type } = event;
  if (type === "input_audio_buffer.append" || type.startsWith("link.")) return true;
  if (type === "response.requested") return !("id" in event);
  return type.endsWith(".delta") && !("event_id" in event && typeof event.event_id === "string");
}

/** Whatever is told twice, by the server or by us, counts once. */
function doubles(entries: Entries, choose: Chooser): string[] {
  const doubled = entries.flatMap((entry) =>
    !countsTwice(entry) && choose(3) === 0 ? [entry, entry] : [entry],
  );
  const isSame = isDeepStrictEqual(fold(doubled), fold(entries));
  return isSame ? [] : ["with events that came twice it comes to another state"];
}

/** Whatever is lost, nothing is thrown, and the state is one. */
function losses(entries: Entries, choose: Chooser): string[] {
  const rest = entries.filter(() => choose(4) !== 0);
  try {
    return plainness(fold(rest), "the state of what was left");
  } catch (error) {
    return [`with events lost it throws: ${error}`];
  }
}
