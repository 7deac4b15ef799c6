const replacement = "[redacted]";

/**
 * The same event without credentials, which the protocol carries in two places: the `authorization` and `headers` of
 * an MCP tool, and the `client_secret` of a session. Returns `value` itself when there is nothing to replace. What
 * contains itself is no event: from where it begins anew it is left as it is.
 */
export function redacted<T>(value: T): T {
  // The copy has the shape of the original: only strings stand where credentials stood.
  return withoutCredentials(value, []) as T;
}

function withoutCredentials(value: unknown, around: readonly object[]): unknown {
  if (typeof value !== "object" || value === null || around.includes(value)) return value;
  const holders = [...around, value];
  if (Array.isArray(value)) {
    const items = value.map((item) => withoutCredentials(item, holders));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const isMcpTool = "type" in value && value.type === "mcp";
  let changed: Record<string, unknown> | undefined;
  for (const [name, field] of Object.entries(value)) {
    const isSecret = isCredential(name, isMcpTool) && field !== null;
    const clean = isSecret ? replacement : withoutCredentials(field, holders);
    if (clean === field) continue;
    changed ??= { ...value };
    changed[name] = clean;
  }
  return changed ?? value;
}

function isCredential(name: string, isMcpTool: boolean): boolean {
  return name === "client_secret" || (isMcpTool && (name === "authorization" || name === "headers"));
}

/** The same text without anything that looks like a key: what services and people put into a close reason. */
export function withoutKeys(text: string): string {
  return text.replace(/\b(?:[a-z]{2,4}[-_](?=[\w-]*\d)[\w-]{12,}|Bearer\s+\S{12,})/gi, replacement);
}
