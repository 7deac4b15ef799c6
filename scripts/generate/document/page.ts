/** Where a page's headings can be reached: `#…`, by what a heading is about. */
export interface Links {
  /** The way to the heading with this key; `undefined` when there is none. */
  to(key: string): string | undefined;
}

/** A heading that a page consists of, in order. */
interface Heading {
  readonly level: number;
  readonly text: string;
  readonly slug: string;
}

/** A page in the making. */
export interface Page {
  readonly links: Links;
  /** A heading from level 1 on. `key` says what it is about, for those who want to link to it. */
  heading(level: number, text: string, key?: string): void;
  /** Markdown in which no line is a heading; an empty text adds nothing. */
  add(markdown: string): void;
  /** A table of all headings of levels 2 and 3, in place. */
  contents(): void;
}

const contentsPlace = "\u0000contents\u0000";

/**
 * A page as Markdown. `write` is called twice: the links that it asks for the first time lead nowhere, since not all
 * headings are known. Throws when a link within the page leads to no heading.
 */
export function pageText(write: (page: Page) => void): string {
  const first = written(write, { to: () => undefined });
  const byKey = new Map(first.keys);
  const { blocks, headings } = written(write, { to: (key) => byKey.get(key) });
  const contents = headings
    .filter(({ level }) => level === 2 || level === 3)
    .map(({ level, text, slug }) => `${"  ".repeat(level - 2)}- [${text}](#${slug})`)
    .join("\n");
  const text = `${blocks.join("\n\n").replaceAll(contentsPlace, contents)}\n`;
  const slugs = new Set(headings.map(({ slug }) => slug));
  for (const [, slug = ""] of text.matchAll(/\]\(#([^)]*)\)/g)) {
    if (!slugs.has(slug)) throw new Error(`a link to #${slug}, where no heading is`);
  }
  return text;
}

function written(write: (page: Page) => void, links: Links) {
  const blocks: string[] = [];
  const headings: Heading[] = [];
  const keys: (readonly [string, string])[] = [];
  const slugs = new Map<string, number>();
  write({
    links,
    heading: (level, text, key) => {
      const slug = uniqueSlug(text, slugs);
      headings.push({ level, text, slug });
      if (key !== undefined) keys.push([key, `#${slug}`]);
      blocks.push(`${"#".repeat(level)} ${text}`);
    },
    add: (markdown) => {
      if (markdown !== "") blocks.push(markdown);
    },
    contents: () => blocks.push(contentsPlace),
  });
  return { blocks, headings, keys };
}

/** The anchor of a heading as GitHub and npm make it: a number is added to one that has been before. */
function uniqueSlug(text: string, seen: Map<string, number>): string {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");
  const before = seen.get(plain) ?? 0;
  seen.set(plain, before + 1);
  return before === 0 ? plain : `${plain}-${before}`;
}
