const replacement = "[redacted]";

/**
 * The same event without credentials, which the protocol carries in one place: the `authorization` and `headers`
 * of an MCP tool. Returns `value` itself when there is nothing to replace.
 */
export function redacted<T>(value: T): T {
  // The copy has the shape of the original: only strings stand where credentials stood.
  return withoutCredentials(value) as T;
}

function withoutCredentials(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(withoutCredentials);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const isMcpTool = "type" in value && value.type === "mcp";
  let changed: Record<string, unknown> | undefined;
  for (const [name, field] of Object.entries(value)) {
    const secret = isMcpTool && (name === "authorization" || name === "headers") && field !== null;
    const clean = secret ? replacement : withoutCredentials(field);
    if (clean === field) continue;
    changed ??= { ...value };
    changed[name] = clean;
  }
  return changed ?? value;
}
