import { afterEach } from "vitest";
import { type Listening, type ListenOptions, listen } from "../../src/node/listen.ts";

const open: Listening[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

/** A server on a free port that is closed when the test is over. */
export async function listening(options: ListenOptions = {}): Promise<Listening> {
  const server = await listen(options);
  open.push(server);
  return server;
}
