import { AudioDeviceError } from "./audio-device-error.ts";

/** A node of one mono input at most and one mono output. Throws `worklet_failed` where no processor has that name. */
export function workletNode(
  context: AudioContext,
  name: string,
  options: { readonly numberOfInputs: 0 | 1; readonly processorOptions: object },
): AudioWorkletNode {
  try {
    return new AudioWorkletNode(context, name, {
      ...options,
      numberOfOutputs: 1,
      outputChannelCount: [1],
      channelCount: 1,
      channelCountMode: "explicit",
    });
  } catch (cause) {
    throw new AudioDeviceError(
      "worklet_failed",
      `The module of the audio thread has no ${name}: it is of another release than this program. Serve the one of @duologue/audio/worklets.`,
      { cause },
    );
  }
}
