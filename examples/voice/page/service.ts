/** Whom the page talks to, as its server tells. */
export interface Service {
  /** The address of the API. */
  readonly base: string;
  readonly model: string;
  /** Whether it is the emulator, which hears that somebody speaks and not what. */
  readonly isEmulated: boolean;
  /** Asks the page's own server for an ephemeral key: each connection takes a new one. */
  readonly apiKey: (signal: AbortSignal) => Promise<string>;
}

/** Asks the page's server for the service. Rejects where the server is gone. */
export async function service(): Promise<Service> {
  const response = await fetch("/api/service");
  if (!response.ok) throw new Error(`The page's server answered with HTTP ${response.status}.`);
  return { ...(await response.json()), apiKey };
}

async function apiKey(signal: AbortSignal): Promise<string> {
  const response = await fetch("/api/token", { method: "POST", signal });
  const { value, error }: { readonly value?: string; readonly error?: string } = await response.json();
  if (value === undefined)
    throw new Error(error ?? `The page's server answered with HTTP ${response.status}.`);
  return value;
}
