import { secondVersion } from "./second-version.ts";
import { isRecord } from "./shape.ts";
import { thirdVersion } from "./third-version.ts";

/** What makes a state of one version from one of the version before: the first takes version 1 to 2. */
const migrations: readonly ((older: Readonly<Record<string, unknown>>) => unknown)[] = [
  secondVersion,
  thirdVersion,
];

/** The version of states that this package makes. */
export const presentVersion = migrations.length + 1;

/**
 * A state in the form of this version, as far as an older one tells. Anything else comes back as it is: what is no
 * state, and what comes from a later version.
 */
export function migrated(state: unknown): unknown {
  let next = state;
  while (isRecord(next)) {
    const { version } = next;
    const migrate = typeof version === "number" ? migrations[version - 1] : undefined;
    if (migrate === undefined) break;
    next = migrate(next);
  }
  return next;
}
