import type { AnySessionConfig, AnySessionState } from "@duologue/protocol";

/**
 * What the server is going to report once it has taken these updates: each setting as the latest of them has it, and
 * otherwise as `reported`. Settings are those of `sessionChange`.
 */
export function expectedSession(
  reported: AnySessionState,
  updates: readonly AnySessionConfig[],
): AnySessionState {
  let session = reported;
  for (const update of updates) {
    if (update.type !== session.type) continue;
    const { input, output } = sides(session);
    const { input: ear, output: mouth } = sides(update);
    const audio = { input: { ...input, ...ear }, output: { ...output, ...mouth } };
    // Fields of both, under the type that they share.
    session = { ...session, ...update, audio } as AnySessionState;
  }
  return session;
}

/** A transcription session has no output. */
function sides({ audio }: AnySessionState | AnySessionConfig): {
  readonly input?: object;
  readonly output?: object;
} {
  const { input, output }: { input?: object | null; output?: object | null } = audio ?? {};
  return { ...(input && { input }), ...(output && { output }) };
}
