import { type Clock, type Entry, RealtimeError, type Session, systemClock } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { BehaviorSubject, type Observable, Subject } from "rxjs";
import type { Budget } from "./budget.ts";
import { defaultPolicy, type Effect, effectsOf, type Policy } from "./effects.ts";
import { keptCredentials } from "./kept-credentials.ts";
import { approvalOf, type McpApprover } from "./mcp-approval.ts";
import { messageOf } from "./message-of.ts";
import type { Player } from "./player.ts";
import { isQuiet } from "./quiet.ts";
import { resumed } from "./reduce/links.ts";
import { reduce } from "./reduce.ts";
import { idsTaken, prologueOf } from "./resumption.ts";
import { type ConversationState, initialState } from "./state.ts";
import { toHistory } from "./to-history.ts";
import { toldCommand } from "./told-command.ts";
import type { Tool } from "./tool.ts";
import { toolCalls } from "./tool-calls.ts";
import { toolConfiguration } from "./tool-configuration.ts";

/** How a conversation behaves. */
export interface ConversationOptions {
  /**
   * Functions that the model may call. Their definitions are in the first `session.update` of every server session,
   * beside the tools that the program configures or the session begins with, and stay whatever a later one says of
   * tools. Where the program configures nothing, they are the configuration: `open` waits for its acknowledgement.
   */
  readonly tools?: readonly Tool[];
  /** Decides whether tools of MCP servers may be called. Without it requests wait for `approveMcp`. */
  readonly onMcpApproval?: McpApprover;
  /** Where the answers sound when they travel as events. */
  readonly player?: Player;
  readonly policy?: Partial<Policy>;
  /** How much may be used; see `budget`. What is over it is not asked for. */
  readonly budget?: Budget;
  /** False for a replay: the state is folded and nothing is done. True unless told. */
  readonly live?: boolean;
  /**
   * Where the conversation stood when it was left, as `restore` or `fromHistory` gives it. It goes on from there: the
   * first server session is told what was said before anything else, and a recording has it, too.
   */
  readonly from?: ConversationState;
  /** Measures the tools' time. */
  readonly clock?: Clock;
}

/** One entry and what it did. */
export interface Step {
  readonly before: ConversationState;
  readonly entry: Entry<ClientEvent, ServerEvent>;
  readonly after: ConversationState;
}

/** What could not be done. It ends nothing. */
export interface EffectProblem {
  readonly effect: Effect;
  readonly error: RealtimeError;
}

/** A conversation without commands: its state, and everything that it does by itself. */
export interface BareConversation {
  readonly state: ConversationState;
  /** The current state at once, then each new one. Entries that change nothing are not shown. */
  readonly state$: Observable<ConversationState>;
  /** Every entry with the states around it. Hot. */
  readonly steps$: Observable<Step>;
  /** Effects that failed, such as a command on a link that was just lost. Never errors. */
  readonly problems$: Observable<EffectProblem>;
  /**
   * Sets another budget, or none. Where the one that was reached is not reached any more, asking goes on. Throws
   * `invalid_argument` for what is no function.
   */
  setBudget(budget: Budget | undefined): void;
  /** Lets go of the session and the player, and aborts running tools. The session stays open. */
  close(): void;
}

/** Sessions that have a conversation which acts for them. */
const followed = new WeakSet<object>();

/**
 * Follows a session from its first entry, as `conversation` does: state, tools, approvals, player, budget, and going on
 * in a later session. For programs that send their own commands and count their bytes.
 *
 * Make it before `session.open()`. A session that is open already has said things that are lost to it, so that throws
 * `invalid_state`, and so does a second one beside one that is `live`. Throws `invalid_argument` for two tools of one name, for a `truncationMarginMs` that is negative or
 * not finite, and for a budget that is no function.
 */
export function bareConversation(
  session: ConversationSession,
  options: ConversationOptions = {},
): BareConversation {
  if (session.status.state !== "idle") {
    throw new RealtimeError("invalid_state", "Make the conversation before the session is opened.");
  }
  const { tools = [], player, onMcpApproval, live = true, from } = options;
  const policy = { ...defaultPolicy, ...options.policy };
  refuse(complaintOf(tools, policy) ?? budgetComplaint(options.budget));
  if (live && followed.has(session)) {
    throw new RealtimeError("invalid_state", "The session has a live conversation already.");
  }
  if (live) followed.add(session);
  const closing = new AbortController();
  const start = from === undefined ? initialState : resumed(from);
  const states = new BehaviorSubject<ConversationState>(start);
  const steps = new Subject<Step>();
  const problems = new Subject<EffectProblem>();
  const credentials = keptCredentials();
  let { budget } = options;

  const configuration = toolConfiguration({
    tools: tools.map(({ definition }) => definition),
    state: () => states.value,
    send: (event) => attempt({ type: "send", event }),
  });
  const calls = toolCalls({
    tools,
    clock: options.clock ?? systemClock(),
    state: () => states.value,
    send: answer,
    maxFrameBytes: () => session.connection?.maxFrameBytes,
    delivered() {
      if (policy.respondToTools) session.note({ type: "response.requested" });
    },
  });

  const reading = session.log$.subscribe((entry) => {
    const before = states.value;
    const after = reduce(before, entry);
    if (after !== before) states.next(after);
    steps.next({ before, entry, after });
    if (!live) return;
    keepCredentials(entry);
    if (entry.from === "client") configuration.sent(entry.event as ClientEvent);
    if (after.usage !== before.usage || after.link !== before.link) attempt({ type: "review-budget" });
    for (const effect of effectsOf(before, entry, after, policy)) attempt(effect);
    // In the log, so that whoever folds that comes to the same state.
    if (from !== undefined && entry.event.type === "link.opened") {
      session.note({ type: "conversation.restored", state: start });
    }
  });
  if (live) {
    session.continueWith({
      configuration: configuration.within,
      history: (seeded) => toHistory(states.value, { seeded, openCalls: true }),
      isQuiet: () => isQuiet(states.value),
      prologue: () => prologueOf(start),
      isTaken: idsTaken(start),
      outgoing: (command) => toldCommand(states.value, command),
    });
  }
  const silence = player?.onReport(({ type, itemId, contentIndex, heardMs }) => {
    session.note({ type: `playback.${type}`, itemId, contentIndex, heardMs });
  });

  function reviewBudget(): void {
    const breach = budget?.(states.value.usage);
    const isReached = states.value.budget !== null;
    if (breach !== undefined && !isReached) session.note({ type: "budget.reached", ...breach });
    if (breach === undefined && isReached) session.note({ type: "budget.lifted" });
  }

  /** A wish that cannot be read is none, and in no state: whoever noted it hears of that. */
  function keepCredentials(entry: Step["entry"]): void {
    if (entry.from !== "local" || entry.event.type !== "response.requested") return;
    attempt({ type: "request-answer", id: entry.event.id ?? "" }, () => credentials.note(entry));
  }

  /** Carries an effect out; what comes in the way is a problem, and ends nothing. */
  function attempt(effect: Effect, act = () => perform(effect)): void {
    try {
      act();
    } catch (cause) {
      const error = RealtimeError.is(cause)
        ? cause
        : new RealtimeError("invalid_state", messageOf(cause), { cause });
      problems.next({ effect, error });
      if (effect.type === "send") noteUnsent(effect.event, error);
    }
  }

  /** In the log, since what the command was for does not come: a request for an answer makes room for others. */
  function noteUnsent({ event_id: commandId }: ClientEvent, { code }: RealtimeError): void {
    if (commandId !== undefined) session.note({ type: "command.unsent", commandId, code });
  }

  /** Sends what answers a call; whatever comes in the way is a problem, too. */
  async function answer(event: ClientEvent): Promise<void> {
    try {
      await session.request(event, { timeoutMs: Number.POSITIVE_INFINITY });
    } catch (cause) {
      const error = RealtimeError.from(cause, "invalid_state");
      problems.next({ effect: { type: "send", event }, error });
      throw error;
    }
  }

  function perform(effect: Effect): void {
    switch (effect.type) {
      case "send":
        send(effect.event);
        break;
      case "play":
        player?.play(effect);
        break;
      case "play-end":
        player?.end(effect.itemId, effect.contentIndex);
        break;
      case "flush":
        player?.flush();
        break;
      case "run-tool":
        calls.run(effect);
        break;
      case "abort-tools":
        calls.abort(effect.itemIds, effect.why);
        break;
      case "request-answer":
        session.note({ type: "response.requested", id: effect.id });
        break;
      case "review-budget":
        reviewBudget();
        break;
      case "ask-approval":
        if (onMcpApproval === undefined) break;
        approvalOf(onMcpApproval, effect, closing.signal).then((event) => {
          if (!closing.signal.aborted) attempt({ type: "send", event });
        });
        break;
      default:
        effect satisfies never;
    }
  }

  function send(event: ClientEvent): void {
    // The very entry that asks for it may be the one by which the budget is used up.
    if (event.type === "response.create" && budget?.(states.value.usage) !== undefined) return;
    session.send(credentials.restored(event, states.value.turn.requests));
  }

  return {
    get state() {
      return states.value;
    },
    state$: states.asObservable(),
    steps$: steps.asObservable(),
    problems$: problems.asObservable(),
    setBudget(next) {
      refuse(budgetComplaint(next));
      budget = next;
      attempt({ type: "review-budget" });
    },
    close() {
      closing.abort();
      if (live) followed.delete(session);
      calls.close();
      reading.unsubscribe();
      silence?.();
      states.complete();
      steps.complete();
      problems.complete();
    },
  };
}

function refuse(complaint: string | undefined): void {
  if (complaint !== undefined) throw new RealtimeError("invalid_argument", complaint);
}

function budgetComplaint(budget: unknown): string | undefined {
  return budget === undefined || typeof budget === "function"
    ? undefined
    : "A budget is a function of what was used: make one with budget({ maxTokens }).";
}

function complaintOf(tools: readonly Tool[], { truncationMarginMs }: Policy): string | undefined {
  if (!(truncationMarginMs >= 0 && truncationMarginMs < Number.POSITIVE_INFINITY)) {
    return `A truncationMarginMs of ${truncationMarginMs} is no margin: it is a number of milliseconds, at least 0.`;
  }
  const names = tools.map(({ definition }) => definition.name);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  return twin === undefined ? undefined : `Two tools are named ${twin}: the model could not tell them apart.`;
}
