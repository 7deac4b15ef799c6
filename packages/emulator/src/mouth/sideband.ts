import type { Rejection } from "../engine/engine-input.ts";

/** What a sideband connection gets. */
export interface SidebandOptions {
  /**
   * Whether it is greeted by `session.created`. Default: `false`, as the one recording of a sideband connection has
   * it; the documentation does not say.
   */
  readonly greeting?: boolean;
  /**
   * Whether it gets the sound of a session that has its sound in events. Default: `false`. The sound of a session on a
   * media track goes to the peer alone, whatever this says: the service sends no media to a sideband connection.
   */
  readonly audio?: boolean;
  /** So many to one session at once; whoever comes then is turned away with code 1013. Default: 16. */
  readonly maxConnections?: number;
}

/** How many sideband connections a session takes unless told. */
export const usualMaxSidebands = 16;

/** What a client is told that comes when a session has as many sideband connections as it takes. */
export function tooManySidebands(maxConnections: number): Rejection {
  const message = `This session has ${maxConnections} sideband connections, as many as this emulator takes for one. Close one of them first.`;
  return {
    error: { type: "server_error", code: "too_many_sideband_connections", message, param: null },
    close: { code: 1013, reason: "server_error.too_many_sideband_connections" },
  };
}
