import { conversation, textOf } from "@duologue/conversation";
import { RealtimeError, realtimeSession } from "@duologue/core";
import { openaiRealtime } from "@duologue/protocol";
import { transportConformance } from "@duologue/testing";
import {
  type CallStats,
  failedStep,
  realtimeCalls,
  sdpEndpoint,
  type WebRtcOptions,
  webRtc,
} from "@duologue/transport-webrtc";
import { loopbackHarnesses } from "../../../packages/transport-webrtc/test/loopback-harness.ts";

// Runs in a page of a browser, bundled. The test calls what it leaves under `page`.

/** How a page calls. */
export interface CallRequest {
  /** The API of an emulator. */
  readonly base?: string;
  readonly apiKey?: string;
  /** Or an endpoint of the page's own server. */
  readonly endpoint?: string;
  readonly microphone?: boolean | MediaTrackConstraints;
  readonly muted?: boolean;
  readonly say?: string;
}

/** What a test can ask of the page. */
export interface Page {
  conformance(id: string): Promise<void>;
  /** Opens a session. Resolves with how it went. */
  open(request: CallRequest): Promise<Opened>;
  report(): Report;
  /** Resolves when so many of the server's events have been of this type, by now. */
  came(type: string, count?: number): Promise<void>;
  /** Resolves when the session is ready by another call than that of this id. */
  replaced(callId: string): Promise<void>;
  say(text: string): void;
  mute(isMuted: boolean): void;
  use(deviceId: string, more: MediaTrackConstraints): Promise<string>;
  /** Resolves when the other side is heard, or is silent for half a second. */
  hears(what: "sound" | "silence"): Promise<void>;
  /** A measurement of the call, once a microphone is sent and all of it can be measured. */
  stats(): Promise<CallStats>;
  close(): Promise<void>;
}

/** How an open went. */
export interface Opened {
  readonly callId?: string | undefined;
  readonly maxFrameBytes?: number | undefined;
  readonly error?: { readonly code: string; readonly step: string | undefined; readonly message: string };
}

/** What has happened so far. */
export interface Report {
  readonly status: string;
  readonly callId: string | undefined;
  /** The types of the server's events, in order. */
  readonly events: readonly string[];
  readonly statuses: readonly string[];
  readonly items: readonly string[];
  readonly microphone: string;
  readonly isMuted: boolean;
  /** How often the page was asked for a microphone. */
  readonly questions: number;
}

let questions = 0;
const mediaDevices = {
  getUserMedia(constraints?: MediaStreamConstraints) {
    questions += 1;
    return navigator.mediaDevices.getUserMedia(constraints);
  },
};

function transportOf({ base, apiKey = "ek_of_this_test", endpoint, microphone = true }: CallRequest) {
  const session = { type: "realtime", model: "gpt-realtime" };
  const options: WebRtcOptions = {
    exchange:
      endpoint === undefined ? realtimeCalls({ apiKey, base, session }) : sdpEndpoint({ url: endpoint }),
    microphone,
    mediaDevices,
    disconnectedMs: 1_000,
    statsMs: 200,
  };
  return webRtc(options);
}

let running: ReturnType<typeof start> | undefined;

function start(request: CallRequest) {
  const transport = transportOf(request);
  const session = realtimeSession({
    transport,
    protocol: openaiRealtime,
    configure: [{ type: "session.update", session: { type: "realtime", instructions: "Be brief." } }],
    reconnect: { baseMs: 50 },
  });
  const talk = conversation(session);
  const events: string[] = [];
  const statuses: string[] = [];
  /** Looked at whenever something has happened. */
  const watchers = new Set<() => void>();
  const look = () => watchers.forEach((each) => void each());
  session.events$.subscribe(({ type }) => events.push(type));
  session.status$.subscribe(({ state }) => statuses.push(state));
  session.events$.subscribe(look);
  session.status$.subscribe(look);
  return { transport, session, talk, events, statuses, watchers };
}

/** Resolves when something is so, of what is told by the session. */
function reached(isSo: () => boolean): Promise<void> {
  const { watchers } = current();
  return new Promise((resolve) => {
    const look = () => {
      if (!isSo()) return;
      watchers.delete(look);
      resolve();
    };
    watchers.add(look);
    look();
  });
}

function current() {
  if (running === undefined) throw new Error("Nothing was opened.");
  return running;
}

function connection() {
  const { connection: open } = current().session;
  if (open === undefined) throw new Error("There is no connection.");
  return open;
}

const harnesses = loopbackHarnesses(RTCPeerConnection);

const page: Page = {
  async conformance(id) {
    const found = transportConformance.find((each) => each.id === id);
    if (found === undefined) throw new Error(`There is no case ${id}.`);
    const peers = () => Array.from({ length: harnesses.openPeers }, () => "RTCPeerConnection");
    await found.run({ ...harnesses.harness(), resources: peers });
  },
  async open(request) {
    running = start(request);
    const { transport, session } = running;
    if (request.muted) transport.microphone.mute();
    try {
      await session.open();
      return { callId: session.connection?.callId, maxFrameBytes: session.connection?.maxFrameBytes };
    } catch (error) {
      const code = RealtimeError.is(error) ? error.code : "unknown";
      const message = error instanceof Error ? error.message : String(error);
      return { error: { code, step: failedStep(error), message } };
    }
  },
  report() {
    const { transport, session, talk, events, statuses } = current();
    return {
      status: session.status.state,
      callId: session.connection?.callId,
      events: [...events],
      statuses: [...statuses],
      items: talk.state.items.map((item) =>
        item.type === "message" ? `${item.role}: ${textOf(item)}` : item.type,
      ),
      microphone: transport.microphone.state.status,
      isMuted: transport.microphone.state.muted,
      questions,
    };
  },
  came(type, count = 1) {
    const { events } = current();
    return reached(() => events.filter((each) => each === type).length >= count);
  },
  replaced(callId) {
    const { session } = current();
    return reached(() => session.status.state === "ready" && session.connection?.callId !== callId);
  },
  say: (text) => current().talk.say(text),
  mute(isMuted) {
    const { microphone } = current().transport;
    if (isMuted) microphone.mute();
    else microphone.unmute();
  },
  use: async (deviceId, more) => {
    const { microphone } = current().transport;
    await microphone.use({ ...more, deviceId: { exact: deviceId } });
    return microphone.state.track?.getSettings().deviceId ?? "";
  },
  async hears(what) {
    const { stream } = current().transport.playback.state;
    if (stream === undefined) throw new Error("There is no sound of the other side.");
    const context = new AudioContext();
    await context.resume();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let silentSince = context.currentTime;
    for (;;) {
      await new Promise(requestAnimationFrame);
      analyser.getFloatTimeDomainData(samples);
      const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      if (loudest > 0.01) silentSince = context.currentTime;
      if (what === "sound" ? loudest > 0.1 : context.currentTime - silentSince > 0.5) break;
    }
    await context.close();
  },
  stats: () =>
    new Promise((resolve) => {
      const measuring = connection().stats$.subscribe((stats) => {
        const { outgoing, incoming, roundTripMs } = stats;
        if (outgoing.bitsPerSecond < 5_000 || roundTripMs === undefined || incoming.lossRatio === undefined)
          return;
        resolve(stats);
        queueMicrotask(() => measuring.unsubscribe());
      });
    }),
  close: () => current().session.close(),
};

Object.assign(globalThis, { page });

// What a test calls counts as a gesture of a person. Without one, a page is told by its address what to do, and tells by
// the console what came of it.
const asked = decodeURIComponent(location.hash.slice(1));
if (asked !== "") {
  void page.open(JSON.parse(asked)).then(({ error }) => {
    const { playback } = current().transport;
    playback.state$.subscribe(({ blocked, track }) => {
      if (track !== undefined) console.log(blocked ? "blocked" : "heard");
    });
    console.log(error?.message ?? "open");
    playback.unlock().then(
      () => console.log("unlocked"),
      (refusal: unknown) => console.log(String(refusal)),
    );
    document.querySelector("#gesture")?.addEventListener("click", () => void playback.unlock());
  });
}
