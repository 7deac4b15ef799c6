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
  say(text: string): void;
  mute(isMuted: boolean): void;
  use(deviceId: string, more: MediaTrackConstraints): Promise<string>;
  /** The loudest that is heard of the other side in so many animation frames, 0 to 1. */
  loudness(frames: number): Promise<number>;
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
  session.events$.subscribe(({ type }) => events.push(type));
  session.status$.subscribe(({ state }) => statuses.push(state));
  return { transport, session, talk, events, statuses };
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
  async loudness(frames) {
    const { stream } = current().transport.playback.state;
    if (stream === undefined) return 0;
    const context = new AudioContext();
    await context.resume();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let loudest = 0;
    for (let count = 0; count < frames; count += 1) {
      await new Promise(requestAnimationFrame);
      analyser.getFloatTimeDomainData(samples);
      loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), loudest);
    }
    await context.close();
    return loudest;
  },
  stats: () =>
    new Promise((resolve) => {
      const measuring = connection().stats$.subscribe((stats) => {
        if (stats.outgoing.bitsPerSecond === 0 || stats.roundTripMs === undefined) return;
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
