import type { Brain, BrainRequest, Plan } from "@duologue/emulator";

/** How the two answers about the weather sound: mono samples at 24 kHz. */
export interface WeatherSpeech {
  readonly today: Int16Array;
  readonly tomorrow: Int16Array;
}

const today =
  "In Lisbon it is sunny right now, twenty four degrees, with a light breeze from the ocean. It stays dry all evening, so you can leave the umbrella at home and enjoy a walk along the river.";
const tomorrow = "Tomorrow brings some clouds, and twenty one degrees.";

/** What the emulator says to a spoken question, one after the other, since it can't know what was asked. */
const talk = [
  "I am an emulator on this machine. I hear that you speak, and not what you say, so I just tell you something. You may interrupt me at any time, and the page will show how far I came.",
  "What you see on this page comes from one log of events. The same program runs over WebRTC and over a WebSocket; only the transport differs.",
  "Ask me about the weather in writing, and I will look it up again.",
];

/** The assistant of the voice page while it talks to the emulator: looks the weather up first, then talks on. */
export function assistant(speech: WeatherSpeech): Brain {
  return (request) => {
    if (request.items.at(-1)?.type === "function_call_output") return { say: today, speech: speech.today };
    const asked = lastQuestion(request).toLowerCase();
    const spoken = /^\(.*speech\)$/.test(asked);
    const looked = request.items.some(({ type }) => type === "function_call");
    if (asked.includes("tomorrow")) return { say: tomorrow, speech: speech.tomorrow };
    if (asked.includes("weather") || (spoken && !looked)) return lookUp;
    if (!spoken) return { say: `You wrote: ${asked}. Ask me about the weather, today or tomorrow.` };
    return { say: talk[answersSoFar(request) % talk.length] ?? "" };
  };
}

const lookUp: Plan = { tools: [{ name: "get_weather", arguments: { city: "Lisbon" } }] };

function lastQuestion({ items }: BrainRequest): string {
  const message = items.findLast((item) => item.type === "message" && item.role === "user");
  if (message?.type !== "message") return "";
  return message.content
    .map((part) => ("text" in part ? part.text : "transcript" in part ? (part.transcript ?? "") : ""))
    .join(" ")
    .trim();
}

/** How many answers there were after the one about the weather. */
function answersSoFar({ items }: BrainRequest): number {
  return Math.max(0, items.filter((item) => item.type === "message" && item.role === "assistant").length - 1);
}
