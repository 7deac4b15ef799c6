/** A track without sound, which writes down what becomes of it. */
export interface FakeTrack extends MediaStreamTrack {
  readonly clones: readonly FakeTrack[];
  /** As when the device is unplugged. `stop`, which is its own program's doing, tells nobody. */
  unplug(): void;
  /** As when the system stops the sound, or lets it go on. */
  pause(isPaused: boolean): void;
}

export function fakeTrack(label = "microphone"): FakeTrack {
  const clones: FakeTrack[] = [];
  const track = Object.assign(new EventTarget(), {
    kind: "audio",
    label,
    enabled: true,
    readyState: "live",
    muted: false,
    clones,
    clone() {
      const made = fakeTrack(`${label}, cloned`);
      clones.push(made);
      return made;
    },
    stop() {
      track.readyState = "ended";
    },
    unplug() {
      track.readyState = "ended";
      track.dispatchEvent(new Event("ended"));
    },
    pause(isPaused: boolean) {
      track.muted = isPaused;
      track.dispatchEvent(new Event(isPaused ? "mute" : "unmute"));
    },
  });
  // A stand-in of which only that is used which is there.
  return track as unknown as FakeTrack;
}

/** A sender that keeps what it is given. */
export interface FakeSender extends RTCRtpSender {
  readonly sent: readonly (MediaStreamTrack | null)[];
}

export function fakeSender(first: MediaStreamTrack | undefined): FakeSender {
  const sent = [first ?? null];
  const sender = {
    sent,
    async replaceTrack(track: MediaStreamTrack | null) {
      sent.push(track);
    },
  };
  return sender as unknown as FakeSender;
}

/** Microphones that are asked for, and answered by the test. */
export function fakeDevices() {
  const questions: {
    readonly constraints: unknown;
    allow(track?: FakeTrack): FakeTrack;
    refuse(name: string): void;
  }[] = [];
  return {
    questions,
    getUserMedia(constraints?: MediaStreamConstraints): Promise<MediaStream> {
      const { promise, resolve, reject } = Promise.withResolvers<MediaStream>();
      questions.push({
        constraints: constraints?.audio,
        allow(track = fakeTrack()) {
          resolve({ getAudioTracks: () => [track] } as unknown as MediaStream);
          return track;
        },
        refuse: (name) => reject(new DOMException("as the browser says it", name)),
      });
      return promise;
    },
  };
}
