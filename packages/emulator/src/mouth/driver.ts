import type { Clock } from "@duologue/core";
import { encode } from "@duologue/protocol";
import { failedPlan } from "../brain/failed-plan.ts";
import type { Brain, Plan } from "../brain/plan.ts";
import { isAwaited } from "../engine/answer-timeout.ts";
import type { Engine } from "../engine/engine.ts";
import type {
  AudioFlavour,
  EngineInput,
  Rejection,
  SessionKind,
  UntimedInput,
} from "../engine/engine-input.ts";
import type { EmulatedEvent, EngineOutput } from "../engine/engine-output.ts";
import type { EngineState } from "../engine/engine-state.ts";
import { type ShownSession, shownSession } from "../engine/send-session.ts";
import { isSpeech } from "../voice/speech.ts";
import type { PatientVoice } from "../voice/voice.ts";
import { messageOf } from "../wire/message-of.ts";
import { endLink } from "./session-ending.ts";

/** A timer of the platform cannot be longer than 2 ** 31 - 1; waking early does no harm. */
const longestTimerMs = 2 ** 30;

type OutputOf<T extends EngineOutput["type"]> = Extract<EngineOutput, { type: T }>;

/** One client's link, as the driver uses it. */
export interface Link {
  /**
   * Sends a frame; `event` is what it says, where it says one. Of several clients only the one whose frames have the
   * `sender` `to` gets it, or all where there is none. Throws when nothing can be sent any more.
   */
  send(frame: string, event?: EmulatedEvent, to?: number): void;
  close(code: number, reason: string): void;
  /** Breaks the link without a close, so that the client sees code 1006. Default: a close with code 1011. */
  cut?(): void;
  /** Plays sound after what is queued, at its own pace: mono samples at 24 kHz. Where sound is a media track. */
  play?(samples: Int16Array): void;
  /** Drops what is queued and has not been played. */
  flush?(): void;
}

/** What a driver needs. */
export interface DriverOptions {
  readonly engine: Engine;
  readonly seed: string;
  readonly clock: Clock;
  /** What the wall clock shows, in milliseconds since 1970. */
  readonly epochMs: number;
  readonly model: string;
  /** Default: `realtime`. */
  readonly kind?: SessionKind;
  /** Default: `events`. */
  readonly audio?: AudioFlavour;
  /** The settings that the session begins with, as `session.update` takes them. */
  readonly configuration?: unknown;
  readonly rejection?: Rejection;
  readonly brain?: Brain;
  /** The engine's voice, where that takes its time. */
  readonly voice?: PatientVoice;
  readonly link: Link;
  /**
   * Told of the session as the service has it, when it is opened and whenever its settings change, before anything is
   * sent about that and whatever is wrong with the line. Never told of one that is turned away.
   */
  readonly onSession?: ((session: ShownSession) => void) | undefined;
  /** Told in one sentence when the session had to be ended because something in it failed. */
  readonly onProblem: (message: string) => void;
}

/** One session of an engine on a clock. */
export interface Driver {
  /** A text frame came from the client; `sender` tells several apart. */
  frame(text: string, sender?: number): void;
  /** A binary frame came from the client. */
  binary(sender?: number): void;
  /** The client's sound came on a media track, in order: mono samples at 24 kHz. Silence is sound as well. */
  microphone(samples: Int16Array): void;
  /** The link is gone: no timer, and no answer of a brain or a voice, is waited for any more. Calling it again is harmless. */
  end(): void;
}

/** A session that can be steered besides. */
export interface SteeredDriver extends Driver {
  /** Gives the engine what no client sends: what befalls a session. */
  input(input: UntimedInput): void;
}

/**
 * Runs one session: keeps its state, one timer at most, and calls the brain and a voice that takes its time, whose signals
 * fire when nobody waits for them any more. It greets before it returns. Once the link refuses a frame or the engine asks for
 * the close, nothing more happens. Nothing that fails in it gets out: the session ends with code 1011, and no other one does.
 */
export function driver(options: DriverOptions): SteeredDriver {
  const { engine, clock, link, brain, voice } = options;
  let state = engine.begin(options.seed);
  let ended = false;
  let cancelTimer: (() => void) | undefined;
  let timerMs: number | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  /** The brain or the voice at work, by the response that it answers. */
  const answering = new Map<string, AbortController>();

  const end = () => {
    ended = true;
    cancelTimer?.();
    cancelTimer = undefined;
    giveUpUnawaited();
    // Whoever still knows the session is not to hold all that was said in it.
    state = engine.begin(options.seed);
  };

  const giveUpUnawaited = () => {
    for (const [responseId, controller] of answering) {
      if (!ended && isAwaited(state, responseId)) continue;
      answering.delete(responseId);
      controller.abort();
    }
  };

  const feed = (input: (atMs: number) => EngineInput) => {
    if (ended) return;
    try {
      lastMs = Math.max(lastMs, clock.now());
      const before = state;
      const step = engine.step(state, input(lastMs));
      state = step.state;
      tellOf(before);
      for (const output of step.outputs) carryOut(output);
      giveUpUnawaited();
      if (!ended) wakeAt(state.wakeAtMs);
    } catch (error) {
      fail(error);
    }
  };

  const tellOf = ({ session, translation }: EngineState) => {
    if (session === state.session && translation.session === state.translation.session) return;
    const shown = shownSession(state);
    if (shown.id !== "") options.onSession?.(shown);
  };

  const fail = (error: unknown) => {
    end();
    options.onProblem(`A session has been ended, for something in it failed: ${messageOf(error)}`);
    endLink(link, { code: 1011, reason: "The emulator failed.", how: "closes" });
  };

  const carryOut = (output: EngineOutput) => {
    if (ended) return;
    switch (output.type) {
      case "send":
        deliver(encode(output.event), output.event, output.to);
        break;
      case "raw":
        deliver(output.text);
        break;
      case "play":
        link.play?.(output.samples);
        break;
      case "flush":
        link.flush?.();
        break;
      case "ask":
        // One that returns nothing plans nothing.
        answer(
          output.request.responseId,
          "brain_failed",
          async (signal) => (await brain?.(output.request, { signal })) ?? {},
        );
        break;
      case "speak":
        answer(output.responseId, "voice_failed", (signal) => spoken(output, signal));
        break;
      case "cut":
        end();
        if (link.cut === undefined) link.close(1011, "");
        else link.cut();
        break;
      case "close":
        end();
        link.close(output.code, output.reason);
        break;
    }
  };

  const deliver = (frame: string, event?: EmulatedEvent, to?: number) => {
    try {
      link.send(frame, event, to);
    } catch {
      end();
    }
  };

  const wakeAt = (atMs: number | undefined) => {
    if (atMs === timerMs && cancelTimer !== undefined) return;
    cancelTimer?.();
    cancelTimer = undefined;
    timerMs = atMs;
    if (atMs === undefined) return;
    const delayMs = Math.min(longestTimerMs, Math.max(0, atMs - clock.now()));
    cancelTimer = clock.after(delayMs, () => {
      cancelTimer = undefined;
      feed((now) => ({ type: "tick", atMs: now }));
    });
  };

  /** `plan` has to be `async`, which turns what somebody throws at once into a rejection. */
  const answer = (
    responseId: string,
    failure: "brain_failed" | "voice_failed",
    plan: (signal: AbortSignal) => Promise<Plan>,
  ) => {
    const controller = new AbortController();
    const { signal } = controller;
    answering.set(responseId, controller);
    const give = (answered: Plan) => {
      answering.delete(responseId);
      feed((atMs) => ({ type: "answer", atMs, responseId, plan: answered }));
    };
    plan(signal).then(give, (error: unknown) => give(failedPlan(failure, error)));
  };

  const spoken = async ({ plan }: OutputOf<"speak">, signal: AbortSignal): Promise<Plan> => {
    const speech: unknown = await voice?.speak(plan.say ?? "", { signal });
    if (speech instanceof Int16Array || isSpeech(speech)) return { ...plan, speech };
    throw new TypeError("The voice gave neither an Int16Array nor a Speech.");
  };

  const { epochMs, model, kind, audio, configuration, rejection } = options;
  const what = { model, ...(kind && { kind }), ...(audio && { audio }), ...(rejection && { rejection }) };
  feed((atMs) => ({ type: "opened", atMs, epochMs, ...what, configuration }));
  return {
    frame: (text, sender) =>
      feed((atMs) => ({ type: "frame", atMs, text, ...(sender !== undefined && { sender }) })),
    binary: (sender) => feed((atMs) => ({ type: "binary", atMs, ...(sender !== undefined && { sender }) })),
    microphone: (samples) => feed((atMs) => ({ type: "microphone", atMs, samples })),
    input: (input) => feed((atMs) => ({ ...input, atMs })),
    end,
  };
}
