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
  /** The connection is over: nothing more goes out. `failed`: it never opened. */
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

  function dropSilence(): void {
    silence?.stop();
    silence = undefined;
  }

  return {
    first: silence,
    attach(sender, failed) {
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
