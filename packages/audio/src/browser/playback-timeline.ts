/** Before this frame of a context's time so many samples were played, and whether sound goes on there. */
interface PlaybackPoint {
  readonly frame: number;
  readonly played: number;
  readonly playing: boolean;
}

/** How many samples were played by which frame: what the audio thread said, and what follows until its next word. */
export interface PlaybackTimeline {
  /** The audio thread's word. The words come in the order of their frames. */
  note(point: PlaybackPoint): void;
  /** Sound was handed over at this frame after all before it had been played: unless told otherwise it plays from here. */
  expect(point: PlaybackPoint): void;
  /** How many samples were played before this frame. Never falls from frame to frame. */
  at(frame: number): number;
  /** Whether sound was playing right before this frame. */
  isPlaying(frame: number): boolean;
  /** Forgets what only matters for frames before this one. */
  forget(frame: number): void;
}

/** A timeline that begins in silence at `frame`. */
export function playbackTimeline(frame: number): PlaybackTimeline {
  /** What is known, by rising frames; from one to the next it is a straight line. */
  let points: PlaybackPoint[] = [{ frame, played: 0, playing: false }];
  let expected: PlaybackPoint | undefined;

  const last = (before: number): PlaybackPoint | undefined => {
    const point = points.findLast((each) => each.frame < before);
    return expected !== undefined && expected.frame < before ? expected : point;
  };

  return {
    note(point) {
      points.push(point);
      // A word from before the sound was handed over says nothing of it.
      if (expected !== undefined && point.frame >= expected.frame) expected = undefined;
    },
    expect(point) {
      expected = point;
    },
    at(wanted) {
      const point = last(wanted) ?? points[0];
      if (point === undefined || !point.playing) return point?.played ?? 0;
      return point.played + Math.max(0, wanted - point.frame);
    },
    isPlaying: (wanted) => last(wanted)?.playing ?? false,
    forget(before) {
      const kept = points.findLastIndex((each) => each.frame <= before);
      if (kept > 0) points = points.slice(kept);
    },
  };
}
