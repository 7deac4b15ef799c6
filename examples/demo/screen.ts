/** Where the timeline is written: lines that stay, and at most one line below them that still changes. */
export interface Screen {
  readonly columns: number;
  /** Whether a changing line can be shown; a pipe or a file gets only lines that stay. */
  readonly live: boolean;
  /** Writes text that stays, above the changing line. */
  print(text: string): void;
  /** Replaces the changing line; the empty string removes it. */
  show(text: string): void;
}

/** A screen on a stream such as standard output. Colour codes do not count towards `columns`. */
export function screen(stream: {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}): Screen {
  const live = stream.isTTY === true;
  let shown = "";
  const clear = () => {
    if (shown !== "") stream.write("\r\u001b[2K");
  };
  return {
    columns: Math.min(stream.columns ?? 100, 110),
    live,
    print(text) {
      clear();
      stream.write(`${text}\n`);
      if (shown !== "") stream.write(shown);
    },
    show(text) {
      if (!live) return;
      clear();
      shown = text;
      stream.write(text);
    },
  };
}
