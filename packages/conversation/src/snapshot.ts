import { RealtimeError, refuse } from "@duologue/core";
import { canonicalJson } from "./canonical-json.ts";
import type { ConversationItem } from "./item.ts";
import { migrated, presentVersion } from "./snapshot/migrations.ts";
import { isRecord } from "./snapshot/shape.ts";
import { stateShape } from "./snapshot/state-shape.ts";
import type { ConversationState } from "./state.ts";

/**
 * A conversation as a text to keep: JSON with its keys in order, so that equal states give equal texts. It holds all
 * that was said, pictures included, and no sound; credentials are in no state. `restore` reads it. Throws
 * `invalid_argument` for what is no state.
 */
export function snapshot(state: ConversationState): string {
  if (!Array.isArray(state?.items)) refuse("A snapshot is of the state of a conversation", state);
  return canonicalJson(state);
}

/**
 * The state of a snapshot, given as the text or as what it parses to. Folding on from it comes to what folding on from
 * the original would have come to; give it to `conversation` as `from` to go on live, in a session of its own.
 *
 * Snapshots of earlier versions are brought up to this one. Throws `bad_snapshot`, with the place that is wrong, for
 * what is none, and for one of a version that is not read.
 */
export function restore(snapshot: unknown): ConversationState {
  const given = typeof snapshot === "string" ? parsed(snapshot) : snapshot;
  if (isRecord(given) && typeof given.version === "number" && !isReadable(given.version)) {
    const advice = given.version > presentVersion ? " Update Duologue." : "";
    const message = `This snapshot has version ${given.version}; this version of Duologue reads 1 to ${presentVersion}.${advice}`;
    throw new RealtimeError("bad_snapshot", message);
  }
  const state = migrated(given);
  const complaint = stateShape(state, "") ?? repetition(state as ConversationState);
  if (complaint !== undefined) throw bad(`${complaint}.`);
  // Every field of it was looked at.
  return state as ConversationState;
}

function isReadable(version: number): boolean {
  return Number.isInteger(version) && version >= 1 && version <= presentVersion;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw bad("it is no JSON.", cause);
  }
}

/** An id that stands for two things: whatever came of one of them would be taken for the other's. */
function repetition({ items, detached, responses }: ConversationState): string | undefined {
  const place = (item: ConversationItem, index: number): [string, string] => [
    item.id,
    index < items.length ? `items[${index}]` : `detached[${index - items.length}]`,
  ];
  return (
    repeated([...items, ...detached].map(place)) ??
    repeated(responses.map(({ id }, index) => [id, `responses[${index}]`]))
  );
}

function repeated(named: readonly (readonly [id: string, place: string])[]): string | undefined {
  const places = new Map<string, string>();
  for (const [id, place] of named) {
    const other = places.get(id);
    if (other !== undefined) return `${place}.id is ${JSON.stringify(id)}, as ${other}.id is`;
    places.set(id, place);
  }
  return undefined;
}

function bad(reason: string, cause?: unknown): RealtimeError {
  const message = `This is no snapshot of a conversation: ${reason}`;
  return new RealtimeError("bad_snapshot", message, cause === undefined ? {} : { cause });
}
