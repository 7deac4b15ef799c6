import type { AudioFormatType } from "@duologue/audio";
import type { ServerItem } from "@duologue/protocol";
import type { Unsent } from "./draft.ts";
import type { InputAudio } from "./input-audio.ts";
import type { RandomState } from "./random.ts";
import type { RunningResponse } from "./running-response.ts";
import type { SampleChain } from "./sample-chain.ts";
import type { EmulatedSession } from "./session-defaults.ts";

/** An item of the conversation and what the wire does not show of it. */
export interface StoredItem {
  /** As it was last shown, without audio bytes. */
  readonly item: ServerItem;
  /** Its sound: what the user said, or what was generated so far. */
  readonly audio?: ItemAudio;
  /** What the user's speech says, where the scenario tells. */
  readonly heard?: string;
  /** Whether the client has cut it short: then its words are gone, and no more audio is added to it. */
  readonly truncated?: true;
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

/** All that one session's engine remembers: plain data, and samples. Never altered, only replaced. */
export interface EngineState {
  /** `new` until `opened` comes; `closed` for good once the engine has asked for the close. */
  readonly phase: "new" | "open" | "closed";
  readonly random: RandomState;
  readonly session: EmulatedSession;
  readonly conversationId: string;
  /** When the session ends by itself. */
  readonly expiresAtMs: number | undefined;
  /** In the order of the conversation. */
  readonly conversation: readonly StoredItem[];
  readonly input: InputAudio;
  /** The responses that have not ended, in the order in which they began. At most one is of the conversation. */
  readonly responses: readonly RunningResponse[];
  /** What has been put off, soonest first. */
  readonly later: readonly Later[];
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
