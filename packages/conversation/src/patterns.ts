/** Whether a text matches; every text does where the pattern is no regular expression. */
export function matches(pattern: string, text: string): boolean {
  return regularExpression(pattern)?.test(text) ?? true;
}

/** Whether `matches` can read a pattern. */
export function isRegularExpression(pattern: string): boolean {
  return regularExpression(pattern) !== undefined;
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
