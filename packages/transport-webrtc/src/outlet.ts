/** Where the microphone's sound goes into one connection. Silent until it is opened. */
export interface Outlet {
  /** What to negotiate with: a silent likeness of the track, so that nothing is heard before its time. */
  readonly first: MediaStreamTrack | undefined;
  /** From now on sound goes out here. `failed` is told what goes wrong later. */
  attach(sender: RTCRtpSender, failed: (error: unknown) => void): void;
  /** Lets the sound through. */
  open(): void;
  /** Sends this track instead. */
  send(track: MediaStreamTrack | undefined): void;
  /**
   * Nothing more goes out. `closed`: by us. `lost`: by the other side, or by the network. `failed`: the connection never
   * opened. Only the first call counts.
   */
  end(reason: "closed" | "lost" | "failed"): void;
}

export function outlet(
  track: MediaStreamTrack | undefined,
  ended: (reason: "closed" | "lost" | "failed") => void,
): Outlet {
  let current = track;
  let isOpen = false;
  let isOver = false;
  let silence = silent(track);
  let sending: Promise<void> | undefined;
  let change = (_to: MediaStreamTrack | null) => {};
  let detach = () => {};

  function dropSilence(): void {
    silence?.stop();
    silence = undefined;
  }

  return {
    first: silence,
    attach(sender, failed) {
      // Where that fails, the sender is over already.
      detach = () => void sender.replaceTrack(null).catch(() => {});
      change = (to) => {
        sending = (sending ?? Promise.resolve())
          .then(() => (isOver ? undefined : sender.replaceTrack(to)))
          .catch((error: unknown) => {
            if (!isOver) failed(error);
          });
      };
    },
    open() {
      if (isOpen || isOver) return;
      isOpen = true;
      change(current ?? null);
      void sending?.then(dropSilence);
    },
    send(next) {
      if (isOver) return;
      current = next;
      if (isOpen) return change(next ?? null);
      const previous = silence;
      silence = silent(next);
      change(silence ?? null);
      void sending?.then(() => previous?.stop());
    },
    end(reason) {
      if (isOver) return;
      isOver = true;
      if (reason === "closed") detach();
      dropSilence();
      ended(reason);
    },
  };
}

function silent(track: MediaStreamTrack | undefined): MediaStreamTrack | undefined {
  const likeness = track?.clone();
  if (likeness !== undefined) likeness.enabled = false;
  return likeness;
}
