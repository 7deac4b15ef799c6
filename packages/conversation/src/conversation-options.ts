import type { Clock, Entry, Optionally, RealtimeError } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { Observable } from "rxjs";
import type { Budget } from "./budget.ts";
import type { Effect, Policy } from "./effects.ts";
import type { McpApprover } from "./mcp-approval.ts";
import type { Player } from "./player.ts";
import type { ConversationState, ResponseState } from "./state.ts";
import type { Tool } from "./tool.ts";

/** How a conversation behaves. */
export interface ConversationOptions {
  /**
   * Functions that the model may call. Their definitions are in the first `session.update` of every server session,
   * beside the tools that the program configures or the session begins with, and stay whatever a later one says of
   * tools. Where the program configures nothing, they are the configuration: `open` waits for its acknowledgement.
   */
  readonly tools?: readonly Tool[] | undefined;
  /** Decides whether tools of MCP servers may be called. Without it requests wait for `approveMcp`. */
  readonly onMcpApproval?: McpApprover | undefined;
  /** Where the answers sound when they travel as events. */
  readonly player?: Player | undefined;
  readonly policy?: Optionally<Policy> | undefined;
  /** How much may be used; see `budget`. What is over it is not asked for. */
  readonly budget?: Budget | undefined;
  /** False for a replay: the state is folded and nothing is done. True unless told. */
  readonly live?: boolean | undefined;
  /**
   * Where the conversation stood when it was left, as `restore` or `fromHistory` gives it. It goes on from there: the
   * first server session is told what was said before anything else, and a recording has it, too.
   */
  readonly from?: ConversationState | undefined;
  /** Measures the tools' time. */
  readonly clock?: Clock | undefined;
}

/** One entry and what it did. */
export interface Step {
  readonly before: ConversationState;
  readonly entry: Entry<ClientEvent, ServerEvent>;
  readonly after: ConversationState;
}

/**
 * What could not be done. It ends nothing. Where the effect is `run-tool` or `ask-approval`, a function of the program
 * failed: the code is `tool_failed`, and `error.cause` what it threw, stack and all. The model is told its message alone.
 * The sound of a `play` is not in it, so that it can be logged: its `base64` is empty.
 */
export interface EffectProblem {
  readonly effect: Effect;
  readonly error: RealtimeError;
}

/**
 * The server could not make an answer: its response is `failed`, which is told once. The code of `error` is
 * `response_failed`, its message the server's where there is one.
 */
export interface ResponseProblem {
  /** As `state.responses` has it: `reason` is the server's code, `message` its sentence, and both may be absent. */
  readonly response: ResponseState;
  readonly error: RealtimeError;
}

/** A conversation without commands: its state, and everything that it does by itself. */
export interface BareConversation {
  readonly state: ConversationState;
  /**
   * The current state at once, also after the end, then each new one: while an answer plays, also with each report of the
   * player, which may be 50 times a second. Entries that change nothing are not shown.
   */
  readonly state$: Observable<ConversationState>;
  /** Every entry with the states around it. Hot. */
  readonly steps$: Observable<Step>;
  /** Effects that failed, such as a command on a link that was just lost, and responses that did. Never errors. */
  readonly problems$: Observable<EffectProblem | ResponseProblem>;
  /**
   * Sets another budget, or none. Where the one that was reached is not reached any more, asking goes on. Throws
   * `invalid_argument` for what is no function.
   */
  setBudget(budget: Budget | undefined): void;
  /** The tools that the model may call: of several of one name the one that came last. */
  readonly tools: readonly Tool[];
  /**
   * Gives the model one more tool, and returns what takes it away again. The session is told with one update when the
   * present task is over, whatever came and went in it, and with none where all is as before; later server sessions have
   * the tools of their time. Of two tools of one name the one that came last holds as long as it is there. A call that
   * runs goes on when its tool is taken away; one that comes later is answered with that. Throws `invalid_argument` for
   * what is no tool.
   */
  addTool(tool: Tool): () => void;
  /** Whether nobody speaks or is about to, as the function `isQuiet` says, and the player has nothing left to play. */
  readonly isQuiet: boolean;
  /**
   * Silences the player, takes in what was heard, lets go of the session and the player, and aborts running tools. The
   * session stays open, and is told where what was playing was cut. From then on it sends commands as they are given, and
   * ends when its link is lost: nobody could tell the next one what was said. Calling it again is harmless.
   */
  close(): void;
}
