import type { RequestOptions } from "@duologue/core";
import type { AnySessionConfig, Item } from "@duologue/protocol";
import type { WantedItem } from "./edit-history.ts";
import type { ConversationItem } from "./item.ts";
import type { RespondOptions } from "./respond.ts";
import type { WaitOptions, Wanted } from "./wait-for-item.ts";

/** How something is said to the model, and what follows. */
export interface SayOptions extends RequestOptions {
  /** `user` unless told. `system` for instructions in the middle of a conversation. */
  readonly role?: "user" | "system" | undefined;
  /** The id of the new item, at most 32 characters; the server or the session makes one unless told. */
  readonly id?: string | undefined;
  /** The id of the item that it stands behind, or `root` for the beginning; at the end unless told. */
  readonly after?: string | undefined;
  /** Whether an answer is asked for, and what it is to be like. `true` unless told. */
  readonly respond?: boolean | RespondOptions | undefined;
}

/** How a picture is shown to the model, and what follows. */
export interface ImageOptions extends Omit<SayOptions, "role"> {
  /** What is said with it. */
  readonly text?: string | undefined;
  /** How closely the model looks. */
  readonly detail?: "auto" | "low" | "high" | undefined;
}

/**
 * What a person says and does in a conversation.
 *
 * A command that the server would refuse fails before anything is sent: `closed` where there is no session or the
 * conversation was closed, `invalid_state` with the reason and the findings of `lint` as its cause, `frame_too_large`,
 * or `invalid_event` where an answer is asked for in words that the protocol does not have; what is empty, or of another
 * type, is an `invalid_argument`. Where there is a promise it is rejected with that, as with what happens later: a refusal,
 * a time-out or the loss of the link, as `Session.request` says. All of it is on `problems$`, too, so that a promise that
 * nobody looks at loses nothing, and ends no program. What returns no promise throws.
 */
export interface Commands {
  /** Adds a message and asks for an answer as soon as the server is free. Resolves with the item's id. */
  say(text: string, options?: SayOptions): Promise<string>;
  /**
   * Shows a picture, PNG or JPEG, as a `data:` URI or a `Blob`, and asks for an answer. A `Blob` is read first, and what
   * is said meanwhile comes before it. Resolves with the item's id.
   */
  sendImage(image: string | Blob, options?: ImageOptions): Promise<string>;
  /** Adds any item. Nothing is asked for. Resolves with its id. */
  addItem(item: Item, options?: RequestOptions & { readonly after?: string | undefined }): Promise<string>;
  /**
   * Sends sound of the microphone in the session's input format: base64, the same as bytes, or samples where the format
   * is PCM16. Returns whether it was taken: it was sent, or waits while the session opens, replaces a lost link or is
   * congested. Before `session.open()`, and once the session or the conversation is over, it is not, and nothing is wrong:
   * a microphone may go on.
   *
   * Throws `invalid_argument` for what is no sound, is empty, is half a sample, or is samples where the format is another
   * one, and `frame_too_large`.
   */
  appendAudio(sound: string | Uint8Array | Int16Array): boolean;
  /** Makes a message of what was appended: for sessions without turn detection. Resolves with the item's id. */
  commit(options?: RequestOptions): Promise<string>;
  /** Forgets what was appended. */
  clear(options?: RequestOptions): Promise<void>;
  /**
   * Asks for an answer as soon as the server is free. Returns the id of the request, under which `state.turn.requests`
   * tells what becomes of it.
   */
  respond(options?: RespondOptions): string;
  /** Takes a request back, whether it waits or runs. Does nothing where there is none, nor before or after the session. */
  withdraw(requestId: string): void;
  /**
   * Stops the assistant: generation is cancelled, the player silenced, the item cut where it was heard. Never throws: what
   * plays on when the session has ended by itself is silenced, and where nothing is going on it does nothing.
   */
  interrupt(): void;
  deleteItem(id: string, options?: RequestOptions): Promise<void>;
  /**
   * Makes the conversation one of these items, in this order: `talk.editHistory(talk.state.items.slice(-4).map(({ id })
   * => id))` forgets all but the last four. See `editCommands` for what is kept, and for what is refused. Resolves when
   * everything is acknowledged; where the server refuses a part, the others take place. What is on its way by then, and
   * has an id, counts as done; while an item without one is, which an edit could not name, it rejects with `invalid_state`.
   */
  editHistory(items: readonly WantedItem[], options?: RequestOptions): Promise<void>;
  /**
   * Resolves with an item of the conversation: the one of this id once it has ended, or the first that satisfies a
   * predicate, which may tell its type as well. Both look at the present state first, then at each new one. Rejects with
   * `timeout`, `aborted`, or `closed` when the session or the conversation ends before.
   */
  waitForItem<T extends ConversationItem = ConversationItem>(
    wanted: Wanted<T>,
    options?: WaitOptions,
  ): Promise<T>;
  /**
   * Changes the session's configuration: only what differs from what the server last reported, and from updates that
   * it has not answered yet, is sent, and nothing where nothing does; what such an update brings is waited for. Tools
   * of the conversation stay in. Rejects for what can't change, such as the voice once the assistant has spoken: the
   * server would drop the whole update.
   */
  update(session: AnySessionConfig, options?: RequestOptions): Promise<void>;
  /** Answers a request for approval of an MCP call, by the id of its item: for programs without `onMcpApproval`. */
  approveMcp(requestId: string, approved: boolean, reason?: string): Promise<void>;
}
