import type { Entry } from "@duologue/core";

/** An entry and where it stands in the recording. */
export interface Place {
  readonly index: number;
  readonly entry: Entry;
}

/**
 * What passed over each link of a recording, in the order in which the links came up. Recordings of a transport have
 * one link after the other; the log of a session keeps the frames of a link that is not the conversation's apart.
 */
export function linksOf(entries: readonly Entry[]): readonly (readonly Place[])[] {
  const links = new Map<number, Place[]>();
  let current = 1;
  let opened = false;

  const put = (link: number, place: Place) => {
    const places = links.get(link);
    if (places === undefined) links.set(link, [place]);
    else places.push(place);
  };

  for (const [index, entry] of entries.entries()) {
    const { at, from, event } = entry;
    if (from !== "local") {
      put(current, { index, entry });
      continue;
    }
    if (event.type === "link.opened") {
      if (opened) current = Math.max(current, ...links.keys()) + 1;
      opened = true;
      put(current, { index, entry });
    } else if (event.type === "link.frame") {
      put(event.link, { index, entry: frameEntry(at, event) });
    } else if (event.type === "link.switched") {
      current = event.link;
    } else if (event.type === "link.ended") {
      const { code, reason } = event;
      put(event.link, { index, entry: { at, from: "local", event: { type: "link.closed", code, reason } } });
    } else if (event.type === "link.retry") {
      const { code, reason } = event;
      put(current, { index, entry: { at, from: "local", event: { type: "link.closed", code, reason } } });
    } else if (event.type === "link.closed" || event.type === "frame.undecodable") {
      put(current, { index, entry });
    }
  }
  return [...links.values()];
}

type LinkFrame = Extract<Entry["event"], { type: "link.frame"; link: number }>;

function frameEntry(at: number | null, { from, event, text = "" }: LinkFrame): Entry {
  // An event that a session logged has a type, and all its fields.
  if (event !== undefined) return { at, from, event } as Entry;
  return { at, from: "local", event: { type: "frame.undecodable", from, text, reason: "not an event" } };
}
