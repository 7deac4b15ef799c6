import {
  type Clock,
  optionsOf,
  RealtimeError,
  type RequestOptions,
  type Session,
  waitingKinds,
} from "@duologue/core";
import type {
  AnySessionConfig,
  AudioFormat,
  ClientEvent,
  FunctionTool,
  Item,
  ServerEvent,
} from "@duologue/protocol";
import type { CallOrder } from "./call-order.ts";
import { type CommandSenderOptions, commandSender } from "./command-sender.ts";
import type { BareConversation } from "./conversation-options.ts";
import { editCommands, type WantedItem } from "./edit-history.ts";
import { encodedSound } from "./encoded-sound.ts";
import { expectedState } from "./expected-state.ts";
import { given, givenText } from "./given.ts";
import { ignorable } from "./ignorable.ts";
import { imageUri } from "./image-uri.ts";
import type { ConversationItem } from "./item.ts";
import { approvalCommand } from "./mcp-approval.ts";
import { type RespondOptions, responseRequester } from "./respond.ts";
import { sessionUpdates } from "./session-updates.ts";
import { itemFound, type WaitOptions, type Wanted } from "./wait-for-item.ts";

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

/** What commands are made of. */
export interface CommandsOptions extends CommandSenderOptions {
  readonly order: CallOrder;
  /** The conversation's own tools, which every update keeps. */
  readonly tools: () => readonly FunctionTool[];
  readonly clock: Clock;
}

/** Without a limit: a session that is away for a while says it when it is back. */
const patiently = { timeoutMs: Number.POSITIVE_INFINITY } as const;

export function commands(
  session: Session<ClientEvent, ServerEvent>,
  talk: BareConversation,
  { order, tools, clock, isClosed, problems }: CommandsOptions,
): Commands {
  const { wish, ask } = responseRequester(session, () => talk.state);

  const sender = commandSender(session, () => talk.state, { isClosed, order, problems });
  const { checkOpen, check, promised, request, underWay } = sender;

  const update = sessionUpdates(sender, () => talk.state, tools);

  function create(call: keyof Commands, item: Item, options: Omit<SayOptions, "role">): Promise<string> {
    const {
      id,
      after,
      respond = true,
      timeoutMs = patiently.timeoutMs,
      signal,
    } = optionsOf(options, waitingKinds);
    const command: ClientEvent = {
      type: "conversation.item.create",
      ...(after === undefined ? {} : { previous_item_id: after }),
      item: id === undefined ? item : { ...item, id },
    };
    // All of it before the wish for an answer is noted, which would be one to nothing.
    check(command);
    session.check(command);
    if (signal?.aborted) throw new RealtimeError("aborted", `${call} was aborted before anything was sent.`);
    const wanted = respond === false ? undefined : wish(respond === true ? {} : respond);
    const waiting = { timeoutMs, ...(signal === undefined ? {} : { signal }) };
    const added = request(call, command, waiting, idOfItem);
    if (wanted !== undefined) ask(wanted);
    return added;
  }

  function simple(
    call: keyof Commands,
    command: ClientEvent,
    options: RequestOptions | undefined,
  ): Promise<void> {
    check(command);
    return request(call, command, options, () => {});
  }

  function sendImage(image: string | Blob, imageOptions: ImageOptions | undefined): Promise<string> {
    const { text, detail, ...options } = optionsOf(imageOptions, waitingKinds);
    const show = (image_url: string) =>
      create(
        "sendImage",
        {
          type: "message",
          role: "user",
          content: [
            ...(text === undefined ? [] : [{ type: "input_text" as const, text }]),
            { type: "input_image", image_url, ...(detail === undefined ? {} : { detail }) },
          ],
        },
        options,
      );
    checkOpen("a picture");
    return typeof image === "string" ? show(imageUri(image)) : imageUri(image).then(show);
  }

  function editHistory(items: readonly WantedItem[], options: RequestOptions | undefined): Promise<void> {
    checkOpen("edits");
    if ([...underWay].some((command) => "item" in command && command.item.id === undefined)) {
      const advice = "Wait for it, or give it an id that the edit can name.";
      throw new RealtimeError("invalid_state", `An item without an id is on its way. ${advice}`);
    }
    // They follow from the present state together; alone, each would be judged as if it were the first.
    const commands = editCommands(expectedState(talk.state, underWay), items);
    for (const command of commands) session.check(command);
    const edits = commands.map((command) => request("editHistory", command, options, () => {}));
    return Promise.all(edits).then(() => {});
  }

  /** Sends sound that was checked; whether it was taken. */
  function appended(command: ClientEvent): boolean {
    try {
      session.send(command);
      return true;
    } catch (error) {
      // The link is lost, and we have not heard of it yet.
      if (RealtimeError.is(error) && error.code === "closed") return false;
      throw error;
    }
  }

  /** What was handed in, as it is now: a command that waits is made of that. */
  function asGiven<T>(value: T): T {
    if (!order.isHeld) return value;
    try {
      return structuredClone(value);
    } catch {
      // It is nothing that could be sent, and is refused as that.
      return value;
    }
  }

  /** Whether the session has begun and the conversation follows it. It may be over: what came of it may play on. */
  function isThere(): boolean {
    return !isClosed() && session.status.state !== "idle";
  }

  /** What the session hears; unknown until it has been configured. */
  function inputFormat(): AudioFormat["type"] | undefined {
    const { state } = session.status;
    if (state === "idle" || state === "connecting" || state === "configuring") return undefined;
    return talk.state.session?.audio?.input?.format?.type ?? "audio/pcm";
  }

  return {
    say: (text, options) =>
      promised("say", () => {
        const { role = "user", ...others } = optionsOf(options);
        refuseNoText(text);
        return create("say", { type: "message", role, content: [{ type: "input_text", text }] }, others);
      }),
    sendImage: (image, options) => promised("sendImage", () => sendImage(image, options)),
    addItem(item, options) {
      const added = asGiven(item);
      return promised("addItem", () => {
        given(added, "An item");
        return create("addItem", added, { ...optionsOf(options), respond: false });
      });
    },
    appendAudio(sound) {
      const audio = encodedSound(sound, inputFormat());
      if (!sender.isOpen()) return false;
      const command: ClientEvent = { type: "input_audio_buffer.append", audio };
      check(command);
      if (!order.isHeld) return appended(command);
      void promised("appendAudio", async () => appended(command));
      return true;
    },
    commit: (options) =>
      promised("commit", () => {
        const command: ClientEvent = { type: "input_audio_buffer.commit" };
        check(command);
        return request("commit", command, options, idOfItem);
      }),
    clear: (options) =>
      promised("clear", () => simple("clear", { type: "input_audio_buffer.clear" }, options)),
    respond(options = {}) {
      checkOpen("response.create");
      const wanted = wish(options);
      order.run(() => ask(wanted));
      return wanted.id;
    },
    withdraw(requestId) {
      if (isThere() && typeof requestId === "string")
        order.takeBack({ type: "response.withdrawn", id: requestId });
    },
    interrupt() {
      if (isThere()) order.takeBack({ type: "interrupt.requested" });
    },
    deleteItem: (id, options) =>
      promised("deleteItem", () => {
        givenText(id, "The id of an item");
        return simple("deleteItem", { type: "conversation.item.delete", item_id: id }, options);
      }),
    editHistory(items, options) {
      const kept = asGiven(items);
      return promised("editHistory", () => editHistory(kept, options));
    },
    waitForItem: (wanted, options) =>
      ignorable(itemFound({ state$: talk.state$, status$: session.status$, clock }, wanted, options)),
    update(wanted, options) {
      const changed = asGiven(wanted);
      return promised("update", () => update(changed, options));
    },
    approveMcp: (requestId, approved, reason) =>
      promised("approveMcp", () => {
        givenText(requestId, "The id of a request");
        const approval = reason === undefined ? approved : { approved, reason };
        return simple("approveMcp", approvalCommand(requestId, approval), patiently);
      }),
  };
}

function refuseNoText(text: unknown): void {
  if (typeof text === "string" && text !== "") return;
  const complaint =
    text === ""
      ? "There is nothing to say: the text is empty."
      : `What is said is a text, not ${String(text)}.`;
  throw new RealtimeError("invalid_argument", complaint);
}

/** The id of the item that an acknowledgement is about. */
function idOfItem(event: ServerEvent): string {
  if ("item_id" in event) return event.item_id;
  return "item" in event ? event.item.id : "";
}
