import type { CloseInfo, FrameSink, Transport } from "@duologue/core";

/** What the peer of a transport under test can do to one link that it accepted. */
export interface PeerLink {
  /** Sends one text frame to the transport under test. */
  send(frame: string): void;
  /** Ends the link in an orderly way, behind the frames sent before. */
  close(info: CloseInfo): unknown;
  /** Ends the link as a cable that is cut: without a closing handshake. */
  break(): void;
}

/** A dial that the peer saw and left without an answer. */
export interface StalledDial {
  /** Resolves when the dial has reached the peer. */
  readonly arrived: Promise<void>;
  /** Resolves when the transport under test has given the dial up, as seen from the peer. */
  gone(): Promise<void>;
}

/** What a case asks of the transport that it tests. */
export interface HarnessTransportOptions {
  /** The limit that connections shall have, where the medium lets one choose; it may be ignored. */
  readonly maxFrameBytes?: number;
  /** Where the transport shall report what a sink threw. */
  readonly onSinkError?: (error: unknown) => void;
}

/**
 * What an adapter's author provides so that the conformance cases can run: the transport, and a peer of it that
 * does as it is told. About thirty lines; make a new one for each case.
 */
export interface TransportHarness {
  /** A transport, all of whose opens reach this harness's peer. */
  transport(options?: HarnessTransportOptions): Transport;
  /**
   * From now on the peer accepts each open: it calls `accept` with its end of the link as soon as it can send, and
   * hands every frame of the transport under test, and the end of the link, to the sink that it gets back.
   */
  serve(accept: (link: PeerLink) => FrameSink): void;
  /** From now on the peer refuses each open in the medium's own way: an HTTP status, an ICE failure. */
  refuse(): void;
  /** The peer lets the next open arrive and neither accepts nor refuses it. */
  stall(): StalledDial;
  /** The adapter's own source files, where they shall be searched for event names. */
  sources?(): Promise<readonly string[]>;
  /**
   * What the runtime holds just now, a name for each, where it can be told: `process.getActiveResourcesInfo()` in
   * Node, or a count of timers and sockets kept by a page.
   */
  resources?(): readonly string[];
  /** Whether the medium carries a code and a reason when it closes. Default: `true`; data channels do not. */
  readonly carriesCloseInfo?: boolean;
  /**
   * How long a case waits for something to happen before it fails and says what that was, in milliseconds. Default: 4000,
   * since test runners lose patience after 5000.
   */
  readonly patienceMs?: number;
}

/** One rule of the transport contract, and the program that finds out whether it is kept. */
export interface ConformanceCase {
  /** Stable and unique: `group/rule`. */
  readonly id: string;
  /** The rule as a sentence. */
  readonly rule: string;
  /** Present where the case needs a part of the harness that not every harness has; skip it there and say so. */
  readonly needs?: "sources" | "resources";
  /** Resolves when the transport keeps the rule; rejects with an `Error` that explains where it does not. */
  run(harness: TransportHarness): Promise<void>;
}
