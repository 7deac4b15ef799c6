import { type FrameSink, RealtimeError, systemClock } from "@duologue/core";
import { callConnection } from "./call-connection.ts";
import { type CallStep, callFailed, said } from "./call-failure.ts";
import { exchanged } from "./sdp-exchange.ts";
import type { SharedMicrophone } from "./shared-microphone.ts";
import type { SharedPlayback } from "./shared-playback.ts";
import type { WebRtcConnection } from "./web-rtc-connection.ts";
import type { WebRtcOptions } from "./web-rtc-options.ts";

/** What a call is opened with, besides the transport's options. */
export interface CallMeans {
  readonly microphone: SharedMicrophone;
  readonly playback: SharedPlayback;
  readonly sink: FrameSink;
  readonly signal: AbortSignal | undefined;
  readonly ready: Promise<void> | undefined;
  /** Fires when no connection follows this one. */
  readonly closing: AbortSignal | undefined;
  /** Told what settles when the device has been allowed, or has not. */
  readonly asking: ((answered: Promise<unknown>) => void) | undefined;
}

/** What to do where a step fails in a way of which the platform says little. */
const advices: Readonly<Record<CallStep, string>> = {
  permission: "Allow the microphone in the settings of this site.",
  device: "Choose another one with microphone.use(), or talk in text with microphone: false.",
  offer: "Check the configuration, its iceServers above all.",
  exchange: "Check that the server of the exchange runs and answers.",
  answer: "Check that what the exchange brings is the server's SDP answer to this very offer.",
  ice: "A firewall may keep UDP out: add a TURN server to configuration.iceServers, or use a WebSocket.",
  channel: "The server took the call and opened no data channel: check channelLabel, then try again.",
};

/** Opens a call: every step can be aborted, and what was done is undone where one fails. */
export async function openCall(options: WebRtcOptions, means: CallMeans): Promise<WebRtcConnection> {
  const { clock = systemClock(), connectTimeoutMs = 10_000, gatheringMs = 0 } = options;
  const { signal, microphone } = means;
  const givenUp = new AbortController();
  const { promise: failed, reject } = Promise.withResolvers<never>();
  // It is only waited for while a step is under way.
  failed.catch(() => {});
  let step: CallStep = "device";
  let isOpen = false;
  let undo = () => {};
  let cancelTimer = () => {};

  const fail = (error: RealtimeError) => {
    if (isOpen || givenUp.signal.aborted) return;
    givenUp.abort(error);
    reject(error);
  };
  const stepFailed = (what: string) =>
    fail(callFailed(`Opening the WebRTC call failed: ${what}. ${advices[step]}`, { step }));
  /** Takes a step, unless the whole is given up before it is done. */
  const during = async <T>(next: CallStep, work: () => T | Promise<T>): Promise<T> => {
    step = next;
    const done = (async () => work())();
    return Promise.race([failed, done]).catch((cause: unknown) => {
      if (RealtimeError.is(cause)) throw cause;
      const what = `${sentences[next]}: ${said(cause)}`;
      throw callFailed(`Opening the WebRTC call failed: ${what}. ${advices[next]}`, { step: next, cause });
    });
  };
  const onAbort = () => {
    const message = "Opening the WebRTC call was aborted by its caller.";
    fail(new RealtimeError("aborted", message, { cause: signal?.reason }));
  };

  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort);
  // It is the same listener for each connection, and is there once.
  means.closing?.addEventListener("abort", microphone.letGo);
  try {
    const connecting = givenUp.signal.aborted ? undefined : microphone.connect();
    if (connecting !== undefined) means.asking?.(connecting);
    // A microphone that is allowed too late is let go of.
    connecting?.then(
      (late) => givenUp.signal.aborted && late.end("failed"),
      () => {},
    );
    const outlet = await during("device", () => connecting ?? failed);
    undo = () => outlet.end("failed");
    if (Number.isFinite(connectTimeoutMs)) {
      cancelTimer = clock.after(connectTimeoutMs, () =>
        stepFailed(`it took more than ${connectTimeoutMs} ms`),
      );
    }

    const { peer, sender, channel, remote } = await during("offer", () => {
      const made = new (options.RTCPeerConnection ?? runtimePeer())(options.configuration);
      undo = () => {
        outlet.end("failed");
        made.close();
      };
      const { sender, receiver } = made.addTransceiver(outlet.first ?? "audio", { direction: "sendrecv" });
      return {
        sender,
        peer: made,
        channel: made.createDataChannel(options.channelLabel ?? "oai-events"),
        remote: receiver.track,
      };
    });
    channel.binaryType = "arraybuffer";
    await during("offer", async () => {
      await peer.setLocalDescription(await peer.createOffer());
      if (gatheringMs > 0) await gathered(peer, givenUp.signal, (run) => clock.after(gatheringMs, run));
    });
    const sdp = peer.localDescription?.sdp ?? "";
    const answer = await during("exchange", () =>
      exchanged(options.exchange, { sdp, signal: givenUp.signal }),
    );

    const { promise: opened, resolve } = Promise.withResolvers<WebRtcConnection>();
    const onPath = () => {
      if (peer.connectionState === "connected" && step === "ice") step = "channel";
      if (peer.connectionState === "failed") stepFailed("no path through the network was found");
    };
    const onChannel = () => {
      if (isOpen || givenUp.signal.aborted) return;
      peer.removeEventListener("connectionstatechange", onPath);
      const { callId } = answer;
      try {
        resolve(callConnection({ ...means, sender, peer, channel, outlet, remote, callId, options, clock }));
      } catch (cause) {
        const message = `The open call could not be watched over: ${said(cause)}. Check networkChanges.`;
        return fail(callFailed(message, { step: "channel", cause }));
      }
      isOpen = true;
      undo = () => {};
    };
    peer.addEventListener("connectionstatechange", onPath);
    channel.addEventListener("open", onChannel);
    channel.addEventListener("close", () => stepFailed("the data channel was closed before it was open"));
    await during("answer", () => peer.setRemoteDescription({ type: "answer", sdp: answer.sdp }));
    return await during("ice", () => {
      onPath();
      return opened;
    });
  } catch (error) {
    givenUp.abort(error);
    undo();
    throw error;
  } finally {
    cancelTimer();
    signal?.removeEventListener("abort", onAbort);
  }
}

const sentences: Readonly<Record<CallStep, string>> = {
  permission: "the microphone was not allowed",
  device: "the microphone could not be opened",
  offer: "no offer could be made",
  exchange: "the offer could not be exchanged for an answer",
  answer: "the answer could not be taken",
  ice: "no path through the network was found",
  channel: "the data channel did not open",
};

/** Resolves when all our addresses are known, the time is up, or the open is given up. */
function gathered(
  peer: RTCPeerConnection,
  givenUp: AbortSignal,
  after: (run: () => void) => () => void,
): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (peer.iceGatheringState === "complete" || givenUp.aborted) done();
    };
    const done = () => {
      cancel();
      peer.removeEventListener("icegatheringstatechange", look);
      resolve();
    };
    const cancel = after(done);
    givenUp.addEventListener("abort", look);
    peer.addEventListener("icegatheringstatechange", look);
    look();
  });
}

function runtimePeer(): new (configuration?: RTCConfiguration) => RTCPeerConnection {
  if (typeof RTCPeerConnection === "function") return RTCPeerConnection;
  throw new Error("this runtime has no RTCPeerConnection: hand one in, in Node that of @roamhq/wrtc");
}
