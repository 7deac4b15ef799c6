export type {
  ConformanceCase,
  HarnessTransportOptions,
  PeerLink,
  StalledDial,
  TransportHarness,
} from "./conformance/harness.ts";
export { transportConformance } from "./conformance.ts";
export {
  type Expectation,
  type PeerEvent,
  type PeerReply,
  type ScriptedPeer,
  type ScriptedPeerOptions,
  scriptedPeer,
} from "./scripted-peer.ts";
export { type VirtualClock, type VirtualClockOptions, virtualClock } from "./virtual-clock.ts";
