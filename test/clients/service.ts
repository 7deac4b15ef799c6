import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { type Recording, readRecording } from "@duologue/core";
import { type Listening, type ListenOptions, listen } from "@duologue/emulator/node";
import { openaiRealtime, openaiTranslation } from "@duologue/protocol";
import { afterEach, expect } from "vitest";

/** The emulator as a client of the service meets it: by TLS, with a certificate that this process trusts. */
export interface Service extends Listening {
  /** Where a WebSocket goes, with a model: `wss://…/v1/realtime?model=…`. */
  readonly realtimeUrl: string;
  /** Ends it. What went to and fro then, a recording of each session that was let in, oldest first. */
  recorded(): Promise<readonly Recording[]>;
}

/** The one key that it takes. */
export const key = "sk-of-this-test";

const running = new Map<Service, string>();

// Whatever a test is about: what its clients were told is what the schemas say.
afterEach(async () => {
  const services = [...running];
  running.clear();
  for (const [there, folder] of services) {
    const recordings = await there.recorded();
    await rm(folder, { recursive: true });
    expect(recordings.flatMap(faultsIn)).toEqual([]);
  }
});

/**
 * Starts it, until the test is over. Sound comes at once, so that nothing waits for the time that speech takes. A test
 * fails whose clients were sent an event that the protocol's schemas do not allow.
 */
export async function service(options: ListenOptions = {}): Promise<Service> {
  const record = await mkdtemp(join(tmpdir(), "clients-"));
  const listening = await listen({
    tls: true,
    keys: [key],
    pace: Number.POSITIVE_INFINITY,
    firstOutputMs: 0,
    ...options,
    record,
  });
  setDefaultCACertificates([...getCACertificates("default"), listening.certificate ?? ""]);
  const there: Service = {
    ...listening,
    realtimeUrl: `${listening.url}?model=gpt-realtime`,
    async recorded() {
      await listening.close();
      const names = (await readdir(record)).sort();
      const texts = names.map((name) => readFile(join(record, name), "utf8"));
      return (await Promise.all(texts)).map(readRecording);
    },
  };
  running.set(there, record);
  return there;
}

/** What is wrong with the events that the emulator sent, by the protocol's own schemas. */
export function faultsIn({ header, entries, problems }: Recording): readonly string[] {
  const { decode } = header.protocol === openaiTranslation.name ? openaiTranslation : openaiRealtime;
  const events = entries.flatMap(({ from, event }) => {
    if (from === "local") return event.type === "frame.undecodable" ? [`${event.from}: ${event.reason}`] : [];
    if (from === "client") return [];
    const decoded = decode(JSON.stringify(event));
    if (decoded.kind === "undecodable") return [decoded.reason];
    if (decoded.kind === "unknown") return [`unknown type ${decoded.event.type}`];
    return decoded.issues.map(({ path, message }) => `${event.type}${path}: ${message}`);
  });
  return [...events, ...problems.map(({ message }) => message)];
}

/**
 * The types of what was said in a session, in order: `> response.create` for the client, `< response.done` for the
 * emulator. Deltas and appended sound are left out.
 */
export function exchanged({ entries }: Recording): readonly string[] {
  return entries.flatMap(({ from, event: { type } }) =>
    from === "local" || type.endsWith(".delta") || type.endsWith(".append")
      ? []
      : [`${from === "client" ? ">" : "<"} ${type}`],
  );
}
