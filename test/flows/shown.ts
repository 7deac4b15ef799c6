import { type ConversationItem, heardTextOfItem, textOf } from "@duologue/conversation";
import type { LocalEvent } from "@duologue/core";
import type { ClientEvent, ClientEventOf, ServerEvent, ServerEventOf } from "@duologue/protocol";
import type { Lived } from "./flow.ts";

// What expectations look at.

/** The commands of a type that were sent, in order. */
export function sent<Type extends ClientEvent["type"]>({ log }: Lived, type: Type): ClientEventOf<Type>[] {
  return log.flatMap(({ from, event }) =>
    // An event of ours with this type is of this shape.
    from === "client" && event.type === type ? [event as ClientEventOf<Type>] : [],
  );
}

/** The events of a type that came, in order. */
export function came<Type extends ServerEvent["type"]>({ log }: Lived, type: Type): ServerEventOf<Type>[] {
  return log.flatMap(({ from, event }) =>
    // The emulator's events are of the protocol.
    from === "server" && event.type === type ? [event as ServerEventOf<Type>] : [],
  );
}

/** The types of what only this machine knew, but for the reports of the player. */
export function noted({ log }: Lived): readonly LocalEvent["type"][] {
  return log.flatMap(({ from, event }) =>
    from === "local" && !event.type.startsWith("playback.") && event.type !== "link.frame"
      ? [event.type]
      : [],
  );
}

/** The conversation in lines: who said what, of an answer that was cut what was heard of it, and what else there is. */
export function lines({ state }: Lived): readonly string[] {
  return state.items.map(lineOf);
}

function lineOf(item: ConversationItem): string {
  if (item.type !== "message") return item.type;
  const heard = heardTextOfItem(item);
  const words = textOf(item);
  return `${item.role}: ${heard === undefined || heard === words ? words : `${heard} ✂`.trimStart()}`;
}

/** Where each answer that was cut was cut at the server, and what was heard and received of it, in milliseconds. */
export function cuts({ state }: Lived) {
  return state.items.flatMap((item) =>
    item.type !== "message"
      ? []
      : item.content.flatMap((part) =>
          part.type === "output_audio" && part.audio?.truncatedAtMs !== undefined
            ? [{ id: item.id, cutMs: part.audio.truncatedAtMs, heardMs: part.audio.heardMs }]
            : [],
        ),
  );
}

/** How the responses ended, in order. */
export function endings({ state }: Lived): readonly string[] {
  return state.responses.map(({ status, reason }) =>
    reason === undefined ? status : `${status}: ${reason}`,
  );
}

/** What became of the requests for answers, in order. */
export function requests({ state }: Lived): readonly string[] {
  return state.turn.requests.map(({ id, status }) => `${id} ${status}`);
}

/** The outputs of functions that were sent, in order. */
export function outputs(lived: Lived): readonly string[] {
  return sent(lived, "conversation.item.create").flatMap(({ item }) =>
    item.type === "function_call_output" ? [item.output] : [],
  );
}

/** The words of the messages that sessions were told before they took over, in order. */
export function told({ log }: Lived): readonly string[] {
  return log.flatMap(({ from, event }) =>
    from === "local" && event.type === "link.frame" && event.from === "client" ? wordsIn(event.event) : [],
  );
}

/** The words of the messages that were put in the place of one that was deleted. */
export function retold(lived: Lived): readonly string[] {
  const deleted = new Set(sent(lived, "conversation.item.delete").map(({ item_id }) => item_id));
  return sent(lived, "conversation.item.create").flatMap((command) =>
    deleted.has(command.item.id ?? "") ? wordsIn(command) : [],
  );
}

function wordsIn(command: object | undefined): readonly string[] {
  // What the session tells are commands of the protocol.
  const { type, item } = (command ?? {}) as Partial<ClientEventOf<"conversation.item.create">>;
  if (type !== "conversation.item.create" || item?.type !== "message") return [];
  return [item.content.map((part) => ("text" in part ? part.text : "")).join("")];
}
