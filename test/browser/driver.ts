import { RealtimeError } from "@duologue/core";
import { transportConformance } from "@duologue/testing";
import { webSocket } from "@duologue/transport-websocket";
import type { FromDriver, ToDriver } from "./control-messages.ts";
import { countedResources } from "./counted-resources.ts";
import { heldConversation } from "./held-conversation.ts";
import { type RemoteHarness, remoteHarness } from "./remote-harness.ts";

// Runs in the runtime under test, bundled, and does what the control channel says.

/** Addresses that the bundler writes in: of the control channel, of the peers, of the emulator. */
declare const CONTROL_URL: string;
declare const PEERS_URL: string;
declare const EMULATOR_URL: string;

const resources = countedResources();
const control = new WebSocket(CONTROL_URL);
const tell = (message: FromDriver) => control.send(JSON.stringify(message));
const harnesses: RemoteHarness[] = [];

async function conformance(id: string): Promise<void> {
  const found = transportConformance.find((each) => each.id === id);
  if (found === undefined) throw new Error(`There is no case ${id}.`);
  const made = remoteHarness(harnesses.length, PEERS_URL, tell, resources);
  harnesses.push(made);
  await found.run(made.harness);
}

/** What becomes of a key that is not ephemeral. */
async function lastingKey(): Promise<string> {
  const sink = { frame() {}, closed() {} };
  try {
    const connection = await webSocket({ url: EMULATOR_URL, apiKey: "sk-proj-lasting" }).open(sink);
    await connection.close();
    return "sent";
  } catch (error) {
    return RealtimeError.is(error) ? error.message : String(error);
  }
}

async function run(name: string): Promise<unknown> {
  if (name === "conversation") return heldConversation(EMULATOR_URL);
  if (name === "lasting key") return lastingKey();
  return conformance(name);
}

control.addEventListener("open", () => tell({ kind: "ready", userAgent: navigator.userAgent }));
control.addEventListener("message", ({ data }) => {
  // Written by the test, in this form.
  const message = JSON.parse(String(data)) as ToDriver;
  if (message.kind !== "run") {
    harnesses[message.harness]?.told(message);
    return;
  }
  run(message.name).then(
    (result) => tell({ kind: "ran", run: message.run, result }),
    (error: unknown) =>
      tell({ kind: "ran", run: message.run, error: error instanceof Error ? error.message : String(error) }),
  );
});
