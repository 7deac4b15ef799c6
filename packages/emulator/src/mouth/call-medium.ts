import type { Driver, Link } from "./driver.ts";

/** What a call offers the session at its end: events by a data channel, and a loudspeaker. */
export interface CallLink extends Link {
  /** Plays sound after what is queued, at its own pace: mono samples at 24 kHz. */
  play(samples: Int16Array): void;
  /** Drops what is queued and has not been played. */
  flush(): void;
}

/** What a session takes from a call: events, and a microphone. */
export interface CallSession extends Driver {
  /** The caller's sound, in order: mono samples at 24 kHz. Silence is sound as well. */
  microphone(samples: Int16Array): void;
}

/** What carries calls, such as WebRTC. */
export interface CallMedium {
  /**
   * Answers an SDP offer. `open` is called once, when the data channel is open; the session that it gives ends when
   * the peer is gone. Rejects with a sentence that says what is wrong with an offer that cannot be taken.
   */
  answer(offerSdp: string, open: (link: CallLink) => CallSession): Promise<{ readonly answerSdp: string }>;
  /** Ends every call; nothing is left running when it resolves. */
  close(): Promise<void>;
}
