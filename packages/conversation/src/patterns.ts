/** Whether a text matches; every text does where the pattern is no regular expression. */
export function matches(pattern: string, text: string): boolean {
  return regularExpression(pattern)?.test(text) ?? true;
}

/** By code points where the pattern can be read so; older ones escape what need not be escaped. */
function regularExpression(pattern: string): RegExp | undefined {
  for (const flags of ["u", ""]) {
    try {
      return new RegExp(pattern, flags);
    } catch {}
  }
  return undefined;
}

/** What makes a schema none, in words that follow "have": the first that is found. */
export function badKeyword(schema: object): string | undefined {
  const seen = new Set<unknown>();
  const find = (part: unknown): string | undefined => {
    if (typeof part !== "object" || part === null || seen.has(part)) return undefined;
    seen.add(part);
    for (const [name, value] of Object.entries(part)) {
      // These hold values, not schemas.
      if (["const", "enum", "default", "examples"].includes(name)) continue;
      if (name === "required" && typeof value === "string")
        return `a required that is no list of names: ${value}`;
      const patterns =
        name === "patternProperties" && typeof value === "object" && value !== null
          ? Object.keys(value)
          : name === "pattern"
            ? [value]
            : [];
      const bad = patterns.find((one) => typeof one === "string" && regularExpression(one) === undefined);
      if (typeof bad === "string") return `a pattern that is no regular expression: ${bad}`;
      const deeper = find(value);
      if (deeper !== undefined) return deeper;
    }
    return undefined;
  };
  return find(schema);
}
