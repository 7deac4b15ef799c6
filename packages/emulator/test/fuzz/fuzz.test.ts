import { describe, expect, it } from "vitest";
import { abused, bounds } from "./abuse.ts";
import { framePool } from "./frame-pool.ts";

/** A million (`FUZZ_FRAMES=1000000`) takes some 60 seconds of work; other seeds (`FUZZ_SEED`) find other things. */
const frameCount = Number(process.env.FUZZ_FRAMES ?? 50_000);
const seed = Number(process.env.FUZZ_SEED ?? 20_261_121);

/** What has to come of so many frames, or they prove nothing. */
const types = [
  "session.updated",
  "error",
  "input_audio_buffer.speech_started",
  "input_audio_buffer.speech_stopped",
  "input_audio_buffer.committed",
  "input_audio_buffer.cleared",
  "input_audio_buffer.timeout_triggered",
  "input_audio_buffer.dtmf_event_received",
  "conversation.item.added",
  "conversation.item.deleted",
  "conversation.item.retrieved",
  "conversation.item.truncated",
  "conversation.item.input_audio_transcription.completed",
  "response.output_audio.delta",
  "response.output_text.delta",
  "response.function_call_arguments.delta",
  "response.mcp_call_arguments.delta",
  "response.mcp_call.completed",
  "mcp_list_tools.completed",
  "mcp_list_tools.failed",
  "output_audio_buffer.started",
  "output_audio_buffer.cleared",
  "response.done",
  "rate_limits.updated",
  "session.closed",
];

const codes = [
  "invalid_json",
  "invalid_event",
  "nested_too_deep",
  "invalid_value",
  "unknown_parameter",
  "missing_required_parameter",
  "conversation_already_has_active_response",
  "response_cancel_not_active",
  "input_audio_buffer_commit_empty",
  "item_create_invalid_approval_request_id",
  "prompt_not_found",
  "limit_exceeded",
  "context_length_exceeded",
];

describe("a service that is sent anything in any order", () => {
  it("never throws or hangs, sends nothing that the protocol does not allow, and stays within bounds", () => {
    const before = process.cpuUsage();
    const met = abused(framePool(seed), frameCount, seed);
    const seconds = (process.cpuUsage(before).user / 1e6).toFixed(1);
    console.info(`${met.frames} frames, ${met.sessions} sessions, ${seconds} s of work; at most:`, met.most);

    expect(met.frames).toBe(frameCount);
    expect(met.invalid).toEqual([]);
    expect(types.filter((type) => !met.counts.has(type))).toEqual([]);
    expect(codes.filter((code) => !met.codes.has(code))).toEqual([]);
    // What runs when a bound is met goes on: a response ends its items, and says what it was about to say.
    expect(met.most.items).toBeLessThanOrEqual(bounds.maxItems + 10);
    expect(met.most.bytes).toBeLessThanOrEqual(bounds.maxHeldBytes * 1.25);
    expect(met.most.responses).toBeLessThanOrEqual(bounds.maxResponses);
    expect(met.most.servers).toBeLessThanOrEqual(bounds.maxMcpServers);
    expect(met.most.late).toBeLessThan(100);
    expect(met.most["put off"]).toBeLessThan(200);
    // All else that a state remembers, whatever it is.
    expect(met.most.values).toBeLessThan(60 * bounds.maxItems);
  }, 3_600_000);
});
