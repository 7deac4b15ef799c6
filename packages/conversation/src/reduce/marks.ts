import type { OutputAudioPart, PartAudio } from "../content-part.ts";
import { receivedMs } from "./playback.ts";

/** How many marks a part keeps, each of two numbers: enough for one every few seconds of a long answer. */
const maxMarks = 32;

type Marks = NonNullable<PartAudio["marks"]>;

/**
 * Marks, when a player reports on a part, how much of its sound and of its transcript is there. Reports are the only
 * moments at which that is the same in every order in which the two may legally have come before.
 */
export function marked({ transcript }: OutputAudioPart, audio: PartAudio): PartAudio {
  const { marks = [] } = audio;
  const ms = Math.round(receivedMs(audio));
  if (marks.at(-2) === ms && marks.at(-1) === transcript.length) return audio;
  const known = marks.at(-2) === ms ? marks.slice(0, -2) : marks;
  return { ...audio, marks: thinned([...known, ms, transcript.length]) };
}

/** Where marks become too many, every second one goes. The newest stays: what it says is true of those before it. */
function thinned(marks: Marks): Marks {
  if (marks.length <= 2 * maxMarks) return marks;
  return marks.filter((_, at) => Math.floor(at / 2) % 2 === 0);
}

/**
 * How many characters of the transcript can have been spoken within the first `ms` of the sound: those that were there
 * when so much of it was. Words are written before they are spoken; a service that writes them later is given as much
 * time as its first words took.
 */
export function mostCharacters(marks: Marks, ms: number): number {
  let lateMs = 0;
  for (let at = 0; at < marks.length; at += 2) {
    const [receivedMs = 0, characters = 0] = marks.slice(at, at + 2);
    if (characters === 0) lateMs = receivedMs;
    else if (receivedMs >= ms + lateMs) return characters;
  }
  return Number.POSITIVE_INFINITY;
}
