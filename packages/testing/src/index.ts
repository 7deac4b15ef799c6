export { type AssertReplaysOptions, assertReplays, ReplayDifference } from "./assert-replays.ts";
export { type Chooser, chooser } from "./chooser.ts";
export type {
  ConformanceCase,
  HarnessTransportOptions,
  PeerLink,
  StalledDial,
  TransportHarness,
} from "./conformance/harness.ts";
export { transportConformance } from "./conformance.ts";
export type { DirectionFaults, Fault, FaultChances, FaultEntry } from "./faults/fault.ts";
export { type FaultyOptions, type FaultyTransport, faulty } from "./faulty.ts";
export { legalOrder, legalOvertaking } from "./legal/legal-order.ts";
export { type LegalSession, legalSession } from "./legal/legal-session.ts";
export type { LegalItem, LegalResponse } from "./legal/session-script.ts";
export {
  type Expectation,
  type PeerEvent,
  type PeerReply,
  type ScriptedPeer,
  type ScriptedPeerOptions,
  scriptedPeer,
} from "./scripted-peer.ts";
export { type SeededRandom, seededRandom } from "./seeded-random.ts";
export type { ClientComparison } from "./strict/client-comparison.ts";
export type { Difference } from "./strict/difference.ts";
export type { StreamComparison } from "./strict/expectations.ts";
export { type RealtimeComparisonOptions, realtimeComparison } from "./strict/realtime-comparison.ts";
export { type StrictReplay, type StrictReplayOptions, strictReplay } from "./strict-replay.ts";
export { type VirtualClock, type VirtualClockOptions, virtualClock } from "./virtual-clock.ts";
