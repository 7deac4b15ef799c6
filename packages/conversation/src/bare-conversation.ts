import { type LocalEvent, optionsOf, RealtimeError, refuse, systemClock } from "@duologue/core";
import type { ClientEvent } from "@duologue/protocol";
import { ReplaySubject, Subject } from "rxjs";
import { conversationKinds, policyOf } from "./checked-options.ts";
import type {
  BareConversation,
  ConversationOptions,
  EffectProblem,
  ResponseProblem,
  Step,
} from "./conversation-options.ts";
import { type ConversationSession, knownTo } from "./conversation-session.ts";
import { type Effect, effectsOf } from "./effects.ts";
import { keptCredentials } from "./kept-credentials.ts";
import { approvalOf } from "./mcp-approval.ts";
import { messageOf } from "./message-of.ts";
import { playing } from "./playing.ts";
import { isQuiet } from "./quiet.ts";
import { resumed } from "./reduce/links.ts";
import { reduce } from "./reduce.ts";
import { responseProblem } from "./response-problem.ts";
import { idsTaken, prologueOf } from "./resumption.ts";
import { type ConversationState, initialState } from "./state.ts";
import { toHistory } from "./to-history.ts";
import { toldCommand } from "./told-command.ts";
import { toolCalls } from "./tool-calls.ts";
import { toolConfiguration } from "./tool-configuration.ts";
import { toolList } from "./tool-list.ts";

/** Sessions that have a conversation which acts for them. */
const followed = new WeakSet<object>();

/**
 * Follows a session from its first entry, as `conversation` does: state, tools, approvals, player, budget, and going on
 * in a later session. For programs that send their own commands and count their bytes.
 *
 * When the session is closed the player falls silent at once, and what was heard is in the state. When the session ends by
 * itself, what was received plays on to its end; then the conversation closes the session, so that its streams complete.
 * Either end aborts running tools; while a lost link is replaced they go on.
 *
 * Make it before `session.open()`. A session that is open already has said things that are lost to it, so that throws
 * `invalid_state`, and so does a second one beside one that is `live`. Throws `invalid_argument` for two tools of one
 * name, for a `truncationMarginMs` that is negative or not finite, and for what is no session, player, state or policy.
 */
export function bareConversation(
  given: ConversationSession,
  givenOptions?: ConversationOptions,
): BareConversation {
  const session = knownTo(given);
  const options = optionsOf(givenOptions, conversationKinds);
  if (typeof session?.note !== "function") refuse("A conversation follows a session", session);
  if (session.status.state !== "idle") {
    throw new RealtimeError("invalid_state", "Make the conversation before the session is opened.");
  }
  const { player, onMcpApproval, live = true, from } = options;
  const policy = policyOf(options.policy);
  const tools = toolList(options.tools ?? [], () => configuration.changed());
  if (live && followed.has(session)) {
    throw new RealtimeError("invalid_state", "The session has a live conversation already.");
  }
  const start = from === undefined ? initialState : resumed(from);
  const closing = new AbortController();
  /** What the player says at the end, when all else is over. */
  const lastWords: LocalEvent[] = [];
  // A player that cannot be listened to throws here, where nothing has begun.
  const sound = playing(live ? player : undefined, reported);
  if (live) followed.add(session);
  /** The latest one is also for those who come after the end. */
  const states = new ReplaySubject<ConversationState>(1);
  let state = start;
  states.next(state);
  const steps = new Subject<Step>();
  const problems = new Subject<EffectProblem | ResponseProblem>();
  const credentials = keptCredentials();
  let { budget } = options;

  const configuration = toolConfiguration({
    tools: () => tools.present.map(({ definition }) => definition),
    state: () => state,
    isReady: () => live && !closing.signal.aborted && isReady(),
    send: (event) => attempt({ type: "send", event }),
  });
  const calls = toolCalls({
    tools: () => tools.present,
    isGone: configuration.isGone,
    clock: options.clock ?? systemClock(),
    state: () => state,
    send: answer,
    maxFrameBytes: () => session.connection?.maxFrameBytes,
    delivered() {
      if (policy.respondToTools) session.note({ type: "response.requested" });
    },
    failed({ itemId, callId, name, arguments: json }, error) {
      problems.next({ effect: { type: "run-tool", itemId, callId, name, arguments: json }, error });
    },
  });

  const reading = session.log$.subscribe((entry) => {
    const before = state;
    const after = reduce(before, entry);
    state = after;
    sound.logged(entry, after !== before);
    if (after !== before) states.next(after);
    steps.next({ before, entry, after });
    const isLastWord = lastWords.some((event) => event === entry.event);
    if (!live || (closing.signal.aborted && !isLastWord)) return;
    keepCredentials(entry);
    configuration.logged(entry);
    const problem = responseProblem({ before, entry, after });
    if (problem !== undefined) problems.next(problem);
    if (after.usage !== before.usage || after.link !== before.link) attempt({ type: "review-budget" });
    for (const effect of effectsOf(before, entry, after, policy)) attempt(effect);
    // In the log, so that whoever folds that comes to the same state.
    if (from !== undefined && entry.event.type === "link.opened") {
      session.note({ type: "conversation.restored", state: start });
    }
    if (entry.event === lastWords.at(-1)) leave();
    else endWithSession();
  });
  if (live) {
    session.continueWith({
      configuration: configuration.within,
      history: (seeded) => toHistory(state, { seeded, openCalls: true }),
      isQuiet: () => isQuiet(state, policy),
      prologue: () => prologueOf(start),
      isTaken: idsTaken(start),
      outgoing: (command) => toldCommand(state, command),
    });
  }
  const watching = session.status$.subscribe(({ state }) => {
    if (state === "ready") configuration.ready();
    endWithSession();
  });

  function reported(event: LocalEvent): void {
    if (closing.signal.aborted) lastWords.push(event);
    else session.note(event);
  }

  function isReady(): boolean {
    return session.status.state === "ready" || session.status.state === "rolling over";
  }

  function isEnding(): boolean {
    return session.status.state === "closing" || session.status.state === "closed";
  }

  /** Once the session is over nobody waits for tools, and once all was heard that came, nothing is left to be logged. */
  function endWithSession(): void {
    if (!live || !isEnding()) return;
    calls.abortAll("The session has ended.");
    if (session.status.state === "closed" && sound.isOver) void session.close();
  }

  function reviewBudget(): void {
    const breach = budget?.(state.usage);
    const isReached = state.budget !== null;
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
      problems.next({ effect: effect.type === "play" ? { ...effect, base64: "" } : effect, error });
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
        sound.play(effect);
        break;
      case "play-end":
        sound.end(effect);
        break;
      case "flush":
        sound.flush();
        break;
      case "run-tool":
        if (!isEnding()) calls.run(effect);
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
        if (onMcpApproval === undefined || isEnding()) break;
        approvalOf(onMcpApproval, effect, closing.signal, (error) => problems.next({ effect, error })).then(
          (event) => {
            if (!closing.signal.aborted) attempt({ type: "send", event });
          },
        );
        break;
      default:
        effect satisfies never;
    }
  }

  function send(event: ClientEvent): void {
    // Whoever closes the session wants nothing of it any more.
    if (session.status.state === "closing") return;
    // The very entry that asks for it may be the one by which the budget is used up.
    if (event.type === "response.create" && budget?.(state.usage) !== undefined) return;
    session.send(credentials.restored(event, state.turn.requests));
  }

  function leave(): void {
    // What is said from now on is not followed: commands are not put by a state that knows nothing of it.
    if (live) session.continueWith(undefined);
    reading.unsubscribe();
    watching.unsubscribe();
    states.complete();
    steps.complete();
    problems.complete();
    // What was to be heard of it was, so that its log is complete.
    if (live && session.status.state === "closed") void session.close();
  }

  return {
    get state() {
      return state;
    },
    state$: states.asObservable(),
    steps$: steps.asObservable(),
    problems$: problems.asObservable(),
    setBudget(given) {
      budget = optionsOf({ budget: given }, conversationKinds).budget;
      attempt({ type: "review-budget" });
    },
    get tools() {
      return tools.present;
    },
    addTool: tools.add,
    get isQuiet() {
      return isQuiet(state, policy) && sound.isOver;
    },
    close() {
      if (closing.signal.aborted) return;
      closing.abort();
      if (live) followed.delete(session);
      calls.close();
      if (live && !sound.isOver) attempt({ type: "flush" });
      // What it says from now on is of no interest: what was heard is told.
      attempt({ type: "flush" }, sound.leave);
      // In the middle of an entry they are handed out behind it, and the conversation is left then.
      const isTold = lastWords.map((event) => session.note(event)).at(-1) === true;
      if (!isTold) leave();
    },
  };
}
