import {
  type ClientEvent,
  type ClientEventOf,
  maxIdCharacters,
  type ResponseConfig,
} from "@duologue/protocol";
import { type Finding, finding, type Known, none } from "./lint/finding.ts";
import { contentOf, cut, isPresent, isUnderWay, presentItem, unknownItem } from "./lint/item-rules.ts";
import { fixedFields, modalities, typeFixed } from "./lint/session-rules.ts";
import { enoughBytes, minCommitMs } from "./reduce/present.ts";
import { activeResponse } from "./reduce/responses.ts";
import type { ConversationState } from "./state.ts";

/** What the state does not tell. */
export interface LintOptions {
  /** Bytes that the connection takes as one frame; see `Connection.maxFrameBytes`. */
  readonly maxFrameBytes?: number | undefined;
  /** Ids of items that wait to be sent, and so are not in the log yet. */
  readonly waiting?: ReadonlySet<string> | undefined;
  /** Ids of items that are going to be deleted: a second deletion would find nothing. */
  readonly leaving?: ReadonlySet<string> | undefined;
}

/**
 * Why the server would refuse a command, as far as the state tells; empty where nothing is known against it. What
 * depends on the server session is only judged while a link is open: commands that wait are for a later one.
 */
export function lint(
  state: ConversationState,
  command: ClientEvent,
  options: LintOptions = {},
): readonly Finding[] {
  const { maxFrameBytes = Number.POSITIVE_INFINITY, waiting = nobody, leaving = nobody } = options;
  const found = sizeOf(command, maxFrameBytes);
  if (state.link !== "open" || !Object.hasOwn(rules, command.type)) return found;
  // The rule under a type takes commands of that type; the compiler cannot follow this through the index.
  const rule = rules[command.type] as (known: Known, command: ClientEvent) => readonly Finding[];
  return [...found, ...rule({ ...state, waiting, leaving }, command)];
}

const nobody: ReadonlySet<string> = new Set();

/** The most characters of sound in one `input_audio_buffer.append`. */
const maxAppended = 15 * 1024 * 1024;

function sizeOf(command: ClientEvent, maxFrameBytes: number): readonly Finding[] {
  if (command.type === "input_audio_buffer.append" && command.audio.length > maxAppended) {
    return finding("frame_too_large", "Sound goes in pieces of at most 15 MiB: send it in several.");
  }
  if (maxFrameBytes === Number.POSITIVE_INFINITY) return none;
  // Sound is ASCII, and comes too often to be written twice.
  const bytes =
    command.type === "input_audio_buffer.append"
      ? command.audio.length
      : new TextEncoder().encode(JSON.stringify(command)).length;
  return bytes <= maxFrameBytes
    ? none
    : finding(
        "frame_too_large",
        `The command takes ${bytes} bytes, and the connection carries ${maxFrameBytes} at once.`,
      );
}

const rules: {
  readonly [K in ClientEvent["type"]]: (known: Known, command: ClientEventOf<K>) => readonly Finding[];
} = {
  "session.update": (state, { session }) =>
    session.type === "realtime" ? fixedFields(state, session) : typeFixed(state, session.type),

  "input_audio_buffer.append": ({ audio }) =>
    audio === "media"
      ? finding("media_owns_audio", "The microphone is a track of this connection, not an event.")
      : none,
  "input_audio_buffer.commit": (state) => {
    // On a media track it is not known how much the server has heard.
    if (state.audio === "media" || state.present.inputBytes >= enoughBytes(state)) return none;
    const heard = Math.floor((state.present.inputBytes * minCommitMs) / enoughBytes(state));
    return finding(
      "commit_too_short",
      `A turn takes at least ${minCommitMs} ms of sound; ${heard} ms were sent since the buffer was empty.`,
    );
  },
  "input_audio_buffer.clear": () => none,
  "output_audio_buffer.clear": ({ audio }) =>
    audio === "events"
      ? finding("client_owns_playback", "The server plays nothing here: silence your own player.")
      : none,

  "conversation.item.create": (state, { item, previous_item_id: previous }) => {
    const isKnown = (id: string) => !state.leaving.has(id) && (isPresent(state, id) || isUnderWay(state, id));
    const { id } = item;
    return [
      ...(id !== undefined && isKnown(id)
        ? finding("duplicate_item", `The conversation has an item ${id} already.`)
        : none),
      ...(id !== undefined && id.length > maxIdCharacters
        ? finding("id_too_long", `The id ${id} has ${id.length} characters; ${maxIdCharacters} are taken.`)
        : none),
      ...(!previous || previous === "root" || isKnown(previous)
        ? none
        : finding("unknown_predecessor", `The conversation has no item ${previous} to stand behind.`)),
      ...contentOf(state, item),
    ];
  },
  "conversation.item.retrieve": (state, { item_id }) => unknownItem(state, item_id),
  "conversation.item.delete": (state, { item_id }) =>
    state.leaving.has(item_id)
      ? finding("unknown_item", `Item ${item_id} is being deleted already.`)
      : unknownItem(state, item_id),
  "conversation.item.truncate": (state, { item_id, content_index, audio_end_ms }) => {
    const item = presentItem(state, item_id);
    return item === undefined ? unknownItem(state, item_id) : cut(state, item, content_index, audio_end_ms);
  },

  "response.create": (state, { response = {} }) => [
    ...(state.session?.type === "transcription"
      ? finding(
          "transcription_only",
          "A transcription session writes down what is said, and answers nothing.",
        )
      : none),
    ...(state.budget === null
      ? none
      : finding("budget_reached", "The budget of the conversation is used up.")),
    ...activeRival(state, response),
    ...modalities(state, response.output_modalities),
    ...(response.input ?? []).flatMap((entry) =>
      entry.type === "item_reference" ? unknownItem(state, entry.id) : none,
    ),
  ],
  // Whether there is something to cancel is known to the server first; cancelling nothing does no harm.
  "response.cancel": () => none,
};

function activeRival(state: ConversationState, { conversation }: ResponseConfig): readonly Finding[] {
  const active = conversation === "none" ? undefined : activeResponse(state);
  return active === undefined
    ? none
    : finding("response_active", `Response ${active.id} is being made; ask when it is done.`);
}
