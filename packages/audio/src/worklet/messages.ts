import type { PlaybackKey } from "../playback-account.ts";

/**
 * The name of the processor that captures. The number counts the forms of the messages: a module of another release,
 * served from a cache, is missed by its name instead of being misunderstood.
 */
export const captureProcessor = "duologue-capture-1";

/** The name of the processor that plays; see `captureProcessor`. */
export const playbackProcessor = "duologue-playback-1";

/** `processorOptions` of the processor that captures. */
export interface CaptureSettings {
  /** The rate of the frames, in Hz. */
  readonly sampleRateHz: number;
  /** How many samples a frame has. */
  readonly frameSamples: number;
  /** Whether it begins muted. */
  readonly muted: boolean;
}

/** What a page tells the processor that captures. `mutes` is how often the page has muted it. */
export type ToCapture =
  | { readonly type: "mute"; readonly muted: boolean; readonly mutes: number }
  | { readonly type: "close" };

/** A frame of what was captured. Their times follow from their number. */
export interface FromCapture {
  readonly samples: Int16Array<ArrayBuffer>;
  /** How often the processor knew to have been muted when the frame began. */
  readonly mutes: number;
}

/** `processorOptions` of the processor that plays. */
export interface PlaybackSettings {
  /** How often it tells its position while it plays, in milliseconds. */
  readonly reportEveryMs: number;
}

/**
 * The parameter of the processor that plays which says how often it was flushed. A parameter reaches the audio thread
 * with the next block, where a message has to wait for its turn.
 */
export const flushesParameter = "flushes";

/** What a page tells the processor that plays. What it told before the latest flush counts no more. */
export type ToPlayback =
  | {
      readonly type: "enqueue";
      readonly flushes: number;
      readonly key: PlaybackKey;
      readonly samples: Int16Array<ArrayBuffer>;
    }
  | { readonly type: "end"; readonly flushes: number; readonly key: PlaybackKey }
  | { readonly type: "close" };

/** Where the processor that plays stands: told at the start and end of each stretch of sound, and in between. */
export interface FromPlayback {
  /** The flushes it has carried out. */
  readonly flushes: number;
  /** Before this frame of the context's time … */
  readonly frame: number;
  /** … it has played so many samples since the latest of them. */
  readonly played: number;
  /** Whether sound goes on at that frame. */
  readonly playing: boolean;
  /** The root mean square of what it has played since the last word, 0 … 1. */
  readonly level: number;
}

/** How many samples fade out at a flush, so that it makes no click: a block of Web Audio. They count as played. */
export const fadeSamples = 128;
