/** Where the microphone's sound goes into one connection. Silent until it is opened. */
export interface Outlet {
  /** What to negotiate with: a silent likeness of the track, so that nothing is heard before its time. */
  readonly first: MediaStreamTrack | undefined;
  /** From now on sound goes out here. `failed` is told what goes wrong later. */
  attach(sender: RTCRtpSender, failed: (error: unknown) => void): void;
  /** Lets the sound through. */
  open(): void;
  /** Sends this track instead. Resolves when the one before goes out no more. */
  send(track: MediaStreamTrack | undefined): Promise<void>;
  /**
   * Nothing more goes out. `closed`: by us. `lost`: by the other side, or by the network. `failed`: the connection never
   * opened. Only the first call counts.
   */
  end(reason: OutletEnd): void;
}

/** Why nothing more goes out. */
type OutletEnd = "closed" | "lost" | "failed";

/** `ended` is called within `end`, with what resolves when the track goes out no more. */
export function outlet(
  track: MediaStreamTrack | undefined,
  ended: (reason: OutletEnd, gone: Promise<void>) => void,
): Outlet {
  let current = track;
  let isOpen = false;
  let isOver = false;
  let silence = silent(track);
  /** Whether the track was changed before there was a sender to be told. */
  let isStale = false;
  let sending = Promise.resolve();
  let attached: { readonly sender: RTCRtpSender; readonly failed: (error: unknown) => void } | undefined;

  /** Changes are made one after the other. */
  function change(to: MediaStreamTrack | undefined): Promise<void> {
    sending = sending
      .then(() => (isOver ? undefined : attached?.sender.replaceTrack(to ?? null)))
      .catch((error: unknown) => {
        if (!isOver) attached?.failed(error);
      });
    return sending;
  }

  function dropSilence(): void {
    silence?.stop();
    silence = undefined;
  }

  return {
    get first() {
      return silence;
    },
    attach(sender, failed) {
      attached = { sender, failed };
      if (isStale) void change(silence);
    },
    open() {
      if (isOpen || isOver) return;
      isOpen = true;
      void change(current).then(dropSilence);
    },
    send(next) {
      if (isOver) return sending;
      current = next;
      if (isOpen) return change(next);
      const previous = silence;
      silence = silent(next);
      isStale = attached === undefined;
      return change(silence).then(() => previous?.stop());
    },
    end(reason) {
      if (isOver) return;
      isOver = true;
      // Where that fails, the sender is over already; the peers of other ends are closed at once.
      const gone = reason === "closed" ? attached?.sender.replaceTrack(null).catch(() => {}) : undefined;
      dropSilence();
      ended(reason, gone ?? Promise.resolve());
    },
  };
}

function silent(track: MediaStreamTrack | undefined): MediaStreamTrack | undefined {
  const likeness = track?.clone();
  if (likeness !== undefined) likeness.enabled = false;
  return likeness;
}
