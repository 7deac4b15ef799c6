/** Sound of one item on the track, without a gap. */
interface Sound {
  readonly itemId: string;
  readonly startMs: number;
  readonly durationMs: number;
}

/** What of one response has been handed to the track. */
export interface PlayedResponse {
  readonly responseId: string;
  /** In the order of time; empty once it has been silenced. */
  readonly sounds: readonly Sound[];
  /** `waiting` behind other sound; `silenced`: cut off, and what is still generated of it is not played. */
  readonly phase: "waiting" | "playing" | "silenced";
  /** When the response ended; `undefined` while it runs. */
  readonly completeMs: number | undefined;
}

/**
 * What a media track plays, as the service reckons it: sound is handed over as fast as it is generated and heard at
 * real pace, each piece after all before it.
 */
export interface Playback {
  readonly responses: readonly PlayedResponse[];
  /** When all that has been handed over will have been heard. */
  readonly endsAtMs: number;
}

/** A track that has been silent for ever. */
export const silentPlayback: Playback = { responses: [], endsAtMs: Number.NEGATIVE_INFINITY };

/** Whether the sound of a response has been cut off, so that no more of it is played. */
export function isSilenced({ responses }: Playback, responseId: string): boolean {
  return responses.some((played) => played.responseId === responseId && played.phase === "silenced");
}

/** The playback with more sound of a response behind all that it holds, handed over at `atMs`. */
export function withSound(
  { responses, endsAtMs }: Playback,
  responseId: string,
  { itemId, durationMs }: { readonly itemId: string; readonly durationMs: number },
  atMs: number,
): Playback {
  const startMs = Math.max(endsAtMs, atMs);
  const found = responses.find((played) => played.responseId === responseId);
  const played = found ?? { responseId, sounds: [], phase: "waiting", completeMs: undefined };
  const last = played.sounds.at(-1);
  const goesOn = last !== undefined && last.itemId === itemId && last.startMs + last.durationMs === startMs;
  const sounds = goesOn
    ? played.sounds.with(-1, { ...last, durationMs: startMs + durationMs - last.startMs })
    : [...played.sounds, { itemId, startMs, durationMs }];
  return {
    responses: replaced(responses, { ...played, sounds }),
    endsAtMs: startMs + durationMs,
  };
}

/** The playback after a response has ended; what has been handed over of it plays on. */
export function withCompletion(playback: Playback, responseId: string, atMs: number): Playback {
  const played = playback.responses.find((one) => one.responseId === responseId);
  if (played === undefined) return playback;
  if (played.phase === "silenced") return withoutResponse(playback, responseId);
  return { ...playback, responses: replaced(playback.responses, { ...played, completeMs: atMs }) };
}

/** The playback of a response that has become audible. */
export function withStart(playback: Playback, responseId: string): Playback {
  const responses = playback.responses.map(
    (played): PlayedResponse => (played.responseId === responseId ? { ...played, phase: "playing" } : played),
  );
  return { ...playback, responses };
}

/** The playback that has forgotten a response. */
export function withoutResponse(playback: Playback, responseId: string): Playback {
  const responses = playback.responses.filter((played) => played.responseId !== responseId);
  return { ...playback, responses };
}

/** The playback with all of its sound cut off at `atMs`; responses that still run stay silenced to their end. */
export function silenced({ responses }: Playback, atMs: number): Playback {
  const running = responses
    .filter(({ completeMs }) => completeMs === undefined)
    .map((played): PlayedResponse => ({ ...played, sounds: [], phase: "silenced" }));
  return { responses: running, endsAtMs: atMs };
}

/** How much of each item on the track has been heard by `atMs`, in the order in which they play. */
export function heardMs({ responses }: Playback, atMs: number): ReadonlyMap<string, number> {
  const heard = new Map<string, number>();
  const sounds = responses
    .flatMap((played) => played.sounds)
    .sort((one, other) => one.startMs - other.startMs);
  for (const { itemId, startMs, durationMs } of sounds) {
    const played = Math.max(0, Math.min(durationMs, atMs - startMs));
    heard.set(itemId, (heard.get(itemId) ?? 0) + played);
  }
  return heard;
}

/** The next response that becomes audible, or falls silent because all of it has been heard, and when. */
export function nextTurnOfPlayback({
  responses,
}: Playback): { readonly atMs: number; readonly played: PlayedResponse } | undefined {
  let next: { readonly atMs: number; readonly played: PlayedResponse } | undefined;
  for (const played of responses) {
    const atMs = turnMs(played);
    if (atMs !== undefined && (next === undefined || atMs < next.atMs)) next = { atMs, played };
  }
  return next;
}

function turnMs({ phase, sounds, completeMs }: PlayedResponse): number | undefined {
  if (phase === "waiting") return sounds[0]?.startMs;
  const last = sounds.at(-1);
  if (phase === "silenced" || completeMs === undefined || last === undefined) return undefined;
  return Math.max(completeMs, last.startMs + last.durationMs);
}

function replaced(responses: readonly PlayedResponse[], changed: PlayedResponse): readonly PlayedResponse[] {
  const index = responses.findIndex((played) => played.responseId === changed.responseId);
  return index === -1 ? [...responses, changed] : responses.with(index, changed);
}
