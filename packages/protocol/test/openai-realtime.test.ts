import { describe, expect, it } from "vitest";
import { clientEvents, openaiRealtime, realtimeProtocol, serverEvents } from "../src/index.ts";

describe("openaiRealtime", () => {
  it("speaks the 11 client and 46 server events", () => {
    expect(Object.keys(clientEvents)).toHaveLength(11);
    expect(Object.keys(serverEvents)).toHaveLength(46);
    for (const type of Object.keys(serverEvents)) expect(openaiRealtime.isServerEvent({ type })).toBe(true);
    for (const type of Object.keys(clientEvents)) expect(openaiRealtime.isServerEvent({ type })).toBe(false);
  });

  it("has a name and a greeting", () => {
    expect(openaiRealtime).toMatchObject({ name: "openai-realtime", greeting: "session.created" });
  });

  it("refuses a command that the service would refuse", () => {
    const issuesOf = (event: object) =>
      openaiRealtime.issuesOf(event as Parameters<typeof openaiRealtime.issuesOf>[0]);
    expect(issuesOf({ type: "response.create" })).toEqual([]);
    expect(
      issuesOf({
        type: "session.update",
        session: { type: "realtime", audio: { input: { format: { type: "audio/pcm", rate: 16000 } } } },
      }),
    ).toEqual([{ path: "/session/audio/input/format/rate", message: "expected 24000, found 16000" }]);
    expect(issuesOf({ type: "session.update", session: { instructions: "x" } })).toEqual([
      { path: "/session/type", message: 'missing: expected "realtime" or "transcription"' },
    ]);
    expect(
      issuesOf({
        type: "conversation.item.create",
        item: { type: "message", role: "user", content: [{ type: "text" }] },
      }),
    ).toEqual([
      {
        path: "/item/content/0/type",
        message: 'expected "input_text", "input_audio" or "input_image", found "text"',
      },
    ]);
    expect(
      issuesOf({
        type: "response.create",
        response: { metadata: { ["k".repeat(65)]: "v" }, max_output_tokens: 4097 },
      }),
    ).toEqual([
      {
        path: "/response/max_output_tokens",
        message: 'expected an integer from 1 to 4096 or "inf", found 4097',
      },
      {
        path: `/response/metadata/${"k".repeat(65)}`,
        message: `expected a key of at most 64 characters, found "${"k".repeat(40)}…"`,
      },
    ]);
    expect(issuesOf({ type: "input_audio_buffer.append", audio: "A".repeat(20_971_524) })).toHaveLength(1);
    expect(issuesOf({ type: "no.such.event" })).toEqual([
      { path: "/type", message: expect.stringMatching(/^expected a client event/) },
    ]);
  });

  it("takes a field that is undefined for one that is absent", () => {
    const event = {
      type: "response.create",
      event_id: undefined,
      response: { metadata: undefined, input: undefined },
    };
    expect(
      openaiRealtime.issuesOf(event as unknown as Parameters<typeof openaiRealtime.issuesOf>[0]),
    ).toEqual([]);
  });
});

describe("realtimeProtocol", () => {
  it("does without validation when told nothing", () => {
    const small = realtimeProtocol();
    expect(small.decode('{"type":"response.done"}')).toMatchObject({ kind: "known", issues: [] });
    expect(small.issuesOf({ type: "conversation.item.delete", item_id: "" })).toEqual([]);
  });

  it("asks the validation that it is given", () => {
    const issue = { path: "", message: "no" };
    const strict = realtimeProtocol({ validation: { client: () => [issue], server: () => [] } });
    expect(strict.decodeClient('{"type":"response.create"}')).toMatchObject({ issues: [issue] });
    expect(strict.issuesOf({ type: "response.create" })).toEqual([issue]);
  });
});
