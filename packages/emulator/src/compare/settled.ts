import type { UnknownEvent } from "@duologue/protocol";
import { type InterruptionStep, interruptionSteps, type Unsettled } from "../engine/unsettled.ts";

/** What the events of a service tell of what no other source settles; nothing of what they do not show. */
export function settledBy(events: readonly UnknownEvent[]): Partial<Unsettled> {
  const first = (type: string) => events.findIndex((event) => event.type === type);
  const has = (type: string) => first(type) !== -1;
  const done = first("response.done");
  // The limits come some time after a response, so only another response shows that they do not.
  const goesOn = done !== -1 && events.some(({ type }, index) => index > done && type === "response.created");
  const sound = events.find(({ type }) => type === "response.output_audio.delta");
  const soundEnd = first("response.output_audio.done");
  const wordsEnd = first("response.output_audio_transcript.done");
  return {
    ...(has("session.created") && { announcesConversation: has("conversation.created") }),
    ...((has("rate_limits.updated") || goesOn) && { reportsRateLimits: has("rate_limits.updated") }),
    ...(sound !== undefined && { obfuscatesAudio: "obfuscation" in sound }),
    ...interruptionIn(events),
    ...(soundEnd !== -1 && wordsEnd !== -1 && { endsTranscriptFirst: wordsEnd < soundEnd }),
  };
}

/** In which order the first interruption that shows all of its steps took them. */
function interruptionIn(events: readonly UnknownEvent[]): Pick<Partial<Unsettled>, "interruptionOrder"> {
  for (const [index, { type }] of events.entries()) {
    if (type !== "input_audio_buffer.speech_started") continue;
    const rest = events.slice(index + 1);
    const end = rest.findIndex(({ type: next }) => next === "input_audio_buffer.speech_stopped");
    const meanwhile = (end === -1 ? rest : rest.slice(0, end)).map(({ type: next }) => next);
    const places = interruptionSteps.map((step) => meanwhile.indexOf(step));
    if (places.includes(-1)) continue;
    const place = (step: InterruptionStep) => meanwhile.indexOf(step);
    return { interruptionOrder: interruptionSteps.toSorted((one, other) => place(one) - place(other)) };
  }
  return {};
}
