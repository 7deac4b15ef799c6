import type { Clock } from "@duologue/core";
import type { MediaDevicesLike, MicrophoneSource } from "./microphone-source.ts";
import type { SdpExchange } from "./sdp-exchange.ts";

/** What `webRtc` needs to know. All times are milliseconds. */
export interface WebRtcOptions {
  /** Takes the offer to the server and brings its answer: `realtimeCalls`, `sdpEndpoint`, or a function of your own. */
  readonly exchange: SdpExchange;
  /** Where the sound comes from. Default: `true`, the default microphone. It can be changed at any time. */
  readonly microphone?: MicrophoneSource;
  /**
   * The element through which the other side is heard, or `false` where the program plays `playback.state.track`
   * itself. Default: an element of our own, in a page.
   */
  readonly playback?: HTMLMediaElement | false;
  /**
   * Takes an offer that restarts ICE to the server of a running call, whose `callId` comes along. Default: none, since
   * the Realtime service has no such way: a call whose path breaks is lost, and its session dials anew.
   */
  readonly restart?: SdpExchange;
  /** STUN and TURN servers, and whatever else a peer connection can be told. */
  readonly configuration?: RTCConfiguration;
  /** The name of the data channel. Default: `oai-events`, which is the Realtime service's. */
  readonly channelLabel?: string;
  /** The implementation. Default: the runtime's own; in Node `@roamhq/wrtc` has one. */
  readonly RTCPeerConnection?: new (
    configuration?: RTCConfiguration,
  ) => RTCPeerConnection;
  /** Who opens microphones. Default: `navigator.mediaDevices`. */
  readonly mediaDevices?: MediaDevicesLike;
  /**
   * How long to wait for our own addresses before the offer goes out. Default: 0, since a server with a public address
   * learns them from our first packets. One behind a NAT needs them in the offer.
   */
  readonly gatheringMs?: number;
  /**
   * How long an open may take, from when there is a microphone. Default: 10000. A session has a limit of its own, which
   * counts from then, too.
   */
  readonly connectTimeoutMs?: number;
  /**
   * How long the path may be broken before the connection is lost, from when the peer is `disconnected`; Chromium says
   * so after 7 to 8 seconds without an answer, Firefox after 5. Negotiating another path may take as long. Default: 5000.
   */
  readonly disconnectedMs?: number;
  /**
   * How long the peer has to take what still waits and to answer a close; after that its end is reported as 1006.
   * Default: 2000.
   */
  readonly closeTimeoutMs?: number;
  /** How often `stats$` measures. Default: 1000. */
  readonly statsMs?: number;
  /** Calls `changed` when the device has come to another network. Default: as far as the browser tells. */
  readonly networkChanges?: (changed: () => void) => () => void;
  /** Time for all of this. Default: the system's. */
  readonly clock?: Clock;
  /** Told what a sink threw; the connection goes on as if it had not. Default: `console.error`. */
  readonly onSinkError?: (error: unknown) => void;
}
