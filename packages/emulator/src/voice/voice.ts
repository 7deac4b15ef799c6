import type { Speech } from "./speech.ts";

/** What speaks answers: at once, or in its own time. */
export type Voice = PromptVoice | PatientVoice;

/**
 * Speaks a text at once: mono samples at `sampleRateHz`. `speed` is 1 for the usual pace, 1.5 for one half faster. Must give
 * the same samples for the same arguments, for the engine that calls it is pure. Every session waits for it meanwhile,
 * unless it gives a `Speech`, which is made while it is sent.
 */
export type PromptVoice = (text: string, sampleRateHz: number, speed: number) => Int16Array | Speech;

/**
 * Speaks a text in its own time, as another program or machine does: an answer begins later, and nobody else waits. It has
 * `voiceTimeoutMs` of the engine's settings for that.
 */
export interface PatientVoice {
  /**
   * Mono samples at 24 kHz, at the usual pace, or a `Speech` of such samples, which is made while it is sent: the
   * session's `speed` is made of them. A rejection fails the response with a `server_error`. `signal` fires as soon as
   * nobody waits for the text any more: the response has been cancelled or has ended, or the session is over.
   */
  speak(text: string, options: { readonly signal: AbortSignal }): Promise<Int16Array | Speech>;
}
