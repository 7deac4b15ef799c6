/** The JSON Pointer of what stands at `step` in what `path` points to. Source: RFC 6901, section 3. */
export function pointer(path: string, step: PropertyKey): string {
  return `${path}/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
