/** The estimate that everybody makes: the transcript evenly over the sound, up to the last whole word. */
export function linearHeardText(transcript: string, heardMs: number, receivedMs: number): string {
  if (heardMs >= receivedMs) return transcript;
  const end = Math.floor((transcript.length * heardMs) / receivedMs);
  if (/\s/.test(transcript[end] ?? " ")) return transcript.slice(0, end);
  return transcript.slice(0, end).replace(/\S+$/, "").trimEnd();
}
