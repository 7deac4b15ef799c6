/** An id that nobody can guess: the prefix and so many hexadecimal digits. */
export function randomId(prefix: string, digits: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(Math.ceil(digits / 2)));
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return prefix + text.slice(0, digits);
}
