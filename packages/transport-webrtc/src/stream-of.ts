/** A track as a stream, where the runtime has streams. */
export function streamOf(track: MediaStreamTrack | undefined): MediaStream | undefined {
  return track === undefined || typeof MediaStream === "undefined" ? undefined : new MediaStream([track]);
}
