import { afterAll, beforeAll, expect } from "vitest";
import {
  type Firefox,
  type FirefoxPreferences,
  type FirefoxTab,
  firefoxPath,
  startFirefox,
} from "./firefox.ts";

/** The tabs of a suite's Firefox. */
export interface FirefoxTabs {
  /** Opens a page in a new tab; `said` is told what it writes on its console. */
  open(url: string, said?: (text: string) => void): Promise<FirefoxTab>;
  /** Closes them. Fails where a page has thrown something that nobody caught. */
  close(): Promise<void>;
}

const found = firefoxPath();

/** Why there are no tests in a Firefox here; nothing where there are. */
export const missingFirefox = "missing" in found ? found.missing : undefined;

/** Has a Firefox for the tests of a suite, with these preferences on top of the usual ones. */
export function inFirefox(preferences?: FirefoxPreferences): FirefoxTabs {
  let firefox: Firefox | undefined;
  const tabs: FirefoxTab[] = [];
  const failures: Error[] = [];

  beforeAll(async () => {
    if ("path" in found) firefox = await startFirefox(found.path, preferences);
  }, 180_000);
  afterAll(() => firefox?.close());

  return {
    async open(url, said = () => {}) {
      if (firefox === undefined) throw new Error(`There is no Firefox: ${missingFirefox}.`);
      const tab = await firefox.open(url, { said, failed: (error) => void failures.push(error) });
      tabs.push(tab);
      return tab;
    },
    async close() {
      await Promise.all(tabs.splice(0).map((tab) => tab.close()));
      expect(failures.splice(0)).toEqual([]);
    },
  };
}
