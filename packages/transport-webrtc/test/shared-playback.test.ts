import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sharedPlayback } from "../src/shared-playback.ts";
import { failure } from "./diary.ts";
import { fakeTrack } from "./fake-track.ts";

/** An element that plays when it may. */
class FakeElement extends EventTarget {
  srcObject: unknown = null;
  volume = 1;
  autoplay = false;
  mayPlay = true;
  loads = 0;
  sinkId = "";
  async play() {
    if (!this.mayPlay) throw new DOMException("The user did not interact with the page.", "NotAllowedError");
    this.dispatchEvent(new Event("playing"));
  }
  load() {
    this.loads += 1;
  }
  async setSinkId(id: string) {
    if (id === "gone") throw new DOMException("Requested device not found", "NotFoundError");
    this.sinkId = id;
  }
}

class FakeStream {
  readonly tracks: readonly MediaStreamTrack[];
  constructor(tracks: readonly MediaStreamTrack[]) {
    this.tracks = tracks;
  }
}

beforeEach(() => vi.stubGlobal("MediaStream", FakeStream));
afterEach(() => vi.unstubAllGlobals());

/** Lets promises settle. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function setUp() {
  const element = new FakeElement();
  // A stand-in of which only that is used which is there.
  const shared = sharedPlayback(element as unknown as HTMLAudioElement);
  return { element, shared, speaker: shared.playback };
}

describe("playback", () => {
  it("plays the track that it is shown, until that is hidden", async () => {
    const { element, shared, speaker } = setUp();
    const [one, two] = [fakeTrack("one"), fakeTrack("two")];
    shared.show(one);
    await settled();
    expect(element.srcObject).toMatchObject({ tracks: [one] });
    expect(speaker.state).toMatchObject({ blocked: false, track: one, stream: element.srcObject });
    shared.show(two);
    shared.hide(one);
    expect(element.srcObject).toMatchObject({ tracks: [two] });
    shared.hide(two);
    expect([element.srcObject, speaker.state.track, speaker.state.stream]).toEqual([
      null,
      undefined,
      undefined,
    ]);
  });

  it("says that it is blocked, until a gesture unlocks it", async () => {
    const { element, shared, speaker } = setUp();
    const blocked: boolean[] = [];
    speaker.state$.subscribe((state) => void blocked.push(state.blocked));
    element.mayPlay = false;
    shared.show(fakeTrack());
    await settled();
    expect(speaker.state.blocked).toBe(true);
    const error = await failure(speaker.unlock());
    expect([error.code, error.message]).toEqual([
      "invalid_state",
      "The browser does not play the sound: The user did not interact with the page. Call unlock() from a click.",
    ]);
    element.mayPlay = true;
    await speaker.unlock();
    expect(speaker.state.blocked).toBe(false);
    expect(blocked).toContain(true);
  });

  it("says so where a system stops the sound, and when it goes on", async () => {
    const { element, shared, speaker } = setUp();
    element.dispatchEvent(new Event("pause"));
    expect(speaker.state.blocked).toBe(false);
    shared.show(fakeTrack());
    await settled();
    element.dispatchEvent(new Event("pause"));
    expect(speaker.state.blocked).toBe(true);
    element.dispatchEvent(new Event("playing"));
    expect(speaker.state.blocked).toBe(false);
  });

  it("is unlocked ahead of the first call", async () => {
    const { element, speaker } = setUp();
    await speaker.unlock();
    expect([element.loads, element.autoplay, speaker.state.blocked]).toEqual([1, true, false]);
  });

  it("keeps volume and device over calls", async () => {
    const { element, shared, speaker } = setUp();
    speaker.setVolume(0.25);
    await speaker.setDevice("headset");
    shared.show(fakeTrack());
    expect([element.volume, element.sinkId]).toEqual([0.25, "headset"]);
    speaker.setVolume(7);
    expect([element.volume, speaker.state.volume]).toEqual([1, 1]);
    speaker.setVolume(-1);
    expect([element.volume, speaker.state]).toMatchObject([0, { volume: 0, deviceId: "headset" }]);
  });

  it("explains a loudspeaker that cannot be used, and goes on with the other", async () => {
    const { speaker } = setUp();
    const error = await failure(speaker.setDevice("gone"));
    expect([error.code, error.message]).toEqual([
      "invalid_state",
      "The loudspeaker cannot be used: Requested device not found. Choose another one.",
    ]);
    expect(speaker.state.deviceId).toBe("");
  });

  it("makes an element in a page, once", () => {
    const made: FakeElement[] = [];
    vi.stubGlobal("document", {
      createElement: () => {
        made.push(new FakeElement());
        return made.at(-1);
      },
    });
    const shared = sharedPlayback(undefined);
    expect(made).toEqual([]);
    shared.playback.setVolume(0.5);
    shared.show(fakeTrack());
    shared.show(fakeTrack());
    expect(made).toMatchObject([{ volume: 0.5, autoplay: true }]);
  });

  it("lets the one before be heard again where a second call ends first", async () => {
    const { element, shared, speaker } = setUp();
    const [one, two] = [fakeTrack("one"), fakeTrack("two")];
    shared.show(one);
    shared.show(two);
    shared.hide(two);
    await settled();
    expect(element.srcObject).toMatchObject({ tracks: [one] });
    expect(speaker.state).toMatchObject({ track: one, blocked: false });
    shared.hide(one);
    expect([element.srcObject, speaker.state.track]).toEqual([null, undefined]);
  });

  it("leaves the volume of an element that it is given as it is", () => {
    const element = new FakeElement();
    element.volume = 0.2;
    // A stand-in of which only that is used which is there.
    const shared = sharedPlayback(element as unknown as HTMLAudioElement);
    shared.show(fakeTrack());
    expect([element.volume, shared.playback.state.volume]).toEqual([0.2, 0.2]);
  });

  it("refuses a volume that is no number", () => {
    const { element, speaker } = setUp();
    expect(() => speaker.setVolume(Number.NaN)).toThrow(
      expect.objectContaining({ code: "invalid_argument" }),
    );
    expect([element.volume, speaker.state.volume]).toEqual([1, 1]);
  });

  it.each([
    [undefined, /no choice of loudspeakers/],
    [false, /The program itself plays the sound here \(playback: false\)/],
  ] as const)("tells the track where nothing plays it (%s)", async (given, message) => {
    vi.unstubAllGlobals();
    const { playback: speaker, show, hide } = sharedPlayback(given);
    const track = fakeTrack();
    show(track);
    speaker.setVolume(0.5);
    await speaker.unlock();
    expect(speaker.state).toEqual({ blocked: false, volume: 0.5, deviceId: "", track, stream: undefined });
    expect((await failure(speaker.setDevice("headset"))).message).toMatch(message);
    hide(track);
    expect(speaker.state.track).toBeUndefined();
  });
});
