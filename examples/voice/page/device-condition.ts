import { Observable } from "rxjs";
import type { MicrophoneCondition } from "./line.ts";

/** How the device of a stream is, as its track tells: at once, then each change. */
export function deviceCondition(stream: MediaStream): Observable<MicrophoneCondition> {
  const [track] = stream.getAudioTracks();
  return new Observable((subscriber) => {
    const tell = (): void => {
      if (track === undefined || track.readyState === "ended") subscriber.next("gone");
      else subscriber.next(track.muted ? "paused" : "on");
    };
    const types = ["mute", "unmute", "ended"];
    for (const type of types) track?.addEventListener(type, tell);
    tell();
    return () => {
      for (const type of types) track?.removeEventListener(type, tell);
    };
  });
}
