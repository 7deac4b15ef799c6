/** What went wrong, in words; whatever was thrown, there are some. */
export function messageOf(error: unknown): string {
  try {
    const message: unknown =
      error instanceof Error ? error.message || `${error.name} without a message` : error;
    return (typeof message === "object" && message !== null ? asJson(message) : String(message)) || nothing;
  } catch {
    return nothing;
  }
}

const nothing = "Something was thrown that says nothing of itself.";

function asJson(value: object): string {
  const text = String(value);
  return text.startsWith("[object ") ? (JSON.stringify(value) ?? text) : text;
}
