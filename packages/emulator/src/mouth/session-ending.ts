import type { Link } from "./driver.ts";

/** How a session ended. */
export interface SessionEnding {
  readonly code: number;
  readonly reason: string;
  /** Its owner left by itself, or the service closed it, or it broke. */
  readonly how: "leaves" | "closes" | "breaks";
}

/** Ends a client's link as its session ended. Where the owner left, the others have no session any more, and no fault. */
export function endLink(link: Link, { code, reason, how }: SessionEnding): void {
  if (how === "leaves") link.close(1000, "");
  else if (how === "closes") link.close(code, reason);
  else if (link.cut === undefined) link.close(1011, "");
  else link.cut();
}
