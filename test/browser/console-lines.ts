import { awaited } from "./waiting.ts";

/** What a page writes on its console, in order, and waiting for it. */
export interface ConsoleLines {
  readonly lines: readonly string[];
  said(text: string): void;
  /** The first line that begins so, of those after the first `skipped`. It may have come already. */
  line(begin: string, skipped?: number): Promise<string>;
}

/** A console on which nothing stands. `said` has to be given to a page before it is opened. */
export function consoleLines(): ConsoleLines {
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  return {
    lines,
    said(text) {
      lines.push(text);
      for (const look of watchers) look();
    },
    line(begin, skipped = 0) {
      const { promise, resolve } = Promise.withResolvers<string>();
      const look = () => {
        const found = lines.slice(skipped).find((each) => each.startsWith(begin));
        if (found === undefined) return;
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      look();
      return awaited(`a page to say "${begin}"`, promise).catch((cause: Error) => {
        throw new Error(`${cause.message} It said ${JSON.stringify(lines)}.`, { cause });
      });
    },
  };
}
