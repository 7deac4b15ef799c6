import { type PlaybackKey, type PlaybackReport, playbackAccount } from "../playback-account.ts";
import { type FromPlayback, fadeSamples } from "../worklet/messages.ts";
import { playbackTimeline } from "./playback-timeline.ts";

/**
 * The page's account of what the audio thread plays. The two are some milliseconds apart, and a page that has to say at
 * once what was heard can't ask: so it counts on from the thread's last word. All frames are those of the context's
 * time.
 */
export interface Playhead {
  /** How often it was flushed. */
  readonly flushes: number;
  /** Samples were handed over at this frame; see `PlaybackAccount.enqueue`. */
  enqueue(key: PlaybackKey, sampleCount: number, frame: number): boolean;
  /** The end of a part was handed over at this frame; see `PlaybackAccount.end`. */
  end(key: PlaybackKey, frame: number): boolean;
  /** The audio thread's word. Those from before the latest flush are of no interest. */
  note(position: FromPlayback): void;
  /** Reports what was heard, now that the loudspeaker is at this frame. */
  heard(frame: number): PlaybackReport[];
  /**
   * Samples that were played before this frame, or before the audio thread's last word, and not reported yet. A page may
   * be told the time late: in Firefox that word can be of a frame which the context's time has not reached.
   */
  unreported(frame: number): number;
  /**
   * All was flushed at this frame, the next to be played. Reports every part: what was played up to there counts as
   * heard, with the few samples that fade out, since nobody can take them back from the device.
   */
  flush(frame: number): PlaybackReport[];
}

/** A playhead of a loudspeaker that has been silent up to `frame`. */
export function playhead({
  sampleRateHz,
  frame: firstFrame,
}: {
  readonly sampleRateHz: number;
  readonly frame: number;
}): Playhead {
  const account = playbackAccount({ sampleRateHz });
  let timeline = playbackTimeline(firstFrame);
  /** No sound is played before this frame. */
  let earliest = firstFrame;
  /** The frame of the audio thread's last word. */
  let told = firstFrame;
  let flushes = 0;
  /** Samples since the latest flush that the account has as played. */
  let counted = 0;

  /** Samples since the latest flush that were played or will be, if nothing else comes. */
  const playable = (): number => counted + account.playableSamples;
  const playedBy = (frame: number): number => Math.min(timeline.at(frame), playable());
  const count = (until: number): void => {
    counted += account.play(Math.max(0, until - counted));
  };

  /** Does what may make samples playable, and expects them to play where all before them had been. */
  const feed = (frame: number, change: () => boolean): boolean => {
    const before = playable();
    const isDry = playedBy(frame) >= before;
    const isTaken = change();
    if (isDry && playable() > before) {
      timeline.expect({ frame: Math.max(frame, earliest), played: before, playing: true });
    }
    return isTaken;
  };

  return {
    get flushes() {
      return flushes;
    },
    enqueue: (key, sampleCount, frame) => feed(frame, () => account.enqueue(key, sampleCount)),
    end: (key, frame) => feed(frame, () => account.end(key)),
    note(position) {
      if (position.flushes !== flushes) return;
      timeline.note(position);
      told = position.frame;
    },
    heard(frame) {
      count(playedBy(frame));
      timeline.forget(frame);
      return account.drainReports();
    },
    unreported: (frame) => Math.max(0, playedBy(Math.max(frame, told)) - counted),
    flush(frame) {
      earliest = timeline.isPlaying(frame) ? frame + fadeSamples : frame;
      count(playedBy(earliest));
      const flushed = account.flush();
      timeline = playbackTimeline(earliest);
      flushes += 1;
      counted = 0;
      // A part's last report says all that one of its progress could.
      const earlier = account.drainReports().filter(({ type }) => type !== "progress");
      return [...earlier, ...flushed];
    },
  };
}
