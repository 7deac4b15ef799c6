import { type ConversationState, conversation } from "@duologue/conversation";
import {
  type Clock,
  type Entry,
  readRecording,
  recordingHeader,
  recordingLine,
  replaySession,
} from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";

/** The state of a log that was recorded and replayed. */
export async function replayedState(log: readonly Entry[]): Promise<ConversationState> {
  const text = [recordingHeader(openaiRealtime.name), ...log.map(recordingLine)].join("\n");
  const recording = readRecording(text);
  const { session, run } = replaySession({ recording, protocol: openaiRealtime, pace: instantly() });
  const talk = conversation(session, { live: false });
  await run();
  const { state } = talk;
  talk.close();
  await session.close();
  return state;
}

/** A clock on which everything is long due: a replay by it waits for nothing, not even for a timer of the system. */
function instantly(): Clock {
  let nowMs = 0;
  return {
    now() {
      nowMs += 1e9;
      return nowMs;
    },
    after(_delayMs, run) {
      const immediate = setImmediate(run);
      return () => clearImmediate(immediate);
    },
  };
}
