/** Where the lines of a recording go. */
export interface LineSink {
  /**
   * Takes one line, without its line break. Called in order, never waits. What it throws ends the recording, and only
   * that.
   */
  write(line: string): void;
  /** Bytes taken by `write` and not kept yet, where that takes time: it is what a recording's bound is held against. */
  readonly bufferedBytes?: number;
  /** No more lines come. Resolves when all are kept; rejects when that failed. */
  close?(): Promise<void>;
}
