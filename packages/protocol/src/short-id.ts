/** The most characters that OpenAI takes as the id that a client gives to an item or a call. */
export const maxIdCharacters = 32;

/**
 * An id made from one that is too long for a client to give, or has unusual characters: `prefix`, a hash of the whole
 * and its end, always the same for the same one, and as long as `maxIdCharacters` allows.
 */
export function shortId(prefix: string, id: string): string {
  const start = `${prefix}${hashOf(id)}_`;
  return start + id.slice(start.length - maxIdCharacters).replace(/[^A-Za-z0-9_-]/g, "_");
}

/** FNV-1a of the characters, as 7 characters of base 36. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36).padStart(7, "0");
}
