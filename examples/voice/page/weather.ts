import { tool } from "@duologue/conversation";

const skies = ["sunny", "cloudy", "foggy", "rainy", "windy"];

/** A function that the assistant may call. It makes the weather up, for the page asks nobody else. */
export const weather = tool({
  name: "get_weather",
  description: "Tells the weather of today and tomorrow in a city.",
  parameters: {
    type: "object",
    properties: { city: { type: "string", description: "The name of the city." } },
    required: ["city"],
  },
  run: ({ city }) => ({ city, today: weatherOf(city, 0), tomorrow: weatherOf(city, 1) }),
});

function weatherOf(city: string, day: number): { readonly sky: string; readonly celsius: number } {
  if (city === "Lisbon") return day === 0 ? { sky: "sunny", celsius: 24 } : { sky: "cloudy", celsius: 21 };
  const sum = Array.from(city).reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), day);
  return { sky: skies[sum % skies.length] ?? "sunny", celsius: 5 + (sum % 25) };
}
