import { optionsOf, systemClock } from "@duologue/core";
import { type Observable, Subject } from "rxjs";
import { bareConversation } from "./bare-conversation.ts";
import { callOrder } from "./call-order.ts";
import { policyOf } from "./checked-options.ts";
import { commandCalls } from "./command-calls.ts";
import type { CommandProblem } from "./command-sender.ts";
import type { Commands } from "./commands.ts";
import type {
  BareConversation,
  ConversationOptions,
  EffectProblem,
  ResponseProblem,
} from "./conversation-options.ts";
import { type ConversationSession, knownTo } from "./conversation-session.ts";
import { type Streams, streams } from "./streams.ts";
import { whenQuiet } from "./when-quiet.ts";

/**
 * What failed in a conversation: an effect, such as a command on a link that was just lost (it has an `effect`), a command
 * (`call`), or a response of the server (`response`). All of them have an `error`.
 */
export type ConversationProblem = EffectProblem | CommandProblem | ResponseProblem;

/** A conversation: its state, what a person says and does in it, and streams of what happens for an app. */
export interface Conversation extends Omit<BareConversation, "problems$">, Commands, Streams {
  /** What failed. Never errors. */
  readonly problems$: Observable<ConversationProblem>;
  /**
   * Resolves when `isQuiet` holds, at once where it does. A function that the model waits for is not quiet: await this
   * outside of it, to hang up when what it leads to was heard, say. Resolves, too, when the session or the conversation
   * ends, and never rejects.
   */
  whenQuiet(): Promise<void>;
}

/**
 * Follows a session from its first entry: make it before `session.open()`. A session that is open already has said
 * things that are lost to it, so that throws `invalid_state`.
 */
export function conversation(given: ConversationSession, givenOptions?: ConversationOptions): Conversation {
  const session = knownTo(given);
  const options = optionsOf(givenOptions);
  const { clock = systemClock() } = options;
  const bare = bareConversation(session, { ...options, clock });
  const problems = new Subject<ConversationProblem>();
  bare.problems$.subscribe(problems);
  const order = callOrder(session, bare);
  let isClosed = false;
  return {
    get state() {
      return bare.state;
    },
    state$: bare.state$,
    steps$: bare.steps$,
    problems$: problems.asObservable(),
    setBudget: bare.setBudget,
    get tools() {
      return bare.tools;
    },
    addTool: bare.addTool,
    get isQuiet() {
      return bare.isQuiet;
    },
    whenQuiet: () => whenQuiet(bare, session.status$),
    ...commandCalls(session, bare, {
      order,
      tools: () => bare.tools.map(({ definition }) => definition),
      clock,
      isClosed: () => isClosed,
      problems,
    }),
    ...streams(bare, policyOf(options.policy)),
    close() {
      order.run(() => {
        isClosed = true;
        bare.close();
      });
    },
  };
}
