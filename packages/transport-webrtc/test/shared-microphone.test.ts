import { virtualClock } from "@duologue/testing";
import { describe, expect, it, vi } from "vitest";
import { failedStep, type MicrophoneSource, type MicrophoneState } from "../src/index.ts";
import { sharedMicrophone } from "../src/shared-microphone.ts";
import { failure } from "./diary.ts";
import { fakeDevices, fakeSender, fakeTrack } from "./fake-track.ts";

function setUp(source: MicrophoneSource = true) {
  const devices = fakeDevices();
  const clock = virtualClock();
  const shared = sharedMicrophone(source, devices, clock);
  /** Connects, with a device that is allowed at once where one is asked for. */
  async function connect() {
    const asked = devices.questions.length;
    const connecting = shared.connect();
    const track = devices.questions.length > asked ? devices.questions.at(-1)?.allow() : undefined;
    const outlet = await connecting;
    const sender = fakeSender(outlet.first);
    const failures: unknown[] = [];
    outlet.attach(sender, (error) => failures.push(error));
    return { outlet, sender, track, failures };
  }
  return { devices, clock, shared, mic: shared.microphone, connect };
}

/** Lets promises settle. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const statuses = (states: readonly MicrophoneState[]) => states.map(({ status }) => status);

describe("a microphone", () => {
  it("asks for a device when a connection wants one, with echo cancellation unless told otherwise", async () => {
    const { devices, connect, mic } = setUp({ deviceId: { exact: "desk" }, noiseSuppression: false });
    expect(devices.questions).toEqual([]);
    const { track } = await connect();
    expect(devices.questions[0]?.constraints).toEqual({
      echoCancellation: true,
      noiseSuppression: false,
      autoGainControl: true,
      deviceId: { exact: "desk" },
    });
    expect(mic.state).toMatchObject({ status: "on", muted: false, track });
  });

  it("tells each state, the current one at once", async () => {
    const { mic, connect } = setUp();
    const states: MicrophoneState[] = [];
    mic.state$.subscribe((state) => void states.push(state));
    const { outlet } = await connect();
    mic.mute();
    outlet.end("closed");
    expect(statuses(states)[0]).toBe("off");
    expect(new Set(statuses(states))).toEqual(new Set(["off", "opening", "on"]));
    expect(states.at(-1)).toMatchObject({ status: "off", muted: true, track: undefined });
  });

  it("sends a silent likeness until it is opened, then the track, and stops the likeness", async () => {
    const { connect } = setUp();
    const { outlet, sender, track } = await connect();
    const [likeness] = track?.clones ?? [];
    expect(outlet.first).toBe(likeness);
    expect([likeness?.enabled, track?.enabled]).toEqual([false, true]);
    outlet.open();
    outlet.open();
    await settled();
    expect(sender.sent).toEqual([likeness, track]);
    expect([likeness?.readyState, track?.readyState]).toEqual(["ended", "live"]);
  });

  it("keeps a second connection silent while the first one speaks", async () => {
    const { connect, devices } = setUp();
    const first = await connect();
    first.outlet.open();
    const second = await connect();
    await settled();
    expect(devices.questions).toHaveLength(1);
    expect(first.sender.sent.at(-1)).toBe(first.track);
    expect(second.sender.sent).toEqual([first.track?.clones[1]]);
    expect(first.track?.clones[1]?.enabled).toBe(false);
    expect(first.track?.enabled).toBe(true);
  });

  it("remembers that it is muted until there is a track, and over connections", async () => {
    const { mic, connect } = setUp();
    mic.mute();
    const first = await connect();
    expect([first.track?.enabled, mic.state.muted]).toEqual([false, true]);
    first.outlet.end("closed");
    const second = await connect();
    expect(second.track).not.toBe(first.track);
    expect(second.track?.enabled).toBe(false);
    mic.unmute();
    expect([second.track?.enabled, mic.state.muted]).toEqual([true, false]);
  });

  it("opens for as long as somebody talks", async () => {
    const { mic, connect } = setUp();
    mic.mute();
    const { track } = await connect();
    const first = mic.talk();
    const second = mic.talk();
    expect(track?.enabled).toBe(true);
    first();
    first();
    expect([track?.enabled, mic.state.muted]).toEqual([true, false]);
    second();
    expect([track?.enabled, mic.state.muted]).toEqual([false, true]);
  });

  it("never stops a track that was handed in, and enables it only where it disabled it", async () => {
    const own = fakeTrack("mine");
    own.enabled = false;
    const { mic, connect, devices } = setUp(own);
    const { outlet } = await connect();
    mic.unmute();
    expect(own.enabled).toBe(false);
    own.enabled = true;
    mic.mute();
    expect(own.enabled).toBe(false);
    mic.unmute();
    outlet.end("closed");
    expect([own.enabled, own.readyState]).toEqual([true, "live"]);
    expect(devices.questions).toEqual([]);
    expect(own.clones.map(({ readyState }) => readyState)).toEqual(["ended"]);
  });

  it("gives a track back as it was when another takes its place, and not before it goes out no more", async () => {
    const own = fakeTrack("mine");
    const { mic, connect } = setUp(own);
    const { outlet, sender } = await connect();
    outlet.open();
    await settled();
    const replaced = Promise.withResolvers<void>();
    sender.replaceTrack = () => replaced.promise;
    mic.mute();
    await mic.use(fakeTrack("other"));
    await settled();
    expect(own.enabled).toBe(false);
    replaced.resolve();
    await settled();
    expect([own.enabled, mic.state.muted]).toEqual([true, true]);
    mic.unmute();
    await mic.use(own);
    expect([own.enabled, mic.state.muted]).toEqual([true, false]);
  });

  it("leaves a muted track silent between two connections, and gives it back where no other comes", async () => {
    const own = fakeTrack("mine");
    const { mic, connect, clock } = setUp(own);
    const { outlet } = await connect();
    mic.mute();
    outlet.end("lost");
    await clock.advance(29_999);
    expect([own.enabled, mic.state.status]).toEqual([false, "on"]);
    await clock.advance(1);
    expect([own.enabled, own.readyState, mic.state.status]).toEqual([true, "live", "off"]);
  });

  it("leaves a track silent that comes back at once while muted", async () => {
    const own = fakeTrack("mine");
    const { mic, connect } = setUp(own);
    await connect();
    mic.mute();
    await Promise.all([mic.use(fakeTrack("other")), mic.use(own)]);
    await settled();
    expect([own.enabled, mic.state.track]).toEqual([false, own]);
  });

  it.each(["closed", "without sound"])("gives a muted track back when it is let go of (%s)", async (how) => {
    const own = fakeTrack("mine");
    const { mic, connect } = setUp(own);
    const { outlet } = await connect();
    outlet.open();
    mic.mute();
    expect(own.enabled).toBe(false);
    if (how === "closed") outlet.end("closed");
    else await mic.use(false);
    await settled();
    expect([own.enabled, mic.state.muted]).toEqual([true, true]);
  });

  it("leaves a track disabled that its owner had disabled before it was muted", async () => {
    const own = fakeTrack("mine");
    const { mic, connect } = setUp(own);
    await connect();
    own.enabled = false;
    mic.mute();
    mic.unmute();
    expect(own.enabled).toBe(false);
  });

  it("refuses a track that has ended", async () => {
    const own = fakeTrack();
    own.stop();
    const { shared } = setUp(own);
    const error = await failure(shared.connect());
    expect([error.code, failedStep(error)]).toEqual(["connect_failed", "device"]);
  });

  it("sends nothing where there shall be no microphone, until there is one", async () => {
    const { mic, connect, devices } = setUp(false);
    const { outlet, sender } = await connect();
    outlet.open();
    expect(outlet.first).toBeUndefined();
    const using = mic.use(true);
    const track = devices.questions[0]?.allow();
    await using;
    await settled();
    expect(sender.sent).toEqual([null, null, track]);
    expect(mic.state.status).toBe("on");
    await mic.use(false);
    await settled();
    expect(sender.sent.at(-1)).toBeNull();
    expect([track?.readyState, mic.state.status]).toEqual(["ended", "off"]);
  });

  it("changes the device while it speaks, and stays muted", async () => {
    const { mic, connect, devices } = setUp();
    const { outlet, sender, track } = await connect();
    outlet.open();
    mic.mute();
    const using = mic.use({ deviceId: { exact: "headset" } });
    const next = devices.questions[1]?.allow(fakeTrack("headset"));
    await using;
    await settled();
    expect(sender.sent.at(-1)).toBe(next);
    expect([track?.readyState, next?.enabled]).toEqual(["ended", false]);
  });

  it("stays silent where the device changes before its turn", async () => {
    const { mic, connect, devices } = setUp();
    const { outlet, sender, track } = await connect();
    const using = mic.use({ deviceId: { exact: "headset" } });
    const next = devices.questions[1]?.allow(fakeTrack("headset"));
    await using;
    await settled();
    expect(sender.sent).toEqual([track?.clones[0], next?.clones[0]]);
    expect([track?.clones[0]?.readyState, next?.clones[0]?.enabled]).toEqual(["ended", false]);
    outlet.open();
    await settled();
    expect(sender.sent.at(-1)).toBe(next);
  });

  it("goes on with the one before where another cannot be had", async () => {
    const { mic, connect, devices } = setUp();
    const { outlet, sender, track } = await connect();
    outlet.open();
    const using = failure(mic.use({ deviceId: { exact: "gone" } }));
    devices.questions[1]?.refuse("OverconstrainedError");
    expect(failedStep(await using)).toBe("device");
    await settled();
    expect(sender.sent.at(-1)).toBe(track);
    expect(mic.state).toMatchObject({ status: "on", track });
    outlet.end("closed");
    await connect();
    expect(devices.questions[2]?.constraints).not.toHaveProperty("deviceId");
  });

  it("takes the last of several choices, and lets go of the others", async () => {
    const { mic, connect, devices } = setUp();
    const { outlet, sender } = await connect();
    outlet.open();
    const first = mic.use({ deviceId: { exact: "one" } });
    const second = mic.use({ deviceId: { exact: "two" } });
    const two = devices.questions[2]?.allow(fakeTrack("two"));
    await second;
    const one = devices.questions[1]?.allow(fakeTrack("one"));
    await first;
    await settled();
    expect(sender.sent.at(-1)).toBe(two);
    expect([one?.readyState, two?.readyState]).toEqual(["ended", "live"]);
  });

  it("has the last of several choices that can be had", async () => {
    const { mic, connect, devices } = setUp();
    const { outlet, track } = await connect();
    const first = mic.use({ deviceId: { exact: "one" } });
    const second = failure(mic.use({ deviceId: { exact: "two" } }));
    const one = devices.questions[1]?.allow(fakeTrack("one"));
    await first;
    devices.questions[2]?.refuse("NotFoundError");
    expect(failedStep(await second)).toBe("device");
    expect([mic.state.track, track?.readyState]).toEqual([one, "ended"]);
    outlet.end("closed");
    await connect();
    expect(devices.questions[3]?.constraints).toMatchObject({ deviceId: { exact: "one" } });
  });

  it("goes on with a track that is handed in while the question is open, whatever the answer", async () => {
    const { shared, mic, devices } = setUp();
    const connecting = shared.connect();
    const own = fakeTrack("mine");
    await mic.use(own);
    const { first } = await connecting;
    expect([first, mic.state]).toEqual([
      own.clones[0],
      expect.objectContaining({ status: "on", track: own }),
    ]);
    devices.questions[0]?.refuse("NotFoundError");
    await settled();
    expect(mic.state.track).toBe(own);
  });

  it("keeps the device of the first question where another choice fails meanwhile", async () => {
    const { shared, mic, devices } = setUp();
    const connecting = shared.connect();
    const using = failure(mic.use({ deviceId: { exact: "gone" } }));
    devices.questions[1]?.refuse("OverconstrainedError");
    expect(failedStep(await using)).toBe("device");
    const track = devices.questions[0]?.allow();
    const outlet = await connecting;
    expect([track?.readyState, mic.state.track]).toEqual(["live", track]);
    outlet.end("closed");
    shared.connect().catch(() => {});
    expect(devices.questions[2]?.constraints).not.toHaveProperty("deviceId");
  });

  it("fails where nothing that was chosen can be had", async () => {
    const { shared, mic, devices } = setUp();
    const connecting = failure(shared.connect());
    const using = failure(mic.use({ deviceId: { exact: "gone" } }));
    devices.questions[1]?.refuse("OverconstrainedError");
    await using;
    devices.questions[0]?.refuse("NotAllowedError");
    expect(failedStep(await connecting)).toBe("permission");
    expect(mic.state.status).toBe("off");
  });

  it.each(["hang up", "release"])("lets go of a choice that is allowed after a %s", async (how) => {
    const { mic, connect, devices } = setUp();
    const { outlet } = await connect();
    const using = mic.use({ deviceId: { exact: "late" } });
    outlet.end("closed");
    if (how === "release") mic.release();
    const late = devices.questions[1]?.allow(fakeTrack("late"));
    await using;
    expect([late?.readyState, mic.state.status]).toEqual(["ended", "off"]);
    await connect();
    expect(devices.questions[2]?.constraints).toMatchObject({ deviceId: { exact: "late" } });
  });

  it("makes room for another device where only one can be open", async () => {
    const { mic, connect, devices } = setUp();
    const { outlet, sender, track } = await connect();
    outlet.open();
    const using = mic.use({ deviceId: { exact: "headset" } });
    devices.questions[1]?.refuse("NotReadableError");
    await settled();
    expect(track?.readyState).toBe("ended");
    const next = devices.questions[2]?.allow(fakeTrack("headset"));
    await using;
    await settled();
    expect(sender.sent.at(-1)).toBe(next);
    expect(devices.questions[2]?.constraints).toMatchObject({ deviceId: { exact: "headset" } });
  });

  it("opens the one before again where making room was in vain", async () => {
    const { mic, connect, devices } = setUp();
    const { outlet, sender } = await connect();
    outlet.open();
    const using = failure(mic.use({ deviceId: { exact: "headset" } }));
    devices.questions[1]?.refuse("NotReadableError");
    await settled();
    devices.questions[2]?.refuse("NotReadableError");
    await settled();
    const again = devices.questions[3]?.allow();
    expect((await using).message).toMatch(/another program may have it/);
    await settled();
    expect([sender.sent.at(-1), mic.state.status, devices.questions.length]).toEqual([again, "on", 4]);
    expect(devices.questions[3]?.constraints).not.toHaveProperty("deviceId");
  });

  it("keeps what was chosen while the one before was opened again", async () => {
    const { mic, connect, devices } = setUp();
    await connect();
    const using = failure(mic.use({ deviceId: { exact: "headset" } }));
    devices.questions[1]?.refuse("NotReadableError");
    await settled();
    devices.questions[2]?.refuse("NotReadableError");
    await settled();
    const own = fakeTrack("mine");
    await mic.use(own);
    const again = devices.questions[3]?.allow();
    await using;
    expect([mic.state.track, again?.readyState]).toEqual([own, "ended"]);
  });

  it("takes a choice that is made while the question is open", async () => {
    const { shared, mic, devices } = setUp();
    const connecting = shared.connect();
    const using = mic.use({ deviceId: { exact: "other" } });
    const first = devices.questions[0]?.allow();
    await settled();
    const other = devices.questions[1]?.allow();
    await Promise.all([connecting, using]);
    expect([first?.readyState, mic.state.track]).toEqual(["ended", other]);
  });

  it("says when the device is gone, and opens it anew for the next talk", async () => {
    const { mic, connect } = setUp();
    const { outlet, track } = await connect();
    track?.unplug();
    expect(mic.state.status).toBe("ended");
    outlet.end("closed");
    const next = await connect();
    expect(next.track).not.toBe(track);
    expect(mic.state.status).toBe("on");
  });

  it.each(["lost", "rolled over"])(
    "asks nobody in the middle of a talk for a device that is gone (%s)",
    async (how) => {
      const { mic, connect, devices, clock } = setUp();
      const { outlet, track } = await connect();
      track?.unplug();
      if (how === "lost") outlet.end("lost");
      const failing = await connect();
      failing.outlet.end("failed");
      const next = await connect();
      next.outlet.open();
      await settled();
      expect(devices.questions).toHaveLength(1);
      expect([next.outlet.first, next.sender.sent.at(-1), mic.state.status]).toEqual([
        undefined,
        null,
        "ended",
      ]);
      const using = mic.use(true);
      const another = devices.questions[1]?.allow();
      await using;
      await settled();
      expect([next.sender.sent.at(-1), mic.state.status]).toEqual([another, "on"]);
      outlet.end("closed");
      next.outlet.end("closed");
      expect([another?.readyState, clock.pending]).toEqual(["ended", 0]);
    },
  );

  it("goes on without a track that its owner has stopped", async () => {
    const own = fakeTrack("mine");
    const { mic, connect, shared } = setUp(own);
    const { outlet } = await connect();
    own.stop();
    expect(mic.state.status).toBe("ended");
    outlet.end("lost");
    const next = await connect();
    expect([next.outlet.first, mic.state.status]).toEqual([undefined, "ended"]);
    next.outlet.end("closed");
    expect(failedStep(await failure(shared.connect()))).toBe("device");
  });

  it("sees a track that its owner has stopped when somebody asks how it is", async () => {
    const own = fakeTrack("mine");
    const { mic, connect } = setUp(own);
    await connect();
    const told: string[] = [];
    mic.state$.subscribe(({ status }) => void told.push(status));
    own.stop();
    expect(mic.state.status).toBe("ended");
    expect(told).toEqual(["on", "ended"]);
    const another = fakeTrack("another");
    await mic.use(another);
    another.stop();
    const late: string[] = [];
    mic.state$.subscribe(({ status }) => void late.push(status));
    expect(late).toEqual(["ended"]);
  });

  it("says that the system has stopped the sound for now", async () => {
    const { mic, connect } = setUp();
    const { track } = await connect();
    const told: boolean[] = [];
    mic.state$.subscribe(({ pausedBySystem }) => void told.push(pausedBySystem));
    track?.pause(true);
    expect(mic.state).toMatchObject({ status: "on", muted: false, pausedBySystem: true });
    track?.pause(false);
    expect(told).toEqual([false, true, false]);
  });

  it("lets go of the device with the last connection that is closed", async () => {
    const { mic, connect } = setUp();
    const first = await connect();
    const second = await connect();
    first.outlet.end("closed");
    expect(first.track?.readyState).toBe("live");
    second.outlet.end("closed");
    expect([first.track?.readyState, mic.state.status]).toEqual(["ended", "off"]);
  });

  it("keeps the device for 30 s after a loss, anew with each attempt, and asks nobody again", async () => {
    const { mic, clock, connect, devices } = setUp();
    const first = await connect();
    first.outlet.end("lost");
    await clock.advance(20_000);
    const failing = await connect();
    failing.outlet.end("failed");
    await clock.advance(20_000);
    const second = await connect();
    second.outlet.end("lost");
    expect(devices.questions).toHaveLength(1);
    expect(first.track?.readyState).toBe("live");
    await clock.advance(30_000);
    expect([first.track?.readyState, mic.state.status]).toEqual(["ended", "off"]);
    expect(clock.pending).toBe(0);
  });

  it("keeps the device over an attempt that takes longer than that", async () => {
    const { clock, connect, devices } = setUp();
    const { outlet, track } = await connect();
    outlet.end("lost");
    await clock.advance(20_000);
    const attempt = await connect();
    await clock.advance(15_000);
    attempt.outlet.end("failed");
    expect(track?.readyState).toBe("live");
    await connect();
    expect(devices.questions).toHaveLength(1);
  });

  it("keeps the device while it hands over, also where one is lost and the other fails", async () => {
    const { clock, connect, devices } = setUp();
    const { outlet, track } = await connect();
    const successor = await connect();
    outlet.end("lost");
    successor.outlet.end("failed");
    expect(track?.readyState).toBe("live");
    await connect();
    expect([devices.questions.length, clock.pending]).toEqual([1, 0]);
  });

  it("keeps a device that was opened ahead no longer than any other once a call has used it", async () => {
    const { mic, clock, connect, devices } = setUp();
    const opening = mic.open();
    const track = devices.questions[0]?.allow();
    await opening;
    const { outlet } = await connect();
    outlet.end("lost");
    await clock.advance(30_000);
    expect([track?.readyState, clock.pending]).toEqual(["ended", 0]);
  });

  it("forgets that it was to be opened ahead where that fails", async () => {
    const { mic, devices } = setUp();
    const opening = failure(mic.open());
    devices.questions[0]?.refuse("NotAllowedError");
    expect(failedStep(await opening)).toBe("permission");
    await mic.use({ deviceId: { exact: "other" } });
    expect([devices.questions.length, mic.state.status]).toEqual([1, "off"]);
  });

  it("lets go at once where a first attempt fails", async () => {
    const { connect, clock } = setUp();
    const { outlet, track } = await connect();
    outlet.end("failed");
    expect([track?.readyState, clock.pending]).toEqual(["ended", 0]);
  });

  it("is opened ahead, kept over a failed attempt, and released when told", async () => {
    const { mic, connect, devices } = setUp();
    const opening = mic.open();
    expect(mic.state.status).toBe("opening");
    const track = devices.questions[0]?.allow();
    await opening;
    await mic.open();
    const { outlet } = await connect();
    outlet.end("failed");
    expect([devices.questions.length, track?.readyState]).toEqual([1, "live"]);
    mic.release();
    expect([track?.readyState, mic.state.status]).toEqual(["ended", "off"]);
  });

  it("does not release what a connection uses", async () => {
    const { mic, connect } = setUp();
    const { track } = await connect();
    mic.release();
    expect(track?.readyState).toBe("live");
  });

  it("lets go of a device that is allowed when nobody waits any more", async () => {
    const { shared, devices, mic } = setUp();
    const connecting = shared.connect();
    const track = devices.questions[0]?.allow();
    (await connecting).end("failed");
    expect([track?.readyState, mic.state.status]).toEqual(["ended", "off"]);
  });

  it("tells a connection whose sender refuses the track", async () => {
    const { shared, devices } = setUp();
    const connecting = shared.connect();
    devices.questions[0]?.allow();
    const outlet = await connecting;
    const refusal = new DOMException("The transceiver is stopped.", "InvalidStateError");
    const told: unknown[] = [];
    outlet.attach({ ...fakeSender(undefined), replaceTrack: () => Promise.reject(refusal) }, (error) =>
      told.push(error),
    );
    outlet.open();
    await settled();
    expect(told).toEqual([refusal]);
  });

  it.each([
    ["NotAllowedError", "permission", /^The microphone was not allowed\. Allow it in the settings/],
    ["SecurityError", "permission", /Permissions-Policy/],
    ["NotFoundError", "device", /^There is no microphone\. Plug one in/],
    ["NotReadableError", "device", /another program may have it/],
    ["OverconstrainedError", "device", /choose another, or ask for less/],
    ["AbortError", "device", /could not be opened: as the browser says it\.$/],
  ])("explains %s", async (name, step, message) => {
    const { shared, devices, mic } = setUp();
    const connecting = failure(shared.connect());
    devices.questions[0]?.refuse(name);
    const error = await connecting;
    expect([error.code, failedStep(error)]).toEqual(["connect_failed", step]);
    expect(error.message).toMatch(message);
    expect(error.cause).toMatchObject({ cause: { name } });
    expect(mic.state.status).toBe("off");
  });

  it.each([
    [{ featurePolicy: { allowsFeature: () => false } }, /Permissions-Policy: microphone=\(self\)/],
    [{ permissionsPolicy: { allowsFeature: () => false } }, /Permissions-Policy: microphone=\(self\)/],
    [{ featurePolicy: { allowsFeature: () => true } }, /Allow it in the settings of this site/],
    [{}, /Allow it in the settings of this site/],
  ])("names the page's policy where that is what forbids it: %j", async (document, message) => {
    vi.stubGlobal("document", document);
    try {
      const { mic, devices } = setUp();
      const opening = failure(mic.open());
      devices.questions[0]?.refuse("NotAllowedError");
      const error = await opening;
      expect(error.message).toMatch(message);
      expect(failedStep(error)).toBe("permission");
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("explains a runtime without microphones", async () => {
    const { microphone: mic } = sharedMicrophone(true, undefined, virtualClock());
    expect((await failure(mic.open())).message).toMatch(/https: or localhost/);
  });
});
