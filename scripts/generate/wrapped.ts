/** Text in lines short enough for a comment, also where that is indented. */
export function wrapped(text: string): string {
  return text.replace(/(?=.{104})(.{1,103}) /g, "$1\n");
}
