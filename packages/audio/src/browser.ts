export { AudioDeviceError, type AudioDeviceErrorCode } from "./browser/audio-device-error.ts";
export {
  type Microphone,
  type MicrophoneFrame,
  type MicrophoneLevel,
  type MicrophoneOptions,
  microphone,
} from "./browser/microphone.ts";
export type { SoundContextOptions } from "./browser/sound-context.ts";
export { type Speaker, type SpeakerOptions, speaker } from "./browser/speaker.ts";
