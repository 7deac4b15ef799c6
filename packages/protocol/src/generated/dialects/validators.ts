// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/validator-source.ts from schemas/**/*.json.

// Validators as plain functions; nothing is compiled when a program runs.

import {
  type Check,
  type Found,
  at,
  isInteger,
  isObject,
  isShort,
  listOf,
  unlike,
  wrong,
} from "../../check.ts";
import { checkErrorDetails, checkOutputTextPart } from "../validators.ts";
import type { AzureClientEvent, AzureServerEvent, XaiClientEvent, XaiServerEvent } from "./types.ts";

/** Where a value differs from `AzureInputAudioClearEvent`; `undefined` when it conforms. */
export function checkAzureInputAudioClearEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio.clear") f = wrong(f, v, "type", '"input_audio.clear"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  return f;
}

/** Where a value differs from `AzureInputAudioTurnAppendEvent`; `undefined` when it conforms. */
export function checkAzureInputAudioTurnAppendEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio.turn.append") f = wrong(f, v, "type", '"input_audio.turn.append"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.turn_id !== "string") f = wrong(f, v, "turn_id", "a string");
  if (typeof v.audio !== "string") f = wrong(f, v, "audio", "a string");
  return f;
}

/** Where a value differs from `AzureInputAudioTurnCancelEvent`; `undefined` when it conforms. */
export function checkAzureInputAudioTurnCancelEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio.turn.cancel") f = wrong(f, v, "type", '"input_audio.turn.cancel"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.turn_id !== "string") f = wrong(f, v, "turn_id", "a string");
  return f;
}

/** Where a value differs from `AzureInputAudioTurnEndEvent`; `undefined` when it conforms. */
export function checkAzureInputAudioTurnEndEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio.turn.end") f = wrong(f, v, "type", '"input_audio.turn.end"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.turn_id !== "string") f = wrong(f, v, "turn_id", "a string");
  return f;
}

/** Where a value differs from `AzureInputAudioTurnStartEvent`; `undefined` when it conforms. */
export function checkAzureInputAudioTurnStartEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio.turn.start") f = wrong(f, v, "type", '"input_audio.turn.start"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.turn_id !== "string") f = wrong(f, v, "turn_id", "a string");
  return f;
}

/** Where a value differs from `AzureInputTextDeltaEvent`; `undefined` when it conforms. */
export function checkAzureInputTextDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_text.delta") f = wrong(f, v, "type", '"input_text.delta"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (typeof v.delta !== "string") f = wrong(f, v, "delta", "a string");
  if (v.content_index !== undefined && !isInteger(v.content_index, 0))
    f = wrong(f, v, "content_index", "an integer from 0");
  return f;
}

/** Where a value differs from `AzureInputTextDoneEvent`; `undefined` when it conforms. */
export function checkAzureInputTextDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_text.done") f = wrong(f, v, "type", '"input_text.done"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.content_index !== undefined && !isInteger(v.content_index, 0))
    f = wrong(f, v, "content_index", "an integer from 0");
  return f;
}

/** Where a value differs from `AzureMcpApprovalResponseEvent`; `undefined` when it conforms. */
export function checkAzureMcpApprovalResponseEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "mcp_approval_response") f = wrong(f, v, "type", '"mcp_approval_response"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (v.approval_request_id !== undefined && typeof v.approval_request_id !== "string")
    f = wrong(f, v, "approval_request_id", "a string");
  if (v.approve !== undefined && typeof v.approve !== "boolean") f = wrong(f, v, "approve", "a boolean");
  return f;
}

/** Where a value differs from `AzureRtcCallSdpCreateEvent`; `undefined` when it conforms. */
export function checkAzureRtcCallSdpCreateEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "rtc.call.sdp.create") f = wrong(f, v, "type", '"rtc.call.sdp.create"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.sdp_offer !== "string") f = wrong(f, v, "sdp_offer", "a string");
  if (v.session !== undefined && !isObject(v.session)) f = wrong(f, v, "session", "an object");
  return f;
}

/** Where a value differs from `AzureSessionAvatarConnectEvent`; `undefined` when it conforms. */
export function checkAzureSessionAvatarConnectEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.avatar.connect") f = wrong(f, v, "type", '"session.avatar.connect"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.client_sdp !== "string") f = wrong(f, v, "client_sdp", "a string");
  return f;
}

/** Where a value differs from `AzureResponseAnimationBlendshapesDeltaEvent`; `undefined` when it conforms. */
export function checkAzureResponseAnimationBlendshapesDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.animation_blendshapes.delta")
    f = wrong(f, v, "type", '"response.animation_blendshapes.delta"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (!isInteger(v.frame_index, 0)) f = wrong(f, v, "frame_index", "an integer from 0");
  if (v.frames === undefined) f = wrong(f, v, "frames", "a value");
  return f;
}

/** Where a value differs from `AzureResponseAnimationBlendshapesDoneEvent`; `undefined` when it conforms. */
export function checkAzureResponseAnimationBlendshapesDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.animation_blendshapes.done")
    f = wrong(f, v, "type", '"response.animation_blendshapes.done"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  return f;
}

/** Where a value differs from `AzureResponseAnimationVisemeDeltaEvent`; `undefined` when it conforms. */
export function checkAzureResponseAnimationVisemeDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.animation_viseme.delta")
    f = wrong(f, v, "type", '"response.animation_viseme.delta"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (!isInteger(v.audio_offset_ms, 0)) f = wrong(f, v, "audio_offset_ms", "an integer from 0");
  if (!isInteger(v.viseme_id, 0)) f = wrong(f, v, "viseme_id", "an integer from 0");
  return f;
}

/** Where a value differs from `AzureResponseAnimationVisemeDoneEvent`; `undefined` when it conforms. */
export function checkAzureResponseAnimationVisemeDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.animation_viseme.done")
    f = wrong(f, v, "type", '"response.animation_viseme.done"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  return f;
}

/** Where a value differs from `AzureResponseAudioTimestampDeltaEvent`; `undefined` when it conforms. */
export function checkAzureResponseAudioTimestampDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.audio_timestamp.delta")
    f = wrong(f, v, "type", '"response.audio_timestamp.delta"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (!isInteger(v.audio_offset_ms, 0)) f = wrong(f, v, "audio_offset_ms", "an integer from 0");
  if (!isInteger(v.audio_duration_ms, 0)) f = wrong(f, v, "audio_duration_ms", "an integer from 0");
  if (typeof v.text !== "string") f = wrong(f, v, "text", "a string");
  if (typeof v.timestamp_type !== "string") f = wrong(f, v, "timestamp_type", "a string");
  return f;
}

/** Where a value differs from `AzureResponseAudioTimestampDoneEvent`; `undefined` when it conforms. */
export function checkAzureResponseAudioTimestampDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.audio_timestamp.done") f = wrong(f, v, "type", '"response.audio_timestamp.done"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  return f;
}

/** Where a value differs from `AzureResponseAudioTranscriptAnnotationAddedEvent`; `undefined` when it conforms. */
export function checkAzureResponseAudioTranscriptAnnotationAddedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.audio_transcript.annotation.added")
    f = wrong(f, v, "type", '"response.audio_transcript.annotation.added"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (!isInteger(v.annotation_index, 0)) f = wrong(f, v, "annotation_index", "an integer from 0");
  if (v.annotation === undefined) f = wrong(f, v, "annotation", "a value");
  return f;
}

/** Where a value differs from `AzureResponseFileSearchCallCompletedEvent`; `undefined` when it conforms. */
export function checkAzureResponseFileSearchCallCompletedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.file_search_call.completed")
    f = wrong(f, v, "type", '"response.file_search_call.completed"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.sequence_number, 0)) f = wrong(f, v, "sequence_number", "an integer from 0");
  return f;
}

/** Where a value differs from `AzureResponseFileSearchCallInProgressEvent`; `undefined` when it conforms. */
export function checkAzureResponseFileSearchCallInProgressEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.file_search_call.in_progress")
    f = wrong(f, v, "type", '"response.file_search_call.in_progress"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.sequence_number, 0)) f = wrong(f, v, "sequence_number", "an integer from 0");
  return f;
}

/** Where a value differs from `AzureResponseFileSearchCallSearchingEvent`; `undefined` when it conforms. */
export function checkAzureResponseFileSearchCallSearchingEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.file_search_call.searching")
    f = wrong(f, v, "type", '"response.file_search_call.searching"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.sequence_number, 0)) f = wrong(f, v, "sequence_number", "an integer from 0");
  return f;
}

/** Where a value differs from `AzureResponseInvocationDeltaEvent`; `undefined` when it conforms. */
export function checkAzureResponseInvocationDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.invocation.delta") f = wrong(f, v, "type", '"response.invocation.delta"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (!isObject(v.delta)) f = wrong(f, v, "delta", "an object");
  return f;
}

/** Where a value differs from `AzureResponseVideoDeltaEvent`; `undefined` when it conforms. */
export function checkAzureResponseVideoDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.video.delta") f = wrong(f, v, "type", '"response.video.delta"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (typeof v.codec !== "string") f = wrong(f, v, "codec", "a string");
  if (typeof v.delta !== "string") f = wrong(f, v, "delta", "a string");
  return f;
}

/** Where a value differs from `AzureResponseWebSearchCallCompletedEvent`; `undefined` when it conforms. */
export function checkAzureResponseWebSearchCallCompletedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.web_search_call.completed")
    f = wrong(f, v, "type", '"response.web_search_call.completed"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.sequence_number, 0)) f = wrong(f, v, "sequence_number", "an integer from 0");
  return f;
}

/** Where a value differs from `AzureResponseWebSearchCallInProgressEvent`; `undefined` when it conforms. */
export function checkAzureResponseWebSearchCallInProgressEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.web_search_call.in_progress")
    f = wrong(f, v, "type", '"response.web_search_call.in_progress"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.sequence_number, 0)) f = wrong(f, v, "sequence_number", "an integer from 0");
  return f;
}

/** Where a value differs from `AzureResponseWebSearchCallSearchingEvent`; `undefined` when it conforms. */
export function checkAzureResponseWebSearchCallSearchingEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.web_search_call.searching")
    f = wrong(f, v, "type", '"response.web_search_call.searching"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.sequence_number, 0)) f = wrong(f, v, "sequence_number", "an integer from 0");
  return f;
}

/** Where a value differs from `AzureRtcCallErrorEvent`; `undefined` when it conforms. */
export function checkAzureRtcCallErrorEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "rtc.call.error") f = wrong(f, v, "type", '"rtc.call.error"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "error", checkErrorDetails(v.error));
  if (v.operation !== undefined && typeof v.operation !== "string") f = wrong(f, v, "operation", "a string");
  if (v.rtc_call_id !== undefined && typeof v.rtc_call_id !== "string")
    f = wrong(f, v, "rtc_call_id", "a string");
  return f;
}

/** Where a value differs from `AzureRtcCallSdpCreatedEvent`; `undefined` when it conforms. */
export function checkAzureRtcCallSdpCreatedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "rtc.call.sdp.created") f = wrong(f, v, "type", '"rtc.call.sdp.created"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.sdp_answer !== "string") f = wrong(f, v, "sdp_answer", "a string");
  if (v.rtc_call_id !== undefined && typeof v.rtc_call_id !== "string")
    f = wrong(f, v, "rtc_call_id", "a string");
  return f;
}

/** Where a value differs from `AzureSessionAvatarConnectingEvent`; `undefined` when it conforms. */
export function checkAzureSessionAvatarConnectingEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.avatar.connecting") f = wrong(f, v, "type", '"session.avatar.connecting"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.server_sdp !== "string") f = wrong(f, v, "server_sdp", "a string");
  return f;
}

/** Where a value differs from `AzureSessionAvatarSwitchToIdleEvent`; `undefined` when it conforms. */
export function checkAzureSessionAvatarSwitchToIdleEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.avatar.switch_to_idle") f = wrong(f, v, "type", '"session.avatar.switch_to_idle"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (v.turn_id !== undefined && typeof v.turn_id !== "string") f = wrong(f, v, "turn_id", "a string");
  return f;
}

/** Where a value differs from `AzureSessionAvatarSwitchToSpeakingEvent`; `undefined` when it conforms. */
export function checkAzureSessionAvatarSwitchToSpeakingEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.avatar.switch_to_speaking")
    f = wrong(f, v, "type", '"session.avatar.switch_to_speaking"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (v.turn_id !== undefined && typeof v.turn_id !== "string") f = wrong(f, v, "turn_id", "a string");
  return f;
}

/** Where a value differs from `AzureWarning`; `undefined` when it conforms. */
export function checkAzureWarning(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.message !== "string") f = wrong(f, v, "message", "a string");
  if (v.code !== undefined && typeof v.code !== "string" && v.code !== null)
    f = wrong(f, v, "code", "a string or null");
  if (v.param !== undefined && typeof v.param !== "string" && v.param !== null)
    f = wrong(f, v, "param", "a string or null");
  return f;
}

/** Where a value differs from `AzureWarningEvent`; `undefined` when it conforms. */
export function checkAzureWarningEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "warning") f = wrong(f, v, "type", '"warning"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "warning", checkAzureWarning(v.warning));
  return f;
}

/** Where a value differs from `XaiConversationItemCommitEvent`; `undefined` when it conforms. */
export function checkXaiConversationItemCommitEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.commit") f = wrong(f, v, "type", '"conversation.item.commit"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  return f;
}

/** Where a value differs from `XaiInputAudioTranscriptionUpdatedEvent`; `undefined` when it conforms. */
export function checkXaiInputAudioTranscriptionUpdatedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.input_audio_transcription.updated")
    f = wrong(f, v, "type", '"conversation.item.input_audio_transcription.updated"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (v.content_index !== undefined && !isInteger(v.content_index, 0))
    f = wrong(f, v, "content_index", "an integer from 0");
  if (typeof v.transcript !== "string") f = wrong(f, v, "transcript", "a string");
  if (v.status !== undefined && typeof v.status !== "string") f = wrong(f, v, "status", "a string");
  if (
    v.previous_item_id !== undefined &&
    typeof v.previous_item_id !== "string" &&
    v.previous_item_id !== null
  )
    f = wrong(f, v, "previous_item_id", "a string or null");
  return f;
}

/** Where a value differs from `XaiPingEvent`; `undefined` when it conforms. */
export function checkXaiPingEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "ping") f = wrong(f, v, "type", '"ping"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (v.timestamp !== undefined && !isInteger(v.timestamp, 0))
    f = wrong(f, v, "timestamp", "an integer from 0");
  if (
    v.previous_item_id !== undefined &&
    typeof v.previous_item_id !== "string" &&
    v.previous_item_id !== null
  )
    f = wrong(f, v, "previous_item_id", "a string or null");
  return f;
}

/** Where a value differs from `XaiForceMessageItem`; `undefined` when it conforms. */
export function checkXaiForceMessageItem(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "force_message") f = wrong(f, v, "type", '"force_message"');
  if (v.role !== "assistant") f = wrong(f, v, "role", '"assistant"');
  if (v.id !== undefined && typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.interruptible !== undefined && typeof v.interruptible !== "boolean")
    f = wrong(f, v, "interruptible", "a boolean");
  f = at(f, "content", listOf(v.content, checkOutputTextPart));
  return f;
}

/** The validator of every `AzureClientEvent`, by type. */
export const azureClientChecks: { readonly [K in AzureClientEvent["type"]]: Check } = {
  "input_audio.clear": checkAzureInputAudioClearEvent,
  "input_audio.turn.append": checkAzureInputAudioTurnAppendEvent,
  "input_audio.turn.cancel": checkAzureInputAudioTurnCancelEvent,
  "input_audio.turn.end": checkAzureInputAudioTurnEndEvent,
  "input_audio.turn.start": checkAzureInputAudioTurnStartEvent,
  "input_text.delta": checkAzureInputTextDeltaEvent,
  "input_text.done": checkAzureInputTextDoneEvent,
  mcp_approval_response: checkAzureMcpApprovalResponseEvent,
  "rtc.call.sdp.create": checkAzureRtcCallSdpCreateEvent,
  "session.avatar.connect": checkAzureSessionAvatarConnectEvent,
};

/** The validator of every `AzureServerEvent`, by type. */
export const azureServerChecks: { readonly [K in AzureServerEvent["type"]]: Check } = {
  "response.animation_blendshapes.delta": checkAzureResponseAnimationBlendshapesDeltaEvent,
  "response.animation_blendshapes.done": checkAzureResponseAnimationBlendshapesDoneEvent,
  "response.animation_viseme.delta": checkAzureResponseAnimationVisemeDeltaEvent,
  "response.animation_viseme.done": checkAzureResponseAnimationVisemeDoneEvent,
  "response.audio_timestamp.delta": checkAzureResponseAudioTimestampDeltaEvent,
  "response.audio_timestamp.done": checkAzureResponseAudioTimestampDoneEvent,
  "response.audio_transcript.annotation.added": checkAzureResponseAudioTranscriptAnnotationAddedEvent,
  "response.file_search_call.completed": checkAzureResponseFileSearchCallCompletedEvent,
  "response.file_search_call.in_progress": checkAzureResponseFileSearchCallInProgressEvent,
  "response.file_search_call.searching": checkAzureResponseFileSearchCallSearchingEvent,
  "response.invocation.delta": checkAzureResponseInvocationDeltaEvent,
  "response.video.delta": checkAzureResponseVideoDeltaEvent,
  "response.web_search_call.completed": checkAzureResponseWebSearchCallCompletedEvent,
  "response.web_search_call.in_progress": checkAzureResponseWebSearchCallInProgressEvent,
  "response.web_search_call.searching": checkAzureResponseWebSearchCallSearchingEvent,
  "rtc.call.error": checkAzureRtcCallErrorEvent,
  "rtc.call.sdp.created": checkAzureRtcCallSdpCreatedEvent,
  "session.avatar.connecting": checkAzureSessionAvatarConnectingEvent,
  "session.avatar.switch_to_idle": checkAzureSessionAvatarSwitchToIdleEvent,
  "session.avatar.switch_to_speaking": checkAzureSessionAvatarSwitchToSpeakingEvent,
  warning: checkAzureWarningEvent,
};

/** The validator of every `XaiClientEvent`, by type. */
export const xaiClientChecks: { readonly [K in XaiClientEvent["type"]]: Check } = {
  "conversation.item.commit": checkXaiConversationItemCommitEvent,
};

/** The validator of every `XaiServerEvent`, by type. */
export const xaiServerChecks: { readonly [K in XaiServerEvent["type"]]: Check } = {
  "conversation.item.input_audio_transcription.updated": checkXaiInputAudioTranscriptionUpdatedEvent,
  ping: checkXaiPingEvent,
};
