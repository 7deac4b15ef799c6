import type { Clock } from "@duologue/core";
import { said } from "./call-failure.ts";

/** What watches over the path of an open call. */
export interface IceWatchOptions {
  readonly peer: RTCPeerConnection;
  readonly clock: Clock;
  /** How long a path may be broken, in milliseconds. */
  readonly disconnectedMs: number;
  /** Negotiates another path; rejects where that fails. `undefined` where the server has no way for it. */
  readonly restart: (() => Promise<void>) | undefined;
  /** Calls `changed` when the device has come to another network. Returns what stops it. */
  readonly networkChanges: (changed: () => void) => () => void;
  /** Told that the path is lost for good. */
  readonly lose: (reason: string) => void;
}

/**
 * Watches the path of a call. Where it breaks, or the network changes, another one is negotiated if the server plays
 * along; a path that stays broken is lost. Returns what stops it.
 */
export function iceWatch(options: IceWatchOptions): () => void {
  const { peer, clock, disconnectedMs, restart, lose } = options;
  let cancelPatience: (() => void) | undefined;
  let isRestarting = false;
  let trouble = "";

  function look(): void {
    const state = peer.connectionState;
    if (state === "connected") {
      cancelPatience?.();
      cancelPatience = undefined;
      trouble = "";
    } else if (state === "closed") lose("the peer connection was closed");
    else if (state === "failed" && isHopeless())
      lose(`there is no path through the network any more${trouble}`);
    else if (state === "failed" || state === "disconnected") beginPatience();
  }

  const isHopeless = () => restart === undefined || (trouble !== "" && !isRestarting);

  function beginPatience(): void {
    if (cancelPatience !== undefined) return;
    cancelPatience = clock.after(disconnectedMs, () =>
      lose(`nothing came through the network for ${disconnectedMs} ms${trouble}`),
    );
    void findPath();
  }

  async function findPath(): Promise<void> {
    if (restart === undefined || isRestarting) return;
    isRestarting = true;
    try {
      await restart();
    } catch (cause) {
      trouble = `; ICE could not be restarted: ${said(cause)}`;
    }
    isRestarting = false;
    if (peer.connectionState === "failed") look();
  }

  const stopNetwork = options.networkChanges(() => void findPath());
  peer.addEventListener("connectionstatechange", look);
  return () => {
    stopNetwork();
    cancelPatience?.();
    peer.removeEventListener("connectionstatechange", look);
  };
}
