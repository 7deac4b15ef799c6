import type { Clock } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import type { Brain, BrainRequest, Plan } from "../brain/plan.ts";
import type { Engine } from "../engine/engine.ts";
import type { EngineInput, Rejection } from "../engine/engine-input.ts";
import type { EngineOutput } from "../engine/engine-output.ts";

/** A timer of the platform cannot be longer than 2 ** 31 - 1; waking early does no harm. */
const longestTimerMs = 2 ** 30;

/** One client's link, as the driver uses it. */
export interface Link {
  send(frame: string): void;
  close(code: number, reason: string): void;
}

/** What a driver needs. */
export interface DriverOptions {
  readonly engine: Engine;
  readonly seed: string;
  readonly clock: Clock;
  /** What the wall clock shows, in milliseconds since 1970. */
  readonly epochMs: number;
  readonly model: string;
  readonly rejection?: Rejection;
  readonly brain?: Brain;
  readonly link: Link;
}

/** One session of an engine on a clock. */
export interface Driver {
  /** A text frame came from the client. */
  frame(text: string): void;
  /** A binary frame came from the client. */
  binary(): void;
  /** The link is gone: no timer and no answer of the brain is waited for any more. Calling it again is harmless. */
  end(): void;
}

/**
 * Runs one session: keeps its state, one timer at most, and calls the brain. It greets before it returns. Once the
 * link refuses a frame or the engine asks for the close, nothing more happens.
 */
export function driver(options: DriverOptions): Driver {
  const { engine, clock, link } = options;
  let state = engine.begin(options.seed);
  let ended = false;
  let cancelTimer: (() => void) | undefined;
  let timerMs: number | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;

  const end = () => {
    ended = true;
    cancelTimer?.();
    cancelTimer = undefined;
  };

  const feed = (input: (atMs: number) => EngineInput) => {
    if (ended) return;
    lastMs = Math.max(lastMs, clock.now());
    const step = engine.step(state, input(lastMs));
    state = step.state;
    for (const output of step.outputs) carryOut(output);
    if (!ended) wakeAt(state.wakeAtMs);
  };

  const carryOut = (output: EngineOutput) => {
    if (ended) return;
    if (output.type === "ask") {
      answer(output.request);
    } else if (output.type === "close") {
      end();
      link.close(output.code, output.reason);
    } else {
      try {
        link.send(openaiRealtime.encode(output.event));
      } catch {
        end();
      }
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

  const answer = (request: BrainRequest) => {
    const { responseId } = request;
    const give = (plan: Plan) => feed((atMs) => ({ type: "answer", atMs, responseId, plan }));
    const { brain } = options;
    // `async` turns what a brain throws at once into a rejection.
    (async () => brain?.(request) ?? {})().then(give, (error: unknown) => give(failedPlan(error)));
  };

  const { epochMs, model, rejection } = options;
  feed((atMs) => ({ type: "opened", atMs, epochMs, model, ...(rejection && { rejection }) }));
  return {
    frame: (text) => feed((atMs) => ({ type: "frame", atMs, text })),
    binary: () => feed((atMs) => ({ type: "binary", atMs })),
    end,
  };
}

function failedPlan(error: unknown): Plan {
  const message = error instanceof Error ? error.message : String(error);
  return { status: "failed", error: { type: "server_error", code: "brain_failed", message } };
}
