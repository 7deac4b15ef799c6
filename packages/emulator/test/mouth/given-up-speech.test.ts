import type { ClientEvent, ServerEvent } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { sessions } from "../../src/mouth/sessions.ts";
import { base64, one, speech } from "../support/conversation.ts";
import { fakeClock } from "../support/fake-clock.ts";

/** A session whose voice speaks when it is told to, and what it has been asked. */
function opened(kind: "realtime" | "translation" = "realtime", options = {}) {
  const clock = fakeClock();
  const events: ServerEvent[] = [];
  const asked: { text: string; signal: AbortSignal; give: (samples: Int16Array) => void }[] = [];
  const voice = {
    speak: (text: string, { signal }: { readonly signal: AbortSignal }) =>
      new Promise<Int16Array>((give) => asked.push({ text, signal, give })),
  };
  const scenario = { turns: [{ say: "One." }, { say: "Two." }, { say: "Three." }] };
  const service = sessions({ clock, epochMs: () => 0, voice, scenario, ...options });
  // The service sends server events.
  const send = (frame: string) => void events.push(JSON.parse(frame) as ServerEvent);
  const session = service.open({ send, close() {} }, { model: "gpt-realtime", kind });
  return {
    clock,
    events,
    asked,
    session,
    perform: (command: ClientEvent) => session.frame(JSON.stringify(command)),
    givenUp: () => asked.map(({ signal }) => signal.aborted),
  };
}

describe("the signal that a voice is given", () => {
  it("fires when the response is cancelled, and no other one's", () => {
    const { perform, givenUp } = opened();
    perform({ type: "response.create" });
    perform({ type: "response.create", response: { conversation: "none" } });
    expect(givenUp()).toEqual([false, false]);
    perform({ type: "response.cancel" });
    expect(givenUp()).toEqual([true, false]);
  });

  it("fires when the response ends in another way", async () => {
    const { clock, session, perform, givenUp } = opened();
    perform({ type: "response.create" });
    session.input({ type: "fault", fault: { type: "end_response", status: "failed" } });
    await clock.advance(1000);
    expect(givenUp()).toEqual([true]);
  });

  it("fires when it has taken too long", async () => {
    const { clock, events, perform, givenUp } = opened("realtime", { voiceTimeoutMs: 5000 });
    perform({ type: "response.create" });
    await clock.advance(4999);
    expect(givenUp()).toEqual([false]);
    await clock.advance(1000);
    expect(givenUp()).toEqual([true]);
    expect(one(events, "response.done").response.status).toBe("failed");
  });

  it("fires when the session is over, however it ends", async () => {
    const left = opened();
    left.perform({ type: "response.create" });
    left.session.end();
    expect(left.givenUp()).toEqual([true]);
    const expired = opened("realtime", { expireAfterMs: 5000 });
    expired.perform({ type: "response.create" });
    await expired.clock.advance(5000);
    expect(expired.givenUp()).toEqual([true]);
  });

  it("fires when the session of a translation is over", () => {
    const { session, asked, givenUp } = opened("translation");
    const audio = base64(speech("Hello", 1000));
    session.frame(JSON.stringify({ type: "session.input_audio_buffer.append", audio }));
    expect(asked.map(({ text }) => text)).toEqual(["One."]);
    session.frame(JSON.stringify({ type: "session.input_audio_buffer.append", audio }));
    expect(givenUp()).toEqual([false, false]);
    session.end();
    expect(givenUp()).toEqual([true, true]);
  });

  it("does not fire once it has spoken", async () => {
    const { clock, events, asked, session, perform, givenUp } = opened();
    perform({ type: "response.create" });
    asked[0]?.give(speech("One."));
    await clock.advance(300);
    perform({ type: "response.cancel" });
    expect(one(events, "response.done").response.output).toHaveLength(1);
    session.end();
    expect(givenUp()).toEqual([false]);
  });
});
