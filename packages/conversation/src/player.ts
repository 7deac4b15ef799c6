import type { AudioFormat } from "@duologue/protocol";

/** Some sound of one content part, as the server sent it. */
export interface PlayerChunk {
  readonly itemId: string;
  readonly contentIndex: number;
  /** How `base64` is encoded. */
  readonly format: AudioFormat;
  readonly base64: string;
}

/** What a player says of one content part. `heardMs` is what has left the loudspeaker since the part began. */
export interface PlayerReport {
  readonly type: "progress" | "finished" | "flushed";
  readonly itemId: string;
  readonly contentIndex: number;
  readonly heardMs: number;
}

/**
 * A loudspeaker with a queue. `@duologue/audio` has some; anything of this shape will do. What it throws is a problem of the
 * conversation, and it is not waited for: see `BareConversation.problems$`.
 */
export interface Player {
  /** Appends sound to the queue. */
  play(chunk: PlayerChunk): void;
  /** No more of this part comes: once played, it is `finished`. */
  end(itemId: string, contentIndex: number): void;
  /** Silences at once, and reports `flushed` before it returns for every part that was not finished. */
  flush(): void;
  /** Tells `listener` of every report; the returned function stops that. */
  onReport(listener: (report: PlayerReport) => void): () => void;
}
