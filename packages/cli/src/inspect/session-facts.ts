import { type AudioFormat, audioFormats } from "@duologue/audio";
import { inner, type Moment, number, text } from "./moment.ts";

/** What the session's configuration says that matters for times and levels. */
export interface SessionFacts {
  readonly model: string;
  /** How the microphone's sound travels, and the assistant's. */
  readonly input: AudioFormat;
  readonly output: AudioFormat;
  /** How long the server listens to silence before it says that the user stopped. */
  readonly silenceMs: number;
  /** How much the server counts to the speech before it. */
  readonly paddingMs: number;
}

const pcm = audioFormats["audio/pcm"];

/** What holds unless the server says otherwise. */
export const defaultFacts: SessionFacts = { model: "", input: pcm, output: pcm, silenceMs: 0, paddingMs: 0 };

/** The facts after a moment: servers report the whole configuration in `session.created` and `session.updated`. */
export function nextFacts(facts: SessionFacts, { from, type, event }: Moment): SessionFacts {
  if (from !== "server" || (type !== "session.created" && type !== "session.updated")) return facts;
  const session = inner(event, "session");
  const audio = inner(session, "audio");
  const input = inner(audio, "input");
  const detection = inner(input, "turn_detection");
  return {
    model: text(session, "model") || facts.model,
    input: formatIn(input) ?? facts.input,
    output: formatIn(inner(audio, "output")) ?? facts.output,
    silenceMs: number(detection, "silence_duration_ms") ?? 0,
    paddingMs: number(detection, "prefix_padding_ms") ?? 0,
  };
}

function formatIn(side: object | undefined): AudioFormat | undefined {
  const format = inner(side, "format");
  const type = text(format, "type");
  if (type === "audio/pcm") return { ...pcm, sampleRateHz: number(format, "rate") ?? pcm.sampleRateHz };
  return type === "audio/pcmu" || type === "audio/pcma" ? audioFormats[type] : undefined;
}
