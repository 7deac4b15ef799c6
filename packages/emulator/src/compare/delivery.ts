import {
  type ClientEvent,
  isClientEvent,
  isServerEvent,
  openaiRealtime,
  type ServerEvent,
  type UnknownEvent,
} from "@duologue/protocol";
import { isObject } from "../wire/shape.ts";
import { hears, type RecordedFrame } from "./recorded-session.ts";

type ClientEventOf<T extends ClientEvent["type"]> = Extract<ClientEvent, { type: T }>;

/**
 * Behind which frame of the recording each frame of the client reached the service: where its answer stands, since a
 * frame is noted when it is sent and travels for a while; where it has none, where it stands itself. Frames stay in
 * their order. Gives for each frame the index of the frame that it comes in front of.
 */
export function deliveries(frames: readonly RecordedFrame[]): readonly number[] {
  const taken = new Set<number>();
  const heard = heardIn(frames);
  const modelItems = new Set<unknown>();
  for (const { event } of frames) {
    if (event?.type === "response.output_item.added") modelItems.add(itemIdOf(event));
  }
  let latest = 0;
  return frames.map(({ from, event }, index) => {
    if (from !== "server") {
      const answer = event === undefined ? undefined : answerTo(event, index, frames, taken, modelItems);
      if (answer !== undefined) taken.add(answer);
      latest = Math.max(latest, answer ?? heard.get(index) ?? index);
    }
    return latest;
  });
}

/** By each `input_audio_buffer.append` with which a speech begins or ends, the last one before: where the service says so. */
function heardIn(frames: readonly RecordedFrame[]): ReadonlyMap<number, number> {
  const heard = new Map<number, number>();
  let append: number | undefined;
  for (const [index, { from, event }] of frames.entries()) {
    if (from === "client" && event?.type === "input_audio_buffer.append") append = index;
    const isHeard = from === "server" && event !== undefined && hears.has(event.type);
    if (isHeard && append !== undefined && !heard.has(append)) heard.set(append, index);
  }
  return heard;
}

function answerTo(
  command: UnknownEvent,
  index: number,
  frames: readonly RecordedFrame[],
  taken: ReadonlySet<number>,
  modelItems: ReadonlySet<unknown>,
): number | undefined {
  if (!isClientEvent(command)) return undefined;
  for (let at = index + 1; at < frames.length; at++) {
    const { from, event } = frames[at] ?? {};
    if (from !== "server" || event === undefined || !isServerEvent(event)) continue;
    if (isRefusal(event, command)) return at;
    if (taken.has(at)) continue;
    if (command.type === "response.cancel") {
      if (isCancelled(event, command)) return endOf(frames, at, index);
    } else if (isAnswer(command, event, modelItems)) return at;
  }
  return undefined;
}

function isRefusal(event: ServerEvent, { event_id }: ClientEvent): boolean {
  return event_id !== undefined && event.type === "error" && event.error?.event_id === event_id;
}

function isCancelled(event: ServerEvent, { response_id }: ClientEventOf<"response.cancel">): boolean {
  if (event.type !== "response.done" || event.response.status !== "cancelled") return false;
  return response_id === undefined || event.response.id === response_id;
}

/** Where the end of a cancelled response begins: with what ends its open item, where it has one. */
function endOf(frames: readonly RecordedFrame[], done: number, cancel: number): number {
  let begin = done;
  let isOpen = false;
  for (let at = done - 1; at > cancel; at--) {
    const { from, event } = frames[at] ?? {};
    const isEnd = event?.type.endsWith(".done") === true && event.type !== "response.done";
    if (from !== "server" || !isEnd) break;
    isOpen ||= isObject(event.item) && event.item.status === "incomplete";
    if (isOpen) begin = at;
  }
  return begin;
}

function isAnswer(command: ClientEvent, event: ServerEvent, modelItems: ReadonlySet<unknown>): boolean {
  if (command.type !== "conversation.item.create") return openaiRealtime.acknowledges(command, event);
  if (event.type !== "conversation.item.added" || modelItems.has(event.item?.id)) return false;
  // The service names what has no name; then the next one of the kind is it.
  const { id = event.item.id, type } = command.item;
  return event.item.id === id && event.item.type === type;
}

function itemIdOf({ item }: UnknownEvent): unknown {
  return isObject(item) ? item.id : undefined;
}
