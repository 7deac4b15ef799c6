/** What a telephony service says on the WebSocket of a media stream, as far as a call needs it. */
export type FromLine =
  /** The first message, once: which stream this is. Whatever is sent to the line bears its `streamSid`. */
  | { readonly event: "start"; readonly streamSid: string }
  /** Sound of the caller, 20 ms or so: base64 of 8 kHz µ-law. */
  | { readonly event: "media"; readonly payload: string }
  /** All that was sent before the mark of this name has been played, or was cleared. */
  | { readonly event: "mark"; readonly name: string }
  /** The call is over. */
  | { readonly event: "stop" };

/** What is sent to it: sound to be played, a mark behind it, or that it is to forget what it has not played. */
export type ToLine =
  | { readonly event: "media"; readonly media: { readonly payload: string } }
  | { readonly event: "mark"; readonly mark: { readonly name: string } }
  | { readonly event: "clear" };

/**
 * Reads a message of Twilio's Media Streams. `undefined` for one of which nothing follows: `connected`, `dtmf`, one of
 * tomorrow, and whatever is none. Never throws: what comes from a network ends no process.
 */
export function fromLine(text: string): FromLine | undefined {
  const message = parsed(text);
  const of = (part: string, name: string) => textIn(fieldIn(message, part), name);
  switch (fieldIn(message, "event")) {
    case "start": {
      const streamSid = of("start", "streamSid");
      return streamSid === undefined ? undefined : { event: "start", streamSid };
    }
    case "media": {
      const payload = of("media", "payload");
      return payload === undefined ? undefined : { event: "media", payload };
    }
    case "mark": {
      const name = of("mark", "name");
      return name === undefined ? undefined : { event: "mark", name };
    }
    case "stop":
      return { event: "stop" };
    default:
      return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldIn(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function textIn(value: unknown, name: string): string | undefined {
  const field = fieldIn(value, name);
  return typeof field === "string" ? field : undefined;
}
