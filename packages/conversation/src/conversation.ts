import { type Clock, type Entry, RealtimeError, type Session, systemClock } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { BehaviorSubject, type Observable, Subject } from "rxjs";
import { defaultPolicy, type Effect, effectsOf, type Policy } from "./effects.ts";
import { historyCommands, isQuiet } from "./history.ts";
import type { Player } from "./player.ts";
import { reduce } from "./reduce.ts";
import { type ConversationState, initialState } from "./state.ts";
import { runTool, type Tool } from "./tool.ts";

/** How a conversation behaves. */
export interface ConversationOptions {
  /** Functions that the model may call. Put their definitions into the session's configuration as well. */
  readonly tools?: readonly Tool[];
  /** Where the answers sound when they travel as events. */
  readonly player?: Player;
  readonly policy?: Partial<Policy>;
  /** False for a replay: the state is folded and nothing is done. True unless told. */
  readonly live?: boolean;
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

/** A conversation: its state, and what a person says and does in it. */
export interface Conversation {
  readonly state: ConversationState;
  /** The current state at once, then each new one. Entries that change nothing are not shown. */
  readonly state$: Observable<ConversationState>;
  /** Every entry with the states around it. Hot. */
  readonly steps$: Observable<Step>;
  /** Effects that failed, such as a command on a link that was just lost. Never errors. */
  readonly problems$: Observable<EffectProblem>;
  /** Adds a user message and asks for an answer as soon as the server is free. */
  say(text: string): void;
  /** Sends microphone sound, base64 in the session's input format. Throws as `Session.send` does. */
  sendAudio(base64: string): void;
  /** Asks for an answer as soon as the server is free. Requests that wait together get one answer. */
  respond(): void;
  /** Stops the assistant: generation is cancelled, the player silenced, the item cut where it was heard. */
  interrupt(): void;
  /** Lets go of the session and the player, and aborts running tools. The session stays open. */
  close(): void;
}

/**
 * Follows a session from its first entry: make it before `session.open()`. A session that is open already has said
 * things that are lost to it, so that throws `invalid_state`.
 */
export function conversation(
  session: Session<ClientEvent, ServerEvent>,
  options: ConversationOptions = {},
): Conversation {
  if (session.status.state !== "idle") {
    throw new RealtimeError("invalid_state", "Make the conversation before the session is opened.");
  }
  const { tools = [], player, live = true } = options;
  const clock = options.clock ?? systemClock();
  const policy = { ...defaultPolicy, ...options.policy };
  const closing = new AbortController();
  const states = new BehaviorSubject<ConversationState>(initialState);
  const steps = new Subject<Step>();
  const problems = new Subject<EffectProblem>();

  const reading = session.log$.subscribe((entry) => {
    const before = states.value;
    const after = reduce(before, entry);
    if (after !== before) states.next(after);
    steps.next({ before, entry, after });
    if (live) for (const effect of effectsOf(before, entry, after, policy)) attempt(effect);
  });
  if (live) {
    session.continueWith({
      history: (seeded) => historyCommands(states.value, seeded),
      isQuiet: () => isQuiet(states.value),
    });
  }
  const silence = player?.onReport(({ type, itemId, contentIndex, heardMs }) => {
    session.note({ type: `playback.${type}`, itemId, contentIndex, heardMs });
  });

  function attempt(effect: Effect): void {
    try {
      perform(effect);
    } catch (cause) {
      problems.next({ effect, error: RealtimeError.from(cause, "invalid_state") });
    }
  }

  function perform(effect: Effect): void {
    switch (effect.type) {
      case "send":
        session.send(effect.event);
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
        runTool(tools, effect, clock, closing.signal).then((output) => {
          if (!closing.signal.aborted) attempt(answer(effect.callId, output));
        });
        break;
      default:
        effect satisfies never;
    }
  }

  return {
    get state() {
      return states.value;
    },
    state$: states.asObservable(),
    steps$: steps.asObservable(),
    problems$: problems.asObservable(),
    say(text) {
      session.send({
        type: "conversation.item.create",
        item: { type: "message", role: "user", content: [{ type: "input_text", text }] },
      });
      session.note({ type: "response.requested" });
    },
    sendAudio(base64) {
      session.send({ type: "input_audio_buffer.append", audio: base64 });
    },
    respond() {
      session.note({ type: "response.requested" });
    },
    interrupt() {
      session.note({ type: "interrupt.requested" });
    },
    close() {
      closing.abort();
      reading.unsubscribe();
      silence?.();
      states.complete();
      steps.complete();
      problems.complete();
    },
  };
}

function answer(callId: string, output: string): Effect {
  return {
    type: "send",
    event: {
      type: "conversation.item.create",
      item: { type: "function_call_output", call_id: callId, output },
    },
  };
}
