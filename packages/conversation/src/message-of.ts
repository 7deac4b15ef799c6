/** What went wrong, in words; whatever was thrown, there are some. Where it went wrong, a stack, is not among them. */
export function messageOf(error: unknown): string {
  try {
    const message: unknown =
      error instanceof Error ? error.message || `${error.name} without a message` : messageIn(error);
    return (typeof message === "object" && message !== null ? asJson(message) : String(message)) || nothing;
  } catch {
    return nothing;
  }
}

/** The message of an error that came from elsewhere as plain data; anything else as it is. */
function messageIn(thrown: unknown): unknown {
  const isError = typeof thrown === "object" && thrown !== null && "message" in thrown;
  return isError && typeof thrown.message === "string" && thrown.message !== "" ? thrown.message : thrown;
}

const nothing = "Something was thrown that says nothing of itself.";

function asJson(value: object): string {
  const text = String(value);
  return text.startsWith("[object ") ? (JSON.stringify(value, withoutStack) ?? text) : text;
}

function withoutStack(name: string, part: unknown): unknown {
  return name === "stack" ? undefined : part;
}
