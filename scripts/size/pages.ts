import { join } from "node:path";
import { type Bundle, otherBundles, ownBundles } from "./bundles.ts";
import { officialBundles, sessionBundles } from "./session-bundles.ts";

/** A page that states the sizes of bundles. */
export interface SizePage {
  readonly file: string;
  /** The folder from which imports are resolved. */
  readonly from: string;
  readonly own: readonly Bundle[];
  /** What the same costs elsewhere. */
  readonly others: readonly Bundle[];
  /** A paragraph behind the table of our own. */
  readonly remark: string;
}

const root = join(import.meta.dirname, "../..");

/** Every page of sizes in the repository. */
export const sizePages: readonly SizePage[] = [
  {
    file: join(root, "packages/protocol/SIZES.md"),
    from: join(root, "packages/protocol"),
    own: ownBundles,
    others: otherBundles,
    remark: `Each validator is a plain function that names the shapes it uses and no others, so a bundler takes exactly those; a test
bundles the validator of every event and looks at what came with it.`,
  },
  {
    file: join(root, "docs/sizes.md"),
    from: root,
    own: sessionBundles,
    others: officialBundles,
    remark: `A conversation is about half of a page on a call, RxJS about a tenth. [0029](decisions/0029-what-a-page-brings.md)
says why it is not less.`,
  },
];
