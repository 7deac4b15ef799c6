import { readFile } from "node:fs/promises";
import { readWav, requireFormat } from "@duologue/audio";
import { syllableVoice, type Voice } from "@duologue/emulator";
import { espeakVoice, listen } from "@duologue/emulator/node";
import { assistant } from "./assistant.ts";

/** A Realtime service that the page can talk to. */
export interface RealtimeService {
  /** The address of its API: `https://api.openai.com/v1`. */
  readonly base: string;
  /** The lasting key. It never leaves this process but for the service. */
  readonly apiKey: string;
  readonly model: string;
  /** Whether it is the emulator, which hears that somebody speaks and not what. */
  readonly isEmulated: boolean;
  close(): Promise<void>;
}

const model = "gpt-realtime";

/** The service that the environment names: OpenAI's with `OPENAI_API_KEY`, else an emulator that is started here. */
export function realtimeService(
  env: Readonly<Record<string, string | undefined>>,
): RealtimeService | Promise<RealtimeService> {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: base = "https://api.openai.com/v1" } = env;
  if (!apiKey) return emulatedService();
  return {
    base: base.replace(/\/+$/, ""),
    apiKey,
    model: env.OPENAI_REALTIME_MODEL || model,
    isEmulated: false,
    close: async () => {},
  };
}

async function emulatedService(): Promise<RealtimeService> {
  const brain = assistant({ today: await speech("answer-today"), tomorrow: await speech("answer-tomorrow") });
  const server = await listen({
    brain,
    voice: someVoice(),
    ear: (samples, sampleRateHz) => `(${(samples.length / sampleRateHz).toFixed(1)} seconds of speech)`,
  });
  return {
    base: server.baseUrl,
    apiKey: "none-needed",
    model,
    isEmulated: true,
    close: () => server.close(),
  };
}

/** Real words where espeak-ng is installed, else a voice that hums. */
function someVoice(): Voice {
  try {
    return espeakVoice({ language: "en-gb+f3" });
  } catch {
    return syllableVoice;
  }
}

async function speech(name: string): Promise<Int16Array> {
  const wav = readWav(await readFile(new URL(`../speech/${name}.wav`, import.meta.url)));
  return requireFormat(wav, { sampleRateHz: 24_000, channels: 1 }, name).samples;
}
