const ofService = /^(?:\/openai)?\/v1\/realtime(?:\/(.+))?$/;

/** Where sessions are opened, as they follow `/v1/realtime`. */
const openings: readonly (string | undefined)[] = ["", "translations"];

/**
 * What a path has behind `/v1/realtime`, without the slash, and the empty text for that path itself; `undefined` for
 * every other path. Azure's clients have `/openai` before it.
 */
export function pathInService(pathname: string): string | undefined {
  const match = ofService.exec(pathname);
  return match === null ? undefined : (match[1] ?? "");
}

/** Whether a WebSocket may be opened at this path. */
export function opensSessions(pathname: string): boolean {
  return openings.includes(pathInService(pathname));
}

/** The paths that there are, as one sentence. */
export const servicePaths =
  "A WebSocket dials /v1/realtime or /v1/realtime/translations; HTTP has /v1/realtime/client_secrets and " +
  "/v1/realtime/calls; each is also below /openai.";
