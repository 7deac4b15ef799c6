import { type ClientEvent, responseMarker, type UnknownEvent } from "@duologue/protocol";
import type { ClientComparison } from "./client-comparison.ts";

/** What a comparison of OpenAI Realtime commands lets pass. */
export interface RealtimeComparisonOptions {
  /** By how much `audio_end_ms` of a truncation may differ, which depends on the player. Default: 0. */
  readonly audioEndToleranceMs?: number;
}

/** What a command changes and what it depends on, as paths: a path includes every longer one that begins with it. */
interface Effects {
  readonly writes: readonly string[];
  readonly reads?: readonly string[];
}

/** Compares commands of the OpenAI Realtime protocol. */
export function realtimeComparison(options: RealtimeComparisonOptions = {}): ClientComparison {
  const { audioEndToleranceMs = 0 } = options;
  return {
    streamOf: (command) =>
      command.type === "input_audio_buffer.append" && typeof command.audio === "string"
        ? bytesOf(command.audio)
        : undefined,
    commute(one, other) {
      const [first, second] = [effectsOf(one), effectsOf(other)];
      return (
        first !== undefined && second !== undefined && !touches(first, second) && !touches(second, first)
      );
    },
    essence,
    idsOf(command) {
      const ids = {
        event: command.event_id,
        item: objectIn(command, "item")?.id,
        marker: objectIn(objectIn(command, "response"), "metadata")?.[responseMarker],
      };
      return strings(ids);
    },
    idsChosenByServer(command, later, taken) {
      if (command.type === "conversation.item.create")
        return strings({ item: itemFor(command, later, taken) });
      if (command.type === "response.create") return strings({ response: responseTo(command, later, taken) });
      return {};
    },
    answering(event, sent, ids) {
      const marker = objectIn(objectIn(sent, "response"), "metadata")?.[responseMarker];
      const response = objectIn(event, "response");
      if (marker === undefined || response === undefined || response.id !== ids.response) return event;
      const metadata = { ...objectIn(response, "metadata"), [responseMarker]: marker };
      return { ...event, response: { ...response, metadata } };
    },
    tolerates: (pointer, recorded, sent) =>
      pointer === "/audio_end_ms" &&
      typeof recorded === "number" &&
      typeof sent === "number" &&
      Math.abs(recorded - sent) <= audioEndToleranceMs,
  };
}

const effects: { readonly [K in ClientEvent["type"]]: (command: UnknownEvent) => Effects } = {
  "session.update": () => ({ writes: ["session"] }),
  "input_audio_buffer.append": () => ({ writes: ["input"] }),
  "input_audio_buffer.clear": () => ({ writes: ["input"] }),
  "input_audio_buffer.commit": () => ({ writes: ["input", "conversation/order"], reads: ["session"] }),
  "output_audio_buffer.clear": () => ({ writes: ["output"] }),
  // Outputs of functions go to their calls, in whatever order they come.
  "conversation.item.create": (command) => {
    const call = objectIn(command, "item")?.call_id;
    return { writes: [call === undefined ? "conversation/order" : `conversation/order/${call}`] };
  },
  "conversation.item.delete": ({ item_id }) => ({
    writes: ["conversation/order", `conversation/content/${item_id}`],
  }),
  "conversation.item.truncate": ({ item_id }) => ({ writes: [`conversation/content/${item_id}`] }),
  "conversation.item.retrieve": () => ({ writes: [], reads: ["conversation"] }),
  "response.create": () => ({ writes: ["response"], reads: ["conversation", "session"] }),
  "response.cancel": () => ({ writes: ["response"] }),
};

/** `undefined` for a command that nobody knows: it keeps its place among all others. */
function effectsOf(command: UnknownEvent): Effects | undefined {
  return Object.hasOwn(effects, command.type)
    ? effects[command.type as ClientEvent["type"]](command)
    : undefined;
}

/** Whether what one changes is changed by the other too, or matters to it. */
function touches({ writes }: Effects, other: Effects): boolean {
  const concerns = [...other.writes, ...(other.reads ?? [])];
  return writes.some((path) =>
    concerns.some((concern) => `${path}/`.startsWith(`${concern}/`) || `${concern}/`.startsWith(`${path}/`)),
  );
}

function essence({ event_id: _, ...command }: UnknownEvent): UnknownEvent {
  const item = objectIn(command, "item");
  if (item !== undefined) {
    const { id: __, ...rest } = item;
    return { ...command, item: rest };
  }
  const response = objectIn(command, "response");
  const metadata = objectIn(response, "metadata");
  if (response === undefined) return command;
  const { [responseMarker]: ___, ...own } = metadata ?? {};
  const { metadata: ____, ...rest } = response;
  const kept = Object.keys(own).length === 0 ? rest : { ...rest, metadata: own };
  if (Object.keys(kept).length > 0) return { ...command, response: kept };
  const { response: _____, ...bare } = command;
  return bare as UnknownEvent;
}

/** The id of the item that the server made of a command which named none: the next new one of the same kind. */
function itemFor(command: UnknownEvent, later: readonly UnknownEvent[], taken: ReadonlySet<string>): unknown {
  const wanted = objectIn(command, "item");
  for (const event of later) {
    if (event.type !== "conversation.item.added" && event.type !== "conversation.item.created") continue;
    const item = objectIn(event, "item");
    const alike = (["type", "role", "call_id"] as const).every((name) => item?.[name] === wanted?.[name]);
    if (alike && !taken.has(String(item?.id))) return item?.id;
  }
  return undefined;
}

/**
 * The response that a command got: the one that carries its mark, where the server echoed that; none where it refused
 * the command; else the next one that carries nobody's mark.
 */
function responseTo(
  command: UnknownEvent,
  later: readonly UnknownEvent[],
  taken: ReadonlySet<string>,
): unknown {
  const markOf = (event: UnknownEvent) => objectIn(objectIn(event, "response"), "metadata")?.[responseMarker];
  const { event_id: id } = command;
  const begun = later.filter(({ type }) => type === "response.created");
  const mark = markOf(command);
  const own = mark === undefined ? undefined : begun.find((event) => markOf(event) === mark);
  const isRefused = id !== undefined && later.some((event) => objectIn(event, "error")?.event_id === id);
  const found =
    own ?? (isRefused ? undefined : begun.find((event) => markOf(event) === undefined && isFree(event)));
  return objectIn(found, "response")?.id;

  function isFree(event: UnknownEvent): boolean {
    return !taken.has(String(objectIn(event, "response")?.id));
  }
}

function strings(fields: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, string] => typeof field[1] === "string"),
  );
}

function objectIn(value: object | undefined, name: string): Record<string, unknown> | undefined {
  const field: unknown = value === undefined ? undefined : Reflect.get(value, name);
  // A JSON object has string keys only.
  return typeof field === "object" && field !== null ? (field as Record<string, unknown>) : undefined;
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
