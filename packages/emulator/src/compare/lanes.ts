import { isAbout, type KnownDifference } from "./known-difference.ts";
import type { SeenEvent, Step } from "./step.ts";

/** The lane of everything whose place in the order is the service's promise. */
export const mainLane = "main";

/** Events that run beside the others: compared among themselves, item by item, and not with the rest. */
interface BesideRule {
  readonly name: string;
  readonly events: readonly string[];
  /** For people who ask why their place is not compared. */
  readonly reason: string;
}

/** Where one event stands to the next is a race within the service, and comes out otherwise each time. */
const besides: readonly BesideRule[] = [
  {
    name: "transcription",
    events: ["conversation.item.input_audio_transcription.*"],
    reason: "Another model transcribes, at its own pace, while the answer is being made.",
  },
  {
    name: "rate limits",
    events: ["rate_limits.updated"],
    reason: "They come some time after the response, whatever happens meanwhile.",
  },
  {
    name: "MCP listing",
    events: ["mcp_list_tools.*"],
    reason: "The MCP server takes its own time.",
  },
  {
    name: "MCP call",
    events: ["response.mcp_call.*"],
    reason: "The MCP server takes its own time, also after the response.",
  },
  {
    name: "playback",
    events: ["output_audio_buffer.*"],
    reason: "A media track plays at its own pace, long after the sound was made.",
  },
];

/** The items whose events belong to what an MCP server does, and no response. */
const mcpItems: ReadonlySet<unknown> = new Set(["mcp_list_tools", "mcp_call"]);

/** Whether what a client does next may depend on how far this lane has come. */
export function isMcpLane(name: string): boolean {
  return name.startsWith("MCP ");
}

/** The events of one side, put in lanes as they come. */
export interface Lanes {
  /** Takes the next event. */
  add(seen: SeenEvent): void;
  /** The steps of a lane so far; empty for one that there is not. */
  steps(lane: string): readonly Step[];
  /** All lanes, the main one first; the others by name and, behind a space, the id of their item. */
  names(): readonly string[];
}

/** Empty lanes; events that are known to come elsewhere have their own. */
export function lanes(known: readonly KnownDifference[]): Lanes {
  const all = new Map<string, Step[]>([[mainLane, []]]);
  return {
    add(seen) {
      const name = laneOf(seen.event, known);
      const steps = all.get(name) ?? [];
      all.set(name, steps);
      const last = steps.at(-1);
      if (last !== undefined && isSamePart(last.events[0], seen.event)) {
        last.events.push(seen.event);
      } else {
        steps.push({ line: seen.line, type: seen.event.type, events: [seen.event], late: seen.late });
      }
    },
    steps: (name) => all.get(name) ?? [],
    names: () => [...all.keys()],
  };
}

function laneOf(event: SeenEvent["event"], known: readonly KnownDifference[]): string {
  const elsewhere = known.find(
    (difference) => difference.what === "elsewhere" && isAbout(difference, event.type),
  );
  if (elsewhere !== undefined) return `elsewhere, ${event.type} ${event.item_id ?? ""}`;
  const { item } = event;
  const isItem = typeof item === "object" && item !== null && "type" in item && "id" in item;
  if (isItem && mcpItems.has(item.type) && event.type.startsWith("conversation."))
    return `MCP item ${item.id}`;
  const rule = besides.find((beside) => isAbout(beside, event.type));
  return rule === undefined ? mainLane : `${rule.name} ${event.item_id ?? ""}`;
}

const placeFields = ["type", "response_id", "item_id", "output_index", "content_index"] as const;

/** Whether two events are deltas of one part, however many there are of them. */
function isSamePart(one: SeenEvent["event"] | undefined, other: SeenEvent["event"]): boolean {
  return one?.type.endsWith(".delta") === true && placeFields.every((field) => one[field] === other[field]);
}
