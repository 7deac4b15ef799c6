/** Parameters of an address that are worth reading in a message and open no door. */
const harmless = new Set([
  ...["model", "call_id", "intent", "conversation_id", "reasoning.effort"],
  ...["api-version", "deployment"],
]);

/** Shorter strings open no door either, and would be found in the middle of words. */
const shortest = 8;

const blank = "***";

/** The address for people to read: no password, and no parameter but those known to be harmless. */
export function shownUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = "";
  shown.password = "";
  for (const name of new Set(shown.searchParams.keys())) {
    if (!harmless.has(name)) shown.searchParams.set(name, blank);
  }
  return shown.href;
}

/** What must not be read in a message about this address, as it is written and as it is meant. */
export function secretsOf(url: URL): string[] {
  const written = [url.username, url.password];
  for (const parameter of url.search.slice(1).split("&")) {
    const at = parameter.indexOf("=");
    if (at >= 0 && !harmless.has(parameter.slice(0, at))) written.push(parameter.slice(at + 1));
  }
  return written.flatMap((secret) => {
    const meant = decoded(secret);
    return [secret, meant, encodeURIComponent(meant)];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** `text` with every one of `secrets` blanked out. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter(({ length }) => length >= shortest)
    .reduce((shown, secret) => shown.replaceAll(secret, blank), text);
}
