import type { AudioFormatType } from "@duologue/audio";
import type { ServerItem } from "@duologue/protocol";
import type { Unsent } from "./draft.ts";
import type { AudioFlavour, SessionKind } from "./engine-input.ts";
import type { FaultyLine } from "./faulty-line.ts";
import type { InputAudio } from "./input-audio.ts";
import type { McpState } from "./mcp-state.ts";
import type { Playback } from "./playback.ts";
import type { RandomState } from "./random.ts";
import type { RunningResponse } from "./running-response.ts";
import type { SampleChain } from "./sample-chain.ts";
import type { EmulatedSession } from "./session-defaults.ts";
import type { Translation } from "./translation.ts";
import type { UnheardSound } from "./unheard-sound.ts";
import type { ClientFrame } from "./waiting-frames.ts";

/** An item of the conversation and what the wire does not show of it. */
export interface StoredItem {
  /** As it was last shown, without audio bytes. */
  readonly item: ServerItem;
  /** Its sound: what the user said, or what was generated so far. */
  readonly audio?: ItemAudio;
  /** How many samples of it each part of sound has, where a client gave several. */
  readonly partSamples?: readonly number[];
  /** What the user's speech says, where the scenario tells. */
  readonly heard?: string;
  /** Whether it has been cut short: then its words are gone, and no more audio is added to it. */
  readonly truncated?: true;
  /** Whether it has been left out of a context that grew too long: no later response reads it. */
  readonly dropped?: true;
}

/** Sound in the samples of one format. */
export interface ItemAudio {
  readonly format: AudioFormatType;
  readonly samples: SampleChain;
}

/** An event that has been put off. One about an item is dropped when the item is deleted first. */
export interface Later {
  readonly atMs: number;
  readonly event: Unsent;
  readonly itemId?: string;
  /** What the item's transcript is from then on. */
  readonly transcript?: string;
}

/** All that one session's engine remembers: plain data, samples, and speech to be made. Never altered, only replaced. */
export interface EngineState {
  /** `new` until `opened` comes; `closed` for good once the engine has asked for the close. */
  readonly phase: "new" | "open" | "closed";
  readonly kind: SessionKind;
  /** How sound travels. */
  readonly audio: AudioFlavour;
  readonly random: RandomState;
  /** The settings of a session that converses or transcribes; those of a translation stand in `translation`. */
  readonly session: EmulatedSession;
  readonly conversationId: string;
  /** When the session ends by itself. */
  readonly expiresAtMs: number | undefined;
  /** What the wall clock showed when the engine's clock showed 0, in milliseconds since 1970. */
  readonly epochMs: number;
  /** In the order of the conversation. */
  readonly conversation: readonly StoredItem[];
  /** How many bytes its items hold, estimated. */
  readonly conversationBytes: number;
  readonly input: InputAudio;
  /** What came in one frame and is still listened to. */
  readonly unheard: UnheardSound | undefined;
  /** The client's frames that wait until that has been heard, in order. */
  readonly waitingFrames: readonly ClientFrame[];
  /** The responses that have not ended, in the order in which they began. At most one is of the conversation. */
  readonly responses: readonly RunningResponse[];
  /** What the media track plays; nothing ever where sound travels as events. */
  readonly playback: Playback;
  /** What a session that translates does; of no use in others. */
  readonly translation: Translation;
  /**
   * Since when the user is silent, once the last answer has been played: by the engine's clock, and in the audio
   * written. `undefined` while somebody speaks.
   */
  readonly idle: { readonly sinceMs: number; readonly audioMs: number } | undefined;
  readonly mcp: McpState;
  /** What has been put off, soonest first. */
  readonly later: readonly Later[];
  /** The way to the client, with what is wrong with it. */
  readonly line: FaultyLine;
  /** How many responses have begun. */
  readonly turn: number;
  /** The first turn of the scenario whose `heard` belongs to no speech yet. */
  readonly unheardTurn: number;
  /** Whether any audio of the assistant has been sent, after which the voice is fixed. */
  readonly hasSpoken: boolean;
  /** The tokens of the last response's input, which the next one finds cached. */
  readonly cachedTokens: { readonly text: number; readonly audio: number };
  /** When the next `tick` is due; `undefined` when nothing will happen by itself. */
  readonly wakeAtMs: number | undefined;
}
