import type { Entry, Recording } from "@duologue/core";

/** What one link of a recording carried: a session of the service. */
export interface RecordedLink {
  /** Links are counted from 1, as `link.switched` counts them. */
  readonly link: number;
  /** Whether speech travelled as events, or on a media track. */
  readonly audio: "events" | "media";
  /** The frames of this link alone, each with its line in the whole recording. */
  readonly recording: Recording;
}

/**
 * The links of a recording, each by itself, as many as have frames: the conversation's first one, those that replaced
 * it, and those that were made ready and never did. A recording that tells of no links has one.
 */
export function linksOf(recording: Recording): readonly RecordedLink[] {
  const links = new Map<number, { readonly entries: Entry[]; readonly lines: number[] }>();
  let current = 1;
  let audio: RecordedLink["audio"] = "events";
  const put = (link: number, entry: Entry, index: number) => {
    const { entries, lines } = links.get(link) ?? { entries: [], lines: [] };
    links.set(link, { entries, lines });
    entries.push(entry);
    lines.push(recording.lines[index] ?? 0);
  };
  for (const [index, entry] of recording.entries.entries()) {
    const { at, from, event } = entry;
    if (from !== "local" || event.type === "frame.undecodable") {
      put(current, entry, index);
    } else if (event.type === "link.opened") {
      audio = event.audio;
      // Another link after one that is over, where nothing tells of a switch.
      if (links.has(current)) current = Math.max(...links.keys()) + 1;
    } else if (event.type === "link.switched") {
      current = event.link;
    } else if (event.type === "link.frame") {
      put(event.link, frameEntry(at, event), index);
    }
  }
  return [...links]
    .sort(([one], [other]) => one - other)
    .map(([link, { entries, lines }]) => ({ link, audio, recording: { ...recording, entries, lines } }));
}

type LinkFrame = Extract<Entry["event"], { type: "link.frame"; link: number }>;

/** A frame of a link that is being made ready, as it would stand there were the link the conversation's. */
function frameEntry(at: number | null, { from, event, text = "" }: LinkFrame): Entry {
  if (event === undefined) {
    return { at, from: "local", event: { type: "frame.undecodable", from, text, reason: "no event" } };
  }
  // An entry of either side holds an event of that side.
  return { at, from, event } as Entry;
}
