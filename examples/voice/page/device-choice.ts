import { made } from "./found.ts";

/** Fills a choice with the devices that there are, and keeps what is chosen as long as it is there. */
export async function showDevices(
  select: HTMLSelectElement,
  kind: "audioinput" | "audiooutput",
): Promise<void> {
  // Absent on pages that are not secure, whatever the types say.
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const named = devices.filter(
    (device) => device.kind === kind && device.deviceId !== "" && device.deviceId !== "default",
  );
  const chosen = select.value;
  select.replaceChildren(
    option("", "As the system has it"),
    ...named.map(({ deviceId, label }, index) => option(deviceId, label || `Device ${index + 1}`)),
  );
  select.value = named.some(({ deviceId }) => deviceId === chosen) ? chosen : "";
}

function option(value: string, label: string): HTMLOptionElement {
  const element = made("option", "", label);
  element.value = value;
  return element;
}
