import { RealtimeError, type RequestOptions, type Session } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Subject } from "rxjs";
import type { CallOrder } from "./call-order.ts";
import type { Commands } from "./commands.ts";
import { ignorable } from "./ignorable.ts";
import { lint } from "./lint.ts";
import { refuseFor } from "./refusal.ts";
import type { ConversationState } from "./state.ts";
import { onTheirWay } from "./under-way.ts";

/** A command that failed. Its promise says so too, to whoever listens. */
export interface CommandProblem {
  /** The name of what was called. */
  readonly call: keyof Commands;
  /** What the server was to get; absent where the call itself was refused, or asked for more than one command. */
  readonly command?: ClientEvent;
  readonly error: RealtimeError;
}

/** What the sender needs of the conversation. */
export interface CommandSenderOptions {
  /** Whether the conversation was closed: nobody would see what comes of a command. */
  readonly isClosed: () => boolean;
  /** When what is called takes place. */
  readonly order: Pick<CallOrder, "run">;
  /** Told of every command whose promise is rejected. */
  readonly problems: Pick<Subject<CommandProblem>, "next">;
}

/** Sends the commands of a person, refuses what the server would, and tells of each that fails once. */
export interface CommandSender {
  /** Whether something can be sent, now or when the link is back. */
  isOpen(): boolean;
  /** Throws `closed` where nothing can be sent; `what` is for the message. */
  checkOpen(what: string): void;
  /** Throws what the server would say of this command, behind those that are under way. */
  check(command: ClientEvent): void;
  /** What a call promises: whatever comes in the way rejects it and is reported, and ends no program. */
  promised<T>(call: keyof Commands, act: () => Promise<T>): Promise<T>;
  /** Sends a command that was checked; `read` makes of the acknowledgement what the caller gets. */
  request<T>(
    call: keyof Commands,
    command: ClientEvent,
    options: RequestOptions | undefined,
    read: (event: ServerEvent) => T,
  ): Promise<T>;
  /** Commands about items that were sent, or wait to be, and that the server has not answered; in that order. */
  readonly underWay: ReadonlySet<ClientEvent>;
}

export function commandSender(
  session: Session<ClientEvent, ServerEvent>,
  state: () => ConversationState,
  { isClosed, order, problems }: CommandSenderOptions,
): CommandSender {
  const underWay = new Set<ClientEvent>();

  function check(command: ClientEvent): void {
    const { maxFrameBytes = Number.POSITIVE_INFINITY } = session.connection ?? {};
    checkOpen(command.type);
    refuseFor(lint(state(), command, { maxFrameBytes, ...onTheirWay(underWay) }), command.type);
  }

  function checkOpen(what: string): void {
    const obstacle = whatIsOver();
    if (obstacle !== undefined) throw new RealtimeError("closed", `Cannot send ${what}: ${obstacle}.`);
  }

  /** Why nothing can be sent; `undefined` where it can, now or when the link is back. */
  function whatIsOver(): string | undefined {
    if (isClosed()) return "the conversation is closed";
    const { state: now } = session.status;
    return now === "idle" || now === "closing" || now === "closed" ? `the session is ${now}` : undefined;
  }

  /** Errors that are on `problems$` already. */
  const reported = new WeakSet<RealtimeError>();

  function report(problem: CommandProblem): void {
    reported.add(problem.error);
    problems.next(problem);
  }

  function promised<T>(call: keyof Commands, act: () => Promise<T>): Promise<T> {
    const outcome = new Promise<T>((resolve) => order.run(() => resolve(attempted(act))));
    outcome.catch((cause) => {
      const error = RealtimeError.from(cause, "invalid_argument");
      if (!reported.has(error)) report({ call, error });
    });
    return outcome;
  }

  function request<T>(
    call: keyof Commands,
    command: ClientEvent,
    options: RequestOptions | undefined,
    read: (event: ServerEvent) => T,
  ): Promise<T> {
    const outcome = session.request(command, options).then(read);
    if (command.type.startsWith("conversation.item.")) {
      underWay.add(command);
      ignorable(outcome.finally(() => underWay.delete(command)));
    }
    outcome.catch((cause) => report({ call, command, error: RealtimeError.from(cause, "closed") }));
    return outcome;
  }

  return { isOpen: () => whatIsOver() === undefined, checkOpen, check, promised, request, underWay };
}

/** Does something at once; what it throws rejects. What is no error of ours comes of what was handed in. */
async function attempted<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw RealtimeError.from(cause, "invalid_argument");
  }
}
