import { type Conversation, conversation, markPlayer, tool } from "@duologue/conversation";
import { type Clock, RealtimeError, realtimeSession, systemClock, type Transport } from "@duologue/core";
import { type ClientEvent, openaiRealtime } from "@duologue/protocol";
import { fromLine, type ToLine } from "./media-stream.ts";

/** The way to a telephone: the WebSocket of a media stream. */
interface Line {
  send(text: string): void;
  /** Hangs up. It may be gone already. */
  close(): void;
}

/** What a call is made of. */
export interface CallOptions {
  readonly line: Line;
  readonly transport: Transport;
  readonly clock?: Clock;
  /** Told what happens, in a line. */
  readonly onNews?: (news: string) => void;
}

/** One telephone call, answered by the assistant. */
export interface Call {
  readonly talk: Conversation;
  /** To be called with each message of the line. Never throws. */
  message(text: string): void;
  /** The line is gone. */
  end(): void;
}

// G.711 both ways: what the telephone speaks, so that nobody converts anything.
const format = { type: "audio/pcmu" } as const;
const configure: ClientEvent = {
  type: "session.update",
  session: {
    type: "realtime",
    instructions:
      "You answer the telephone. Greet first. Speak in short sentences. Call hang_up when the caller says goodbye.",
    audio: {
      input: {
        format,
        turn_detection: { type: "server_vad" },
        transcription: { model: "gpt-4o-mini-transcribe" },
      },
      output: { format, voice: "marin" },
    },
  },
};

/** Answers a call. The session is opened when the line says which stream it is, and ends with the line, or the line with it. */
export function call({ line, transport, clock = systemClock(), onNews = () => {} }: CallOptions): Call {
  let streamSid: string | undefined;
  const send = (message: ToLine) => line.send(JSON.stringify({ ...message, streamSid }));
  const player = markPlayer({
    media: (payload) => send({ event: "media", media: { payload } }),
    mark: (name) => send({ event: "mark", mark: { name } }),
    clear: () => send({ event: "clear" }),
  });
  const hangUp = tool({
    name: "hang_up",
    description: "Ends the call, when the caller wants that. Say goodbye after it.",
    parameters: { type: "object" },
    run() {
      talk.whenQuiet().then(() => session.close());
      return "Say goodbye in one sentence.";
    },
  });
  const session = realtimeSession({ transport, protocol: openaiRealtime, clock, configure: [configure] });
  const talk = conversation(session, { player, tools: [hangUp], clock });
  // Behind the end of the session, when what had come of it was heard: also where it could not be opened.
  session.log$.subscribe({ complete: () => line.close() });
  session.problems$.subscribe((problem) => onNews(`problem: ${problem.kind}`));
  talk.problems$.subscribe(({ error }) => onNews(`problem: ${error.message}`));
  talk.interruptions$.subscribe(({ by, heardMs }) =>
    onNews(`${by} barges in after ${Math.round(heardMs)} ms`),
  );

  async function begin(sid: string): Promise<void> {
    streamSid = sid;
    try {
      await session.open();
      talk.respond(); // whoever is called speaks first
    } catch (error) {
      onNews(`not answered: ${error instanceof Error ? error.message : error}`);
    }
  }

  function hear(payload: string): void {
    try {
      talk.appendAudio(payload); // before the session and behind it nobody hears it, and that is all
    } catch (error) {
      if (!RealtimeError.is(error)) throw error;
      onNews(`not heard: ${error.message}`);
    }
  }

  return {
    talk,
    message(text) {
      const message = fromLine(text);
      if (message?.event === "start" && streamSid === undefined) void begin(message.streamSid);
      else if (message?.event === "media") hear(message.payload);
      else if (message?.event === "mark") player.played(message.name);
      else if (message?.event === "stop") void session.close();
    },
    end: () => void session.close(),
  };
}
