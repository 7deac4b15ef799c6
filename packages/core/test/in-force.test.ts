import type { ClientEvent, SessionConfig } from "@duologue/protocol";
import { describe, expect, it } from "vitest";
import { inForce } from "../src/in-force.ts";

const update = (session: Omit<SessionConfig, "type">, event_id?: string): ClientEvent => ({
  type: "session.update",
  session: { type: "realtime", ...session },
  ...(event_id === undefined ? {} : { event_id }),
});

describe("the commands in force", () => {
  it("are the latest of those that set the same", () => {
    const last = update({ tools: [] }, "two");
    const other = update({ instructions: "Be brief." });
    expect(inForce([update({ tools: [] }, "one"), other, last])).toEqual([other, last]);
  });

  it("are also those of which a later one sets a part only", () => {
    const both = [
      update({ audio: { input: { turn_detection: { type: "server_vad", threshold: 0.9 } } } }),
      update({ audio: { input: { turn_detection: { type: "server_vad" } } } }),
    ];
    expect(inForce(both)).toEqual(both);
  });

  it("are not those that a later one takes back as a whole", () => {
    const none = update({ audio: { input: { turn_detection: null } } });
    const some = update({ audio: { input: { turn_detection: { type: "server_vad", threshold: 0.9 } } } });
    expect(inForce([some, none])).toEqual([none]);
    expect(inForce([none, some])).toEqual([some]);
  });

  it("are told apart by their type", () => {
    const append: ClientEvent = { type: "input_audio_buffer.append", audio: "" };
    const commit: ClientEvent = { type: "input_audio_buffer.commit" };
    expect(inForce([commit, append])).toEqual([commit, append]);
  });

  it("stay few where a program changes its tools all the time", () => {
    const changes = Array.from({ length: 1000 }, (_, index) => update({ tools: [] }, `cmd_${index}`));
    expect(inForce(changes)).toHaveLength(1);
  });
});
