import { checkedPlan } from "../brain/check-plan.ts";
import { catchUp, wakeAtMs } from "./catch-up.ts";
import { configuredModel, configureOpening } from "./configured-opening.ts";
import { change, type Draft, freshId, send, sendError } from "./draft.ts";
import type { DtmfDigit, EngineInput, Rejection } from "./engine-input.ts";
import type { EngineOutput } from "./engine-output.ts";
import { engineSettings, type GivenSettings } from "./engine-settings.ts";
import type { EngineState } from "./engine-state.ts";
import { armFaults } from "./faults.ts";
import { faultlessLine } from "./faulty-line.ts";
import { hear } from "./hear.ts";
import { newInputAudio } from "./input-audio.ts";
import { noMcp } from "./mcp-state.ts";
import { performFrame, takeFrame } from "./perform-frame.ts";
import { silentPlayback } from "./playback.ts";
import { seeded } from "./random.ts";
import { planResponse } from "./response-create.ts";
import { sendSession } from "./send-session.ts";
import { newSession } from "./session-defaults.ts";
import { newTranslation } from "./translation.ts";
import { hearSource } from "./translation-input.ts";
import { answerTranslation } from "./translation-output.ts";

/** What one step leads to. */
export interface EngineStep {
  readonly state: EngineState;
  readonly outputs: readonly EngineOutput[];
}

/** The Realtime service as a function. It holds nothing: every session is a state that goes in and comes out. */
export interface Engine {
  /** A session that has not been opened. Equal seeds give equal ids. */
  begin(seed: string): EngineState;
  /**
   * Takes one input and gives the state after it and what is to be done, in order. The state that goes in stays as it
   * was. First of all, what was due before `input.atMs` is made up for, so a late `tick` costs nothing but time; where
   * that is much, only a part of it, and `wakeAtMs` is a moment that has passed: whoever runs the engine lets others have
   * their turn and gives a `tick`. Never throws for anything that a client sends.
   */
  step(state: EngineState, input: EngineInput): EngineStep;
}

/**
 * An engine that behaves as `settings` say. Throws a `RangeError` for settings that make no sense, and a `TypeError` for
 * a scenario that is none.
 */
export function engine(settings: GivenSettings = {}): Engine {
  const full = engineSettings(settings);
  return {
    begin: (seed) => ({
      phase: "new",
      kind: "realtime",
      audio: "events",
      random: seeded(seed),
      session: newSession({ id: "", model: "", instructions: full.instructions, expires_at: 0 }),
      conversationId: "",
      expiresAtMs: undefined,
      epochMs: 0,
      conversation: [],
      conversationBytes: 0,
      input: newInputAudio(),
      responses: [],
      playback: silentPlayback,
      translation: newTranslation({ id: "", model: "", expires_at: 0 }),
      idle: undefined,
      unheard: undefined,
      waitingFrames: [],
      mcp: noMcp,
      later: [],
      line: faultlessLine(seeded(`${seed}/line`)),
      turn: 0,
      unheardTurn: 0,
      hasSpoken: false,
      cachedTokens: { text: 0, audio: 0 },
      wakeAtMs: undefined,
    }),
    step(before, input) {
      const draft: Draft = {
        settings: full,
        atMs: input.atMs,
        state: before,
        outputs: [],
        effort: 0,
        settled: 0,
      };
      catchUp(draft, input.atMs);
      take(draft, input);
      catchUp(draft, input.atMs);
      const wake = wakeAtMs(draft.state);
      if (wake !== draft.state.wakeAtMs) change(draft, { wakeAtMs: wake });
      return { state: draft.state, outputs: draft.outputs };
    },
  };
}

function take(draft: Draft, input: EngineInput): void {
  const { phase } = draft.state;
  if (input.type === "opened") {
    if (phase === "new") open(draft, input);
    return;
  }
  if (phase !== "open") return;
  switch (input.type) {
    case "frame":
    case "binary":
      takeFrame(draft, input);
      break;
    case "dtmf":
      // A translation knows no telephone.
      if (draft.state.kind !== "translation") sendDtmf(draft, input.digit);
      break;
    case "fault":
      armFaults(draft, [input.fault]);
      break;
    case "expire":
      // What is due by now is done next, and this before all else that comes later.
      change(draft, { expiresAtMs: draft.atMs });
      break;
    case "answer":
      if (draft.state.kind === "translation")
        answerTranslation(draft, input.responseId, checkedPlan(input.plan));
      else planResponse(draft, input.responseId, checkedPlan(input.plan));
      break;
    case "microphone":
      if (draft.state.audio !== "media") break;
      if (draft.state.kind === "translation") hearSource(draft, input.samples);
      else hear(draft, input.samples);
      break;
    case "tick":
      break;
  }
}

function open(draft: Draft, input: Extract<EngineInput, { type: "opened" }>): void {
  const { rejection, epochMs, configuration, kind = "realtime", audio = "events" } = input;
  if (rejection !== undefined) {
    turnAway(draft, rejection);
    return;
  }
  const model = configuredModel(configuration) ?? input.model;
  const { expireAfterMs, instructions } = draft.settings;
  const lifetimeMs = expireAfterMs ?? 60 * 60 * 1000;
  const expires_at = Math.floor((epochMs + lifetimeMs) / 1000);
  const own = { id: freshId(draft, "sess"), model, expires_at };
  const session = newSession({ ...own, instructions });
  const translation = newTranslation(own);
  const conversationId = freshId(draft, "conv");
  const expiresAtMs = expireAfterMs === null ? undefined : draft.atMs + expireAfterMs;
  change(draft, { phase: "open", kind, audio, session, translation, conversationId, expiresAtMs });
  change(draft, { epochMs: epochMs - draft.atMs });
  armFaults(draft, draft.settings.scenario.faults);
  sendSession(draft, "session.created");
  const perform = (frame: string) => performFrame(draft, frame).refused;
  const wrong = configuration === undefined ? undefined : configureOpening(draft, configuration, perform);
  if (wrong !== undefined) {
    turnAway(draft, wrong);
  } else if (kind !== "translation" && draft.settings.unsettled.announcesConversation) {
    const conversation = { id: conversationId, object: "realtime.conversation" } as const;
    send(draft, { type: "conversation.created", conversation });
  }
}

/** The one event that has no `event_id`. */
function sendDtmf(draft: Draft, digit: DtmfDigit): void {
  const received_at = Math.floor((draft.state.epochMs + draft.atMs) / 1000);
  const event = { type: "input_audio_buffer.dtmf_event_received", event: digit, received_at } as const;
  draft.outputs.push({ type: "send", event });
}

function turnAway(draft: Draft, { error, close }: Rejection): void {
  sendError(draft, error);
  // What was never there has no id.
  const { session, translation } = draft.state;
  change(draft, {
    phase: "closed",
    session: { ...session, id: "" },
    translation: { ...translation, session: { ...translation.session, id: "" } },
  });
  draft.outputs.push({ type: "close", ...close });
}
