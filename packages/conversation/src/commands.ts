import { type Clock, RealtimeError, type RequestOptions, type Session } from "@duologue/core";
import type { AnySessionConfig, ClientEvent, FunctionTool, Item, ServerEvent } from "@duologue/protocol";
import type { Subject } from "rxjs";
import type { BareConversation } from "./bare-conversation.ts";
import { editCommands, type WantedItem } from "./edit-history.ts";
import { encodedSound } from "./encoded-sound.ts";
import { expectedSession } from "./expected-session.ts";
import { expectedState } from "./expected-state.ts";
import { imageUri } from "./image-uri.ts";
import type { ConversationItem } from "./item.ts";
import { lint } from "./lint.ts";
import { approvalCommand } from "./mcp-approval.ts";
import { mergedTools } from "./merged-tools.ts";
import { refuseFor } from "./refusal.ts";
import { type RespondOptions, responseRequester } from "./respond.ts";
import { sessionChange } from "./session-change.ts";
import { onTheirWay } from "./under-way.ts";
import { itemFound, type WaitOptions } from "./wait-for-item.ts";

/** How something is said to the model, and what follows. */
export interface SayOptions extends RequestOptions {
  /** `user` unless told. `system` for instructions in the middle of a conversation. */
  readonly role?: "user" | "system";
  /** The id of the new item, at most 32 characters; the server or the session makes one unless told. */
  readonly id?: string;
  /** The id of the item that it stands behind, or `root` for the beginning; at the end unless told. */
  readonly after?: string;
  /** Whether an answer is asked for, and what it is to be like. `true` unless told. */
  readonly respond?: boolean | RespondOptions;
}

/** How a picture is shown to the model, and what follows. */
export interface ImageOptions extends Omit<SayOptions, "role"> {
  /** What is said with it. */
  readonly text?: string;
  /** How closely the model looks. */
  readonly detail?: "auto" | "low" | "high";
}

/** A command that failed. Its promise says so too, to whoever listens. */
export interface CommandProblem {
  readonly command: ClientEvent;
  readonly error: RealtimeError;
}

/**
 * What a person says and does in a conversation.
 *
 * A command that the server would refuse throws before anything is sent: `closed` where there is no session or the
 * conversation was closed, `invalid_state` with the reason and the findings of `lint` as its cause, `frame_too_large`,
 * or `invalid_event` where an answer is asked for in words that the protocol does not have; what is empty, or of another
 * type, is an `invalid_argument`. What happens later, a
 * refusal, a time-out or the loss of the link, rejects its promise as `Session.request` says, and is on `problems$`; a
 * promise that nobody looks at ends no program.
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
  addItem(item: Item, options?: RequestOptions & { readonly after?: string }): Promise<string>;
  /**
   * Sends sound of the microphone in the session's input format: base64, the same as bytes, or samples where the format
   * is PCM16. There is no answer to wait for. Throws also as `Session.send` does, and `invalid_argument` for samples
   * where the format is another one.
   */
  appendAudio(sound: string | Uint8Array | Int16Array): void;
  /** Makes a message of what was appended: for sessions without turn detection. Resolves with the item's id. */
  commit(options?: RequestOptions): Promise<string>;
  /** Forgets what was appended. */
  clear(options?: RequestOptions): Promise<void>;
  /**
   * Asks for an answer as soon as the server is free. Returns the id of the request, under which `state.turn.requests`
   * tells what becomes of it.
   */
  respond(options?: RespondOptions): string;
  /** Takes a request back, whether it waits or runs. */
  withdraw(requestId: string): void;
  /** Stops the assistant: generation is cancelled, the player silenced, the item cut where it was heard. */
  interrupt(): void;
  deleteItem(id: string, options?: RequestOptions): Promise<void>;
  /**
   * Makes the conversation one of these items, in this order: `talk.editHistory(talk.state.items.slice(-4).map(({ id })
   * => id))` forgets all but the last four. See `editCommands` for what is kept, and for what it throws. Resolves when
   * everything is acknowledged; where the server refuses a part, the others take place. What is on its way by then, and
   * has an id, counts as done; while an item without one is, which an edit could not name, it throws `invalid_state`.
   */
  editHistory(items: readonly WantedItem[], options?: RequestOptions): Promise<void>;
  /**
   * Resolves with an item of the conversation: the one of this id once it has ended, or the first that satisfies a
   * predicate. Both look at the present state first, then at each new one. Rejects with `timeout`, `aborted`, or
   * `closed` when the session or the conversation ends before.
   */
  waitForItem(
    wanted: string | ((item: ConversationItem) => boolean),
    options?: WaitOptions,
  ): Promise<ConversationItem>;
  /**
   * Changes the session's configuration: only what differs from what the server last reported, and from updates that it
   * has not answered yet, is sent, and nothing where nothing does; what such an update brings is waited for. Tools of the conversation stay in. Throws for what can't change, such as the voice once the
   * assistant has spoken: the server would drop the whole update.
   */
  update(session: AnySessionConfig, options?: RequestOptions): Promise<void>;
  /** Answers a request for approval of an MCP call, by the id of its item: for programs without `onMcpApproval`. */
  approveMcp(requestId: string, approved: boolean, reason?: string): Promise<void>;
}

/** What commands are made of. */
export interface CommandsOptions {
  /** The conversation's own tools, which every update keeps. */
  readonly tools: readonly FunctionTool[];
  readonly clock: Clock;
  /** Whether the conversation was closed: nobody would see what comes of a command. */
  readonly isClosed: () => boolean;
  /** Told of every command whose promise is rejected. */
  readonly problems: Pick<Subject<CommandProblem>, "next">;
}

/** Without a limit: a session that is away for a while says it when it is back. */
const patiently = { timeoutMs: Number.POSITIVE_INFINITY } as const;

export function commands(
  session: Session<ClientEvent, ServerEvent>,
  talk: BareConversation,
  { tools, clock, isClosed, problems }: CommandsOptions,
): Commands {
  const { wish, ask } = responseRequester(session, () => talk.state);

  /** Commands about items that were sent, or wait to be, and that the server has not answered; in that order. */
  const underWay = new Set<ClientEvent>();

  /** Updates that the server has not answered, in the order in which they were sent. */
  const updates = new Map<AnySessionConfig, Promise<void>>();

  function check(command: ClientEvent): void {
    const { maxFrameBytes = Number.POSITIVE_INFINITY } = session.connection ?? {};
    checkOpen(command.type);
    refuseFor(lint(talk.state, command, { maxFrameBytes, ...onTheirWay(underWay) }), command.type);
  }

  function checkOpen(what: string): void {
    if (isClosed()) throw new RealtimeError("closed", `Cannot send ${what}: the conversation is closed.`);
    const { state } = session.status;
    if (state === "idle" || state === "closing" || state === "closed") {
      throw new RealtimeError("closed", `Cannot send ${what}: the session is ${state}.`);
    }
  }

  /** Sends a command that was checked; `read` makes of the acknowledgement what the caller gets. */
  function request<T>(
    command: ClientEvent,
    options: RequestOptions | undefined,
    read: (event: ServerEvent) => T,
  ): Promise<T> {
    const outcome = session.request(command, options).then(read);
    if (command.type.startsWith("conversation.item.")) {
      underWay.add(command);
      ignorable(outcome.finally(() => underWay.delete(command)));
    }
    outcome.catch((cause) => problems.next({ command, error: RealtimeError.from(cause, "closed") }));
    return outcome;
  }

  function create(item: Item, options: Omit<SayOptions, "role">): Promise<string> {
    const { id, after, respond = true, timeoutMs = patiently.timeoutMs, signal } = options;
    const command: ClientEvent = {
      type: "conversation.item.create",
      ...(after === undefined ? {} : { previous_item_id: after }),
      item: id === undefined ? item : { ...item, id },
    };
    check(command);
    const wanted = respond === false ? undefined : wish(respond === true ? {} : respond);
    const added = request(command, { timeoutMs, ...(signal === undefined ? {} : { signal }) }, idOfItem);
    if (wanted !== undefined) ask(wanted);
    return added;
  }

  function simple(command: ClientEvent, options: RequestOptions | undefined): Promise<void> {
    check(command);
    return request(command, options, () => {});
  }

  return {
    say(text, { role = "user", ...options } = {}) {
      if (typeof text !== "string" || text === "")
        throw new RealtimeError("invalid_argument", "There is nothing to say: the text is empty.");
      return create({ type: "message", role, content: [{ type: "input_text", text }] }, options);
    },
    sendImage(image, { text, detail, ...options } = {}) {
      const show = (image_url: string) =>
        create(
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
      if (typeof image === "string") return show(imageUri(image));
      return ignorable(imageUri(image).then(show));
    },
    addItem(item, options = {}) {
      given(item, "An item");
      return create(item, { ...options, respond: false });
    },
    appendAudio(sound) {
      if (!isSound(sound)) throw new RealtimeError("invalid_argument", "Sound is base64, bytes, or samples.");
      if (sound.length === 0)
        throw new RealtimeError("invalid_argument", "There is no sound to append: it is empty.");
      const command: ClientEvent = {
        type: "input_audio_buffer.append",
        audio: encodedSound(talk.state, sound),
      };
      check(command);
      session.send(command);
    },
    commit(options) {
      const command: ClientEvent = { type: "input_audio_buffer.commit" };
      check(command);
      return request(command, options, idOfItem);
    },
    clear: (options) => simple({ type: "input_audio_buffer.clear" }, options),
    respond(options = {}) {
      checkOpen("response.create");
      return ask(wish(options));
    },
    withdraw(requestId) {
      session.note({ type: "response.withdrawn", id: requestId });
    },
    interrupt() {
      session.note({ type: "interrupt.requested" });
    },
    deleteItem: (id, options) => simple({ type: "conversation.item.delete", item_id: id }, options),
    editHistory(items, options) {
      checkOpen("edits");
      given(Array.isArray(items) ? items : undefined, "A list of items");
      if ([...underWay].some((command) => "item" in command && command.item.id === undefined)) {
        const advice = "Wait for it, or give it an id that the edit can name.";
        throw new RealtimeError("invalid_state", `An item without an id is on its way. ${advice}`);
      }
      // They follow from the present state together; alone, each would be judged as if it were the first.
      const commands = editCommands(expectedState(talk.state, underWay), items);
      const edits = commands.map((command) => request(command, options, () => {}));
      return ignorable(Promise.all(edits).then(() => {}));
    },
    waitForItem: (wanted, options) =>
      ignorable(itemFound({ state$: talk.state$, status$: session.status$, clock }, wanted, options)),
    update(wanted, options) {
      given(wanted, "A session");
      const { session: reported } = talk.state;
      const merged =
        wanted.type === "realtime" && wanted.tools !== undefined
          ? { ...wanted, tools: mergedTools(wanted.tools, tools) }
          : wanted;
      // What can't change throws, however often it is asked for.
      if (reported !== null)
        check({ type: "session.update", session: sessionChange(reported, merged) ?? merged });
      const change =
        reported === null ? merged : sessionChange(expectedSession(reported, [...updates.keys()]), merged);
      if (change === undefined) return [...updates.values()].at(-1) ?? Promise.resolve();
      const outcome = simple({ type: "session.update", session: change }, options);
      updates.set(change, outcome);
      ignorable(outcome.finally(() => updates.delete(change)));
      return outcome;
    },
    approveMcp(requestId, approved, reason) {
      const approval = reason === undefined ? approved : { approved, reason };
      return simple(approvalCommand(requestId, approval), patiently);
    },
  };
}

function isSound(sound: unknown): boolean {
  return typeof sound === "string" || sound instanceof Uint8Array || sound instanceof Int16Array;
}

function given(value: unknown, what: string): void {
  if (typeof value === "object" && value !== null) return;
  throw new RealtimeError("invalid_argument", `${what} is not ${String(value)}.`);
}

/** The promise itself, whose rejection ends no program where nobody looks at it. */
function ignorable<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** The id of the item that an acknowledgement is about. */
function idOfItem(event: ServerEvent): string {
  if ("item_id" in event) return event.item_id;
  return "item" in event ? event.item.id : "";
}
