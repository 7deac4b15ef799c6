import type { AnySessionConfig, AnySessionState, AudioConfig, AudioState } from "@duologue/protocol";

/**
 * Those settings of `wanted` that differ from what the server last reported; `undefined` where none does. A setting is
 * the same when every field that is given is: fields that are left out count as they are. Formats, the transcription,
 * noise reduction, turn detection, voice and speed are settings of their own, and so is the list of tools. Credentials
 * of MCP tools are not in a state, so that tools that have some always differ.
 */
export function sessionChange(
  reported: AnySessionState,
  wanted: AnySessionConfig,
): AnySessionConfig | undefined {
  if (reported.type !== wanted.type) return wanted;
  const { type, audio: sound = {}, ...plain } = wanted;
  // A transcription session has no output.
  const { input: ear, output: mouth }: AudioConfig = sound;
  const now: AudioState = reported.audio ?? {};
  const input = differing(now.input, ear);
  const output = differing(now.output, mouth);
  const others = differing(reported, plain);
  const audio =
    input === undefined && output === undefined
      ? undefined
      : { ...(input && { input }), ...(output && { output }) };
  if (others === undefined && audio === undefined) return undefined;
  // Fields of `wanted`, under its type.
  return { type, ...others, ...(audio && { audio }) } as AnySessionConfig;
}

/** The fields of `wanted` that differ; `undefined` where none does. */
function differing<T extends object>(
  reported: object | undefined,
  wanted: T | undefined,
): Partial<T> | undefined {
  const now = (reported ?? {}) as Readonly<Record<string, unknown>>;
  const fields = Object.entries(wanted ?? {}).filter(
    ([name, value]) => value !== undefined && !contains(now[name], value),
  );
  // Some of the fields of T.
  return fields.length === 0 ? undefined : (Object.fromEntries(fields) as Partial<T>);
}

/** Whether a value is `part`, or an object that has all that `part` has. What is absent is `null`. */
function contains(value: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return (
      Array.isArray(value) &&
      value.length === part.length &&
      part.every((entry, index) => contains(value[index], entry))
    );
  }
  if (typeof part !== "object" || part === null) return (value ?? null) === (part ?? null);
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.entries(part).every(([name, entry]) => entry === undefined || contains(fields[name], entry));
}
