import { systemClock } from "@duologue/core";
import { type Observable, Subject } from "rxjs";
import {
  type BareConversation,
  bareConversation,
  type ConversationOptions,
  type EffectProblem,
} from "./bare-conversation.ts";
import { type CommandProblem, type Commands, commands } from "./commands.ts";
import { type ConversationSession, knownTo } from "./conversation-session.ts";
import { defaultPolicy } from "./effects.ts";
import { type Streams, streams } from "./streams.ts";

/** A conversation: its state, what a person says and does in it, and streams of what happens for an app. */
export interface Conversation extends Omit<BareConversation, "problems$">, Commands, Streams {
  /** What failed: effects, such as a command on a link that was just lost, and commands. Never errors. */
  readonly problems$: Observable<EffectProblem | CommandProblem>;
}

/**
 * Follows a session from its first entry: make it before `session.open()`. A session that is open already has said
 * things that are lost to it, so that throws `invalid_state`.
 */
export function conversation(
  followed: ConversationSession,
  options: ConversationOptions = {},
): Conversation {
  const session = knownTo(followed);
  const { tools = [], clock = systemClock() } = options;
  const bare = bareConversation(session, { ...options, clock });
  const problems = new Subject<EffectProblem | CommandProblem>();
  bare.problems$.subscribe(problems);
  let isClosed = false;
  return {
    get state() {
      return bare.state;
    },
    state$: bare.state$,
    steps$: bare.steps$,
    problems$: problems.asObservable(),
    setBudget: bare.setBudget,
    ...commands(session, bare, {
      tools: tools.map(({ definition }) => definition),
      clock,
      isClosed: () => isClosed,
      problems,
    }),
    ...streams(bare, { ...defaultPolicy, ...options.policy }),
    close() {
      isClosed = true;
      bare.close();
    },
  };
}
