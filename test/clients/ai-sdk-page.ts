import { createOpenAI } from "@ai-sdk/openai";
import {
  Experimental_AbstractRealtimeSession as AbstractRealtimeSession,
  type Experimental_RealtimeServerEvent as RealtimeServerEvent,
  type Experimental_RealtimeState as RealtimeState,
} from "ai";

// Runs in the page, bundled: the session of the package `ai`, with nothing around it.

/** What a test can do to the page. */
export interface AiSdkPage {
  readonly state: Partial<RealtimeState>;
  readonly events: readonly RealtimeServerEvent["type"][];
  readonly errors: readonly string[];
  readonly asked: readonly unknown[];
  connect(): Promise<void>;
  write(text: string): void;
  /** Speaks: PCM16 at 24 kHz in base64. */
  speak(audio: string): void;
  disconnect(): void;
}

const state: Partial<RealtimeState> = {};
const events: RealtimeServerEvent["type"][] = [];
const errors: string[] = [];
const asked: unknown[] = [];

class Session extends AbstractRealtimeSession {
  protected setState<K extends keyof RealtimeState>(name: K, value: RealtimeState[K]): void {
    state[name] = value;
  }
}

const session = new Session({
  // The key stays on the server; the page has but the secret that it fetches.
  model: createOpenAI({ apiKey: "none" }).experimental_realtime("gpt-realtime", { api: "realtime" }),
  api: { token: "/token" },
  sessionConfig: { inputAudioTranscription: {}, turnDetection: { type: "server-vad" } },
  onEvent: ({ type }) => void events.push(type),
  onError: ({ message }) => void errors.push(message),
  onToolCall: ({ toolCall: { toolName, args } }) => {
    asked.push([toolName, args]);
    return { sky: "clear" };
  },
});

const page: AiSdkPage = {
  state,
  events,
  errors,
  asked,
  connect: () => session.connect(),
  write: (text) => session.sendTextMessage(text),
  speak: (audio) => session.sendAudio(audio),
  disconnect: () => session.disconnect(),
};
Object.assign(globalThis, { aiSdk: page });
