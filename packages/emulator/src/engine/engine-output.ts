import type { ServerEvent, TranslationServerEvent } from "@duologue/protocol";
import type { BrainRequest, Plan } from "../brain/plan.ts";

/** An event of a session of any kind. */
export type EmulatedEvent = ServerEvent | TranslationServerEvent;

/** What the engine wants done, in this order. */
export type EngineOutput =
  /** Send this to the client; of several to the one whose frame had the `sender` `to`, or to all where there is none. */
  | { readonly type: "send"; readonly event: EmulatedEvent; readonly to?: number }
  /** Send this to the client as it stands: no event that a client knows, for a fault has been at it. */
  | { readonly type: "raw"; readonly text: string }
  /** Play this after all that still plays, at real pace: mono samples at 24 kHz. Where sound is a media track only. */
  | { readonly type: "play"; readonly samples: Int16Array }
  /** Fall silent: what was to be played and has not been is dropped. Where sound is a media track only. */
  | { readonly type: "flush" }
  /** Find out what the assistant does in this response and give it back as an `answer`, within `brainTimeoutMs`. */
  | { readonly type: "ask"; readonly request: BrainRequest }
  /**
   * Find out how the words of this plan sound, and give it back as an `answer` with its `speech`, within the
   * `voiceTimeoutMs` of the settings. Only where the voice takes its time.
   */
  | { readonly type: "speak"; readonly responseId: string; readonly plan: Plan }
  /** Break the link without a close, so that the client sees code 1006; nothing follows. */
  | { readonly type: "cut" }
  /** Close the link; nothing follows. */
  | { readonly type: "close"; readonly code: number; readonly reason: string };
