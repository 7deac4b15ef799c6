import { describe, expect, it } from "vitest";
import { type ClientEvent, openaiRealtime, type ServerEvent } from "../src/index.ts";

describe("roleOf", () => {
  const role = (type: string) => openaiRealtime.roleOf({ type } as ClientEvent);

  it("tells what may be dropped, what holds, and what means the same in the next session", () => {
    expect(role("input_audio_buffer.append")).toBe("media");
    expect(role("session.update")).toBe("configuration");
    expect(role("conversation.item.create")).toBe("repeatable");
    expect(role("input_audio_buffer.commit")).toBe("once");
  });

  it("takes what it does not know for bound to its session", () => {
    expect(role("weather.change")).toBe("once");
    expect(role("constructor")).toBe("once");
  });
});

describe("expiryOf", () => {
  const event = (fields: object) => fields as ServerEvent;

  it("is in milliseconds, where the session says it", () => {
    const session = { type: "realtime", expires_at: 1785217655 };
    expect(openaiRealtime.expiryOf(event({ type: "session.created", session }))).toBe(1785217655000);
    expect(openaiRealtime.expiryOf(event({ type: "session.updated", session }))).toBe(1785217655000);
  });

  it("is undefined elsewhere, and where the field is missing or no number", () => {
    expect(
      openaiRealtime.expiryOf(event({ type: "session.created", session: { type: "realtime" } })),
    ).toBeUndefined();
    expect(openaiRealtime.expiryOf(event({ type: "session.created" }))).toBeUndefined();
    expect(
      openaiRealtime.expiryOf(event({ type: "session.created", session: { expires_at: "soon" } })),
    ).toBeUndefined();
    expect(
      openaiRealtime.expiryOf(event({ type: "response.done", session: { expires_at: 1 } })),
    ).toBeUndefined();
  });
});
