import { showDevices } from "./device-choice.ts";
import { found } from "./found.ts";
import type { Line } from "./line.ts";

const elements = {
  inputDevice: found("input-device", HTMLSelectElement),
  outputDevice: found("output-device", HTMLSelectElement),
  hint: found("device-hint", HTMLElement),
  volume: found("volume", HTMLInputElement),
};

/** What the user has chosen: of the devices that there are, and how loud. It outlives conversations. */
export interface Settings {
  /** The microphone's id; empty for the system's own. */
  readonly microphone: string;
  /** Lets a line sound as it was chosen. Rejects where the loudspeaker cannot be used. */
  applyTo(line: Line): Promise<void>;
  /**
   * Shows which devices there are, with their names as far as the browser tells them. Nobody waits for that: Firefox tells
   * it no page that is not in front.
   */
  list(): void;
}

/** Each choice goes to the line that is `live` then; `attempted` tells people where it fails, and us whether it did not. */
export function settings(
  live: () => Line | undefined,
  attempted: (choice: Promise<void>) => Promise<boolean>,
): Settings {
  const { inputDevice, outputDevice, hint, volume } = elements;

  async function list(): Promise<void> {
    await Promise.all([showDevices(inputDevice, "audioinput"), showDevices(outputDevice, "audiooutput")]);
    hint.hidden = inputDevice.length > 1;
  }

  /** What cannot be had is not shown as if it were in use. */
  function offer(select: HTMLSelectElement, choose: (line: Line, deviceId: string) => Promise<void>): void {
    let used = "";
    select.addEventListener("change", async () => {
      const { value } = select;
      const line = live();
      if (line === undefined || (await attempted(choose(line, value)))) {
        used = value;
        return;
      }
      select.value = used;
      // It may be gone, too.
      if (select.selectedIndex < 0) select.value = "";
    });
  }

  offer(inputDevice, ({ microphone }, deviceId) => microphone.choose(deviceId));
  offer(outputDevice, ({ loudspeaker }, deviceId) => loudspeaker.choose(deviceId));
  volume.addEventListener("input", () => live()?.loudspeaker.setVolume(volume.valueAsNumber / 100));
  navigator.mediaDevices?.addEventListener("devicechange", () => void list());

  return {
    list: () => void list(),
    get microphone() {
      return inputDevice.value;
    },
    async applyTo({ loudspeaker }) {
      loudspeaker.setVolume(volume.valueAsNumber / 100);
      if (outputDevice.value !== "") await loudspeaker.choose(outputDevice.value);
    },
  };
}
