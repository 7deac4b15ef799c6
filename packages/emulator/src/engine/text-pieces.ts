/** A word with the blanks before it, or one other character with the blanks before it, or blanks at the end. */
const piece = /\s*(?:[\p{L}\p{M}\p{N}_'’]+|[^\s])|\s+/gu;

/**
 * Cuts a text as a model would write it, into pieces of about a token: words with the blank before them, marks on
 * their own. Joined, the pieces are the text.
 */
export function textPieces(text: string): readonly string[] {
  return text.match(piece) ?? [];
}
