import {
  type ClientEvent,
  isClientEvent,
  isServerEvent,
  openaiRealtime,
  type ServerEvent,
  type UnknownEvent,
} from "@duologue/protocol";
import type { RecordedFrame } from "./recorded-session.ts";

/**
 * Behind which frame of the recording each frame of the client reached the service: where its answer stands, since a
 * frame is noted when it is sent and travels for a while; where it has none, where it stands itself. Frames stay in
 * their order. Gives for each frame the index of the frame that it comes in front of.
 */
export function deliveries(frames: readonly RecordedFrame[]): readonly number[] {
  const taken = new Set<number>();
  const modelItems = new Set<unknown>();
  for (const { event } of frames) {
    if (event?.type === "response.output_item.added") modelItems.add(itemIdOf(event));
  }
  let latest = 0;
  return frames.map(({ from, event }, index) => {
    if (from !== "server") {
      const answer = event === undefined ? undefined : answerTo(event, index, frames, taken, modelItems);
      if (answer !== undefined) taken.add(answer);
      latest = Math.max(latest, answer ?? index);
    }
    return latest;
  });
}

function answerTo(
  command: UnknownEvent,
  index: number,
  frames: readonly RecordedFrame[],
  taken: ReadonlySet<number>,
  modelItems: ReadonlySet<unknown>,
): number | undefined {
  // `response.done` answers a cancel, but much else that it causes comes before.
  if (!isClientEvent(command) || command.type === "response.cancel") return undefined;
  for (let at = index + 1; at < frames.length; at++) {
    const { from, event } = frames[at] ?? {};
    if (from !== "server" || event === undefined || !isServerEvent(event)) continue;
    if (isRefusal(event, command)) return at;
    if (!taken.has(at) && isAnswer(command, event, modelItems)) return at;
  }
  return undefined;
}

function isRefusal(event: ServerEvent, { event_id }: ClientEvent): boolean {
  return event_id !== undefined && event.type === "error" && event.error?.event_id === event_id;
}

function isAnswer(command: ClientEvent, event: ServerEvent, modelItems: ReadonlySet<unknown>): boolean {
  if (command.type !== "conversation.item.create") return openaiRealtime.acknowledges(command, event);
  if (event.type !== "conversation.item.added" || modelItems.has(event.item?.id)) return false;
  // The service names what has no name; then the next one of the kind is it.
  const { id = event.item.id, type } = command.item;
  return event.item.id === id && event.item.type === type;
}

function itemIdOf({ item }: UnknownEvent): unknown {
  return typeof item === "object" && item !== null && "id" in item ? item.id : undefined;
}
