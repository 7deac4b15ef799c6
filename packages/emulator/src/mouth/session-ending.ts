import type { Link } from "./driver.ts";

/** How a session ended. */
export interface SessionEnding {
  readonly code: number;
  readonly reason: string;
  /** Its owner left by itself, or the service closed it, or it broke. */
  readonly how: "leaves" | "closes" | "breaks";
}

/**
 * Ends a client's link as its session ended. Where the owner left, the others have no session any more, and no fault.
 * Never throws: a link that cannot be closed is broken, and one that cannot be broken is left alone.
 */
export function endLink(link: Link, ending: SessionEnding): void {
  try {
    close(link, ending);
  } catch {
    try {
      link.cut?.();
    } catch {
      // There is nothing left to be tried.
    }
  }
}

function close(link: Link, { code, reason, how }: SessionEnding): void {
  if (how === "leaves") link.close(1000, "");
  else if (how === "closes") link.close(code, reason);
  else if (link.cut === undefined) link.close(1011, "");
  else link.cut();
}
