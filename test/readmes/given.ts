import type { Conversation, Player } from "@duologue/conversation";
import type { Clock, Session } from "@duologue/core";
import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import type { SdpExchange, WebRtcConnection, WebRtcTransport } from "@duologue/transport-webrtc";

// What the programs of the READMEs take for granted, by name. Compiled with them, never run.

// Made above, or as another section shows: by WebRTC, which has what every transport has, and more.
export declare const session: Session<ClientEvent, ServerEvent, WebRtcConnection>;
export declare const talk: Conversation;
export declare const transport: WebRtcTransport;
export declare const player: Player;
export declare const exchange: SdpExchange;
export declare const clock: Clock;

// What the reader has anyway.
export declare const text: string;
export declare const samples: Int16Array;
export declare const id: string;
export declare const track: MediaStreamTrack;
export declare const button: HTMLButtonElement;
export declare const unlockButton: HTMLButtonElement;
export declare const line: {
  send(text: string): void;
  close(): void;
  on(event: "message" | "close", listen: (text: unknown) => void): void;
};
export declare function lookUp(city: string): Promise<string>;
export declare function reserve(guests: number, at: string, signal: AbortSignal): Promise<string>;
export declare function samplesAt24kHz(sound: ArrayBuffer): Int16Array;
export declare function show(value: unknown): void;
export declare function render(value: unknown): void;
export declare const status: { show(verdict: string, reason: string): void };
export declare const meter: { show(stream: MediaStream | undefined): void };
