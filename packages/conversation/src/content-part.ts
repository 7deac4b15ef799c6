import type { TranscriptionUsage } from "@duologue/protocol";

/**
 * The ledger of the sound of one content part: what came of it, what was heard, what was thrown away. Absent until there
 * is any. `0 ≤ heardMs ≤` what was received, where the sound travels as events.
 */
export interface PartAudio {
  /** Bytes that a millisecond of it takes: 48 for PCM16 at 24 kHz, 8 for G.711. */
  readonly bytesPerMs: number;
  /** Bytes that the server sent as events. 0 where the sound travels on a media track. */
  readonly receivedBytes: number;
  /** Whether the server said that no more comes. */
  readonly complete: boolean;
  /** Milliseconds that have left the loudspeaker, by the player's reports, or by the server where it plays. */
  readonly heardMs: number;
  /**
   * `waiting`: no report yet. `skipped`: it came when its response was interrupted already, and no player was given it.
   * `playing`: some was heard. `finished`: all of it was. `flushed`: playing was cut, and what was there beyond `heardMs`
   * was never heard.
   */
  readonly playback: "waiting" | "skipped" | "playing" | "finished" | "flushed";
  /** Where the server's copy ends, in milliseconds, once it said so: by cutting it, or by refusing a cut beyond. */
  readonly truncatedAtMs?: number;
  /** A `conversation.item.truncate` that is at the server: its `event_id`, and where it cuts. */
  readonly cutting?: { readonly commandId: string; readonly atMs: number };
  /**
   * How the words came with the sound, for an estimate of when they are spoken: in turns the milliseconds that had been
   * received and the characters of the transcript that were there, at the moments when the player reported; both only
   * rise. Gone once all was heard.
   */
  readonly marks?: readonly number[];
  /** Letters a second at which the assistant had spoken before, where that was known when this began to be heard. */
  readonly pace?: number;
  /** Generation broke off: the words may go beyond the sound. */
  readonly brokenOff?: true;
}

/** The words spoken by the user, as a transcription model heard them; apart from what the model itself heard. */
export type Transcription = "none" | "in_progress" | "completed" | "failed";

/** Written words. `complete` once the final text is in. */
export interface TextPart {
  readonly type: "input_text" | "output_text";
  readonly text: string;
  readonly complete: boolean;
}

/** A stretch of the user's sound in which one person speaks, where a model tells speakers apart. */
export interface TranscriptSegment {
  readonly id: string;
  /** As the model names them: `A`, `B` … or a name that it was given. */
  readonly speaker: string;
  readonly text: string;
  /** Milliseconds from the beginning of the item's sound. */
  readonly startMs: number;
  readonly endMs: number;
}

/** The user's voice. */
export interface InputAudioPart {
  readonly type: "input_audio";
  readonly transcript: string;
  readonly transcription: Transcription;
  /** Who said what, by time. They repeat what `transcript` has whole. */
  readonly segments?: readonly TranscriptSegment[];
  /** Languages that the model found in it, by their codes. */
  readonly languages?: readonly string[];
  /** What the transcription was billed for, as the server sent it. */
  readonly usage?: TranscriptionUsage;
  /** Why there is no transcript, in the server's words. */
  readonly error?: string;
  /** The latest pieces of a transcript that still comes, in short, so that each counts once. */
  readonly pieces?: readonly string[];
}

/** The assistant's voice. */
export interface OutputAudioPart {
  readonly type: "output_audio";
  /** All that was generated, heard or not. */
  readonly transcript: string;
  /** Whether the final transcript is in. */
  readonly complete: boolean;
  readonly audio?: PartAudio;
}

/** A picture that the user showed. */
export interface ImagePart {
  readonly type: "input_image";
  /** A data URI. */
  readonly imageUrl?: string;
  readonly detail?: string;
}

/** One piece of a message. */
export type ContentPart = TextPart | InputAudioPart | OutputAudioPart | ImagePart;
