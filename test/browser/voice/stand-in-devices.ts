/** A microphone that hears a tone, and whoever speaks. */
export interface StandInMicrophone {
  readonly deviceId: string;
  readonly label: string;
  /** The tone; 0 is silence. */
  readonly hz: number;
  /** What can be said into it, by its name: WAV files in base64. */
  readonly speeches?: Readonly<Record<string, string>>;
}

/** A choice of a loudspeaker that the browser has agreed to. */
interface ChosenLoudspeaker {
  readonly by: "media element" | "audio graph";
  /** What the browser itself names as the one in use. */
  readonly deviceId: string;
}

declare global {
  /** Says something into the microphone that was opened last. Resolves when it begins. */
  var speak: (name: string) => Promise<void>;
  /** Changes the tone of the microphone that was opened last, so that what is heard from now on can be told from before. */
  var tuneMicrophone: (hz: number) => void;
  /** The system stops the sound of the microphone that was opened last, lets it go on, or takes the device away. */
  var happenToMicrophone: (type: "mute" | "unmute" | "ended") => void;
  /** The ids of the microphones that were opened, in order; empty for the system's own choice. */
  var openedMicrophones: readonly string[];
  var loudspeakers: readonly ChosenLoudspeaker[];
}

/**
 * Gives a page microphones that can be told apart by what they hear, and into which a test can speak at the moment that it
 * wants. The first is the system's own choice. The loudspeakers are the browser's, and `loudspeakers` tells which were
 * chosen, in order. To be run in the page before its own scripts.
 */
export function standInDevices(microphones: readonly StandInMicrophone[]): void {
  const media = navigator.mediaDevices;
  const opened: string[] = [];
  let gone: StandInMicrophone | undefined;
  const list = media.enumerateDevices.bind(media);
  media.enumerateDevices = async () => [
    ...microphones.flatMap((each) => {
      if (each === gone) return [];
      const { deviceId, label } = each;
      const device = { kind: "audioinput" as const, deviceId, label, groupId: "stand-in" };
      return { ...device, toJSON: () => device };
    }),
    ...(await list()).filter(({ kind }) => kind !== "audioinput"),
  ];
  media.getUserMedia = async ({ audio } = {}) => {
    const asked = typeof audio === "object" ? audio.deviceId : undefined;
    const id = typeof asked === "object" && "exact" in asked ? asked.exact : undefined;
    const found = microphones.find((each) => each !== gone && (id === undefined || each.deviceId === id));
    if (found === undefined) throw new DOMException("There is none of this id.", "OverconstrainedError");
    opened.push(id === undefined ? "" : found.deviceId);
    const context = new AudioContext();
    const device = context.createMediaStreamDestination();
    const tone = new OscillatorNode(context, { frequency: found.hz });
    tone.connect(new GainNode(context, { gain: 0.3 })).connect(device);
    tone.start();
    globalThis.tuneMicrophone = (hz) => {
      tone.frequency.value = hz;
    };
    globalThis.speak = async (name) => {
      const bytes = Uint8Array.from(atob(found.speeches?.[name] ?? ""), (each) => each.charCodeAt(0));
      const speech = new AudioBufferSourceNode(context, {
        buffer: await context.decodeAudioData(bytes.buffer),
      });
      speech.connect(device);
      speech.start();
    };
    const [track] = device.stream.getAudioTracks();
    globalThis.happenToMicrophone = (type) => {
      if (type === "ended") {
        gone = found;
        track?.stop();
      } else if (track !== undefined) {
        // Browsers let nobody but the system do so.
        Object.defineProperty(track, "muted", { configurable: true, value: type === "mute" });
      }
      track?.dispatchEvent(new Event(type));
      if (type === "ended") media.dispatchEvent(new Event("devicechange"));
    };
    return device.stream;
  };

  const chosen: ChosenLoudspeaker[] = [];
  /** Notes each choice on such objects, once it was taken. */
  function note(prototype: object, by: ChosenLoudspeaker["by"]): void {
    // The library of types does not know it of an audio graph yet.
    const sounding = prototype as { setSinkId(this: { sinkId: string }, deviceId: string): Promise<void> };
    const { setSinkId } = sounding;
    sounding.setSinkId = async function (deviceId) {
      await setSinkId.call(this, deviceId);
      chosen.push({ by, deviceId: this.sinkId });
    };
  }
  note(HTMLMediaElement.prototype, "media element");
  note(AudioContext.prototype, "audio graph");
  Object.assign(globalThis, { loudspeakers: chosen, openedMicrophones: opened });
}
