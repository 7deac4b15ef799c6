import { type Conversation, conversation } from "@duologue/conversation";
import { realtimeSession, type Session } from "@duologue/core";
import { type ClientEvent, openaiRealtime, type ServerEvent } from "@duologue/protocol";
import type { Subscription } from "rxjs";
import type { Line } from "./line.ts";
import { weather } from "./weather.ts";

/** A conversation over a line. Nothing here knows which. */
export interface Call {
  readonly line: Line;
  readonly session: Session<ClientEvent, ServerEvent>;
  readonly talk: Conversation;
  /** Connects, and lets the microphone be heard. Rejects as `Session.open`. */
  open(): Promise<void>;
  /** Hangs up and lets go of the devices. Calling it again is harmless. */
  end(): Promise<void>;
}

const configure: ClientEvent = {
  type: "session.update",
  session: {
    type: "realtime",
    instructions:
      "You are a friendly assistant. Answer in two or three sentences. Look the weather up with your tool.",
    output_modalities: ["audio"],
    audio: {
      input: {
        transcription: { model: "gpt-4o-mini-transcribe" },
        turn_detection: { type: "server_vad", silence_duration_ms: 500 },
      },
    },
  },
};

/** A conversation that is not connected yet. */
export function call(line: Line): Call {
  const { transport, player, microphone } = line;
  const session = realtimeSession({ transport, protocol: openaiRealtime, configure: [configure] });
  const talk = conversation(session, { tools: [weather], ...(player && { player }) });
  let hearing: Subscription | undefined;
  let ending: Promise<void> | undefined;

  async function end(): Promise<void> {
    hearing?.unsubscribe();
    await session.close();
    await line.close();
    talk.close();
  }

  return {
    line,
    session,
    talk,
    async open() {
      await session.open();
      hearing = microphone.samples$.subscribe((samples) => talk.appendAudio(samples));
    },
    end() {
      ending ??= end();
      return ending;
    },
  };
}
