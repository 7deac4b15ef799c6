export { type CallFailure, type CallStep, failedStep } from "./call-failure.ts";
export {
  type CallStats,
  callStats,
  type SoundStats,
  type StatsEntry,
  type StatsReport,
  type Verdict,
} from "./call-stats.ts";
export type { Microphone, MicrophoneState } from "./microphone.ts";
export type { MediaDevicesLike, MicrophoneSource } from "./microphone-source.ts";
export type { Playback, PlaybackState } from "./playback.ts";
export { type RealtimeCallsOptions, realtimeCalls } from "./realtime-calls.ts";
export type { Resolvable } from "./resolvable.ts";
export { type SdpEndpointOptions, sdpEndpoint } from "./sdp-endpoint.ts";
export type { SdpAnswer, SdpExchange, SdpOffer } from "./sdp-exchange.ts";
export { type WebRtcTransport, webRtc } from "./web-rtc.ts";
export type { WebRtcConnection } from "./web-rtc-connection.ts";
export type { WebRtcOptions } from "./web-rtc-options.ts";
