import type { Clock } from "@duologue/core";
import { said } from "./call-failure.ts";

/** What watches over the path of an open call. */
export interface IceWatchOptions {
  readonly peer: RTCPeerConnection;
  readonly clock: Clock;
  /** How long a path may be broken, and how long negotiating another may take, in milliseconds. */
  readonly disconnectedMs: number;
  /**
   * Negotiates another path until its signal fires; rejects where that fails. `undefined` where the server has no way
   * for it.
   */
  readonly restart: ((signal: AbortSignal) => Promise<void>) | undefined;
  /** Calls `changed` when the device has come to another network. Returns what stops it. */
  readonly networkChanges: (changed: () => void) => () => void;
  /** Told that the path is lost for good. */
  readonly lose: (reason: string) => void;
}

/** Networks come and go several times within a moment: so long after the last change, another path is negotiated. */
const settlingMs = 500;

/**
 * Watches the path of a call. Where it breaks, or the network changes, another one is negotiated if the server plays
 * along; a path that stays broken is lost. Returns what stops it.
 */
export function iceWatch(options: IceWatchOptions): () => void {
  const { peer, clock, disconnectedMs, restart, lose } = options;
  let cancelPatience: (() => void) | undefined;
  let cancelSettling = () => {};
  let restarting: AbortController | undefined;
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

  const isHopeless = () => restart === undefined || (trouble !== "" && restarting === undefined);

  function beginPatience(): void {
    if (cancelPatience !== undefined) return;
    cancelPatience = clock.after(disconnectedMs, () =>
      lose(`nothing came through the network for ${disconnectedMs} ms${trouble}`),
    );
    if (restarting === undefined) void findPath();
  }

  /** Negotiates another path; what is under way belongs to a network that is gone. */
  async function findPath(): Promise<void> {
    if (restart === undefined) return;
    restarting?.abort();
    const own = new AbortController();
    restarting = own;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const cancel = clock.after(disconnectedMs, () =>
      reject(new Error(`no answer within ${disconnectedMs} ms`)),
    );
    own.signal.addEventListener("abort", cancel);
    let failure = "";
    try {
      await Promise.race([restart(own.signal), late]);
    } catch (cause) {
      failure = `; ICE could not be restarted: ${said(cause)}`;
    }
    if (own.signal.aborted) return;
    own.abort();
    restarting = undefined;
    // What failed while the path held says nothing about the next attempt.
    trouble = peer.connectionState === "connected" ? "" : failure;
    if (peer.connectionState === "failed") look();
  }

  const stopNetwork = options.networkChanges(() => {
    if (restart === undefined) return;
    cancelSettling();
    cancelSettling = clock.after(settlingMs, () => void findPath());
  });
  peer.addEventListener("connectionstatechange", look);
  return () => {
    stopNetwork();
    cancelSettling();
    cancelPatience?.();
    restarting?.abort();
    peer.removeEventListener("connectionstatechange", look);
  };
}
