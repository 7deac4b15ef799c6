import {
  type Clock,
  optionsOf,
  RealtimeError,
  type RequestOptions,
  type Session,
  waitingKinds,
} from "@duologue/core";
import type { AudioFormat, ClientEvent, FunctionTool, Item, ServerEvent } from "@duologue/protocol";
import type { CallOrder } from "./call-order.ts";
import { type CommandSenderOptions, commandSender } from "./command-sender.ts";
import type { Commands, ImageOptions, SayOptions } from "./commands.ts";
import type { BareConversation } from "./conversation-options.ts";
import { editCommands, type WantedItem } from "./edit-history.ts";
import { encodedSound } from "./encoded-sound.ts";
import { expectedState } from "./expected-state.ts";
import { given, givenText } from "./given.ts";
import { ignorable } from "./ignorable.ts";
import { imageUri } from "./image-uri.ts";
import { approvalCommand } from "./mcp-approval.ts";
import { responseRequester } from "./respond.ts";
import { sessionUpdates } from "./session-updates.ts";
import { itemFound } from "./wait-for-item.ts";

/** What commands are made of. */
export interface CommandCallsOptions extends CommandSenderOptions {
  readonly order: CallOrder;
  /** The conversation's own tools, which every update keeps. */
  readonly tools: () => readonly FunctionTool[];
  readonly clock: Clock;
}

/** Without a limit: a session that is away for a while says it when it is back. */
const patiently = { timeoutMs: Number.POSITIVE_INFINITY } as const;

/** The commands of a conversation, as they are carried out. */
export function commandCalls(
  session: Session<ClientEvent, ServerEvent>,
  talk: BareConversation,
  { order, tools, clock, isClosed, problems }: CommandCallsOptions,
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
