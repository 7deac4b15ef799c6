import { type FakeSender, fakeSender, fakeTrack } from "./fake-track.ts";

/** A data channel without anything behind it. */
class FakeChannel extends EventTarget {
  readonly label: string;
  binaryType = "blob";
  readyState = "connecting";
  bufferedAmount = 0;
  readonly sent: string[] = [];
  sendError: Error | undefined;

  constructor(label: string) {
    super();
    this.label = label;
  }
  send(text: string): void {
    if (this.sendError !== undefined) throw this.sendError;
    this.sent.push(text);
  }
  close(): void {
    this.readyState = "closing";
  }
  /** As when the other side does its part. */
  become(state: "open" | "closed"): void {
    this.readyState = state;
    this.dispatchEvent(new Event(state === "open" ? "open" : "close"));
  }
  receive(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
}

/** A peer connection without a network, which does what a test says. */
export class FakePeer extends EventTarget {
  static made: FakePeer[] = [];
  readonly configuration: RTCConfiguration | undefined;
  connectionState = "new";
  iceGatheringState = "new";
  localDescription: { sdp: string } | null = null;
  remoteSdp = "";
  isClosed = false;
  channel: FakeChannel | undefined;
  sender: FakeSender | undefined;
  readonly remote = fakeTrack("remote");
  sctp: unknown = { state: "connected", maxMessageSize: 1_000, transport: { state: "connected" } };
  answerError: Error | undefined;
  offers = 0;

  constructor(configuration?: RTCConfiguration) {
    super();
    this.configuration = configuration;
    FakePeer.made.push(this);
  }
  addTransceiver(track: MediaStreamTrack | string) {
    this.sender = fakeSender(typeof track === "string" ? undefined : track);
    return { sender: this.sender, receiver: { track: this.remote } };
  }
  createDataChannel(label: string) {
    this.channel = new FakeChannel(label);
    return this.channel;
  }
  async createOffer(options?: RTCOfferOptions) {
    this.offers += 1;
    return { sdp: `offer ${this.offers}${options?.iceRestart ? ", another path" : ""}` };
  }
  async setLocalDescription(description: { sdp: string }) {
    this.localDescription = description;
  }
  async setRemoteDescription({ sdp }: { sdp: string }) {
    if (this.answerError !== undefined) throw this.answerError;
    this.remoteSdp = sdp;
  }
  close() {
    this.isClosed = true;
  }
  become(state: string): void {
    this.connectionState = state;
    this.dispatchEvent(new Event("connectionstatechange"));
  }
  gather(): void {
    this.iceGatheringState = "complete";
    this.dispatchEvent(new Event("icegatheringstatechange"));
  }
  async getStats() {
    return new Map();
  }
}

/** The class as the options want it; a stand-in of which only that is used which is there. */
export const fakePeerConnection = FakePeer as unknown as new (
  configuration?: RTCConfiguration,
) => RTCPeerConnection;
