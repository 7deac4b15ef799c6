export {
  type AudioFormat,
  type AudioFormatType,
  audioFormats,
  bytesPerMs,
  bytesToMs,
  decodeAudio,
  encodeAudio,
  msToBytes,
} from "./audio-format.ts";
export { base64ByteLength, base64ToBytes, bytesToBase64 } from "./base64.ts";
export { decodeALaw, decodeMuLaw, encodeALaw, encodeMuLaw } from "./g711.ts";
export { fadeIn, fadeOut, normalise } from "./gain.ts";
export { fromDbfs, inputLevel, peak, rms, toDbfs } from "./level.ts";
export { type PacedPlayer, pacedPlayer } from "./paced-player.ts";
export {
  type PacedSpeaker,
  type PacedSpeakerOptions,
  pacedSpeaker,
  type SpeakerClock,
} from "./paced-speaker.ts";
export { bytesToPcm16, float32ToPcm16, pcm16ToBytes, pcm16ToFloat32 } from "./pcm16.ts";
export type { PlaybackKey, PlaybackReport } from "./playback-account.ts";
export { type PlaybackQueue, playbackQueue } from "./playback-queue.ts";
export { type ResampleRates, type Resampler, resample, resampler } from "./resample.ts";
export {
  type VoiceActivity,
  type VoiceActivityEvent,
  type VoiceActivityOptions,
  type VoiceActivityState,
  voiceActivity,
} from "./voice-activity.ts";
export { readWav, requireFormat, type Wav, writeWav } from "./wav.ts";
export type { WireAudio } from "./wire-decoder.ts";
