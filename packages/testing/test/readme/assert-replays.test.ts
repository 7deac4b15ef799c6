import { readRecording, realtimeSession, type Transport } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import { assertReplays } from "@duologue/testing";
import { it } from "vitest";

const recording = readRecording(`{"duologue":1,"protocol":"openai-realtime"}
{"t":0,"from":"link","opened":{"transport":"websocket","audio":"events"}}
{"t":5,"from":"server","event":{"type":"session.created","event_id":"event_1","session":{}}}
{"t":9,"from":"client","event":{"type":"input_audio_buffer.clear","event_id":"cmd_1"}}
{"t":20,"from":"server","event":{"type":"input_audio_buffer.cleared","event_id":"event_2"}}`);

/** The program under test. */
async function program(transport: Transport): Promise<void> {
  const session = realtimeSession({ transport, protocol: openaiRealtime });
  await session.open();
  await session.request({ type: "input_audio_buffer.clear" });
  await session.close();
}

it("does again what was recorded", () => assertReplays({ recording, protocol: openaiRealtime, program }));
