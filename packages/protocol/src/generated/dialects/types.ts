// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/type-source.ts from schemas/**/*.json.

// TypeScript types of what only some providers send and take.

import type { ErrorDetails, OutputTextPart } from "../types.ts";

/**
 * Throws away all audio that is on its way in, of every turn.
 */
export interface AzureInputAudioClearEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio.clear";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
}

/**
 * Adds audio to a turn that the client began.
 */
export interface AzureInputAudioTurnAppendEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio.turn.append";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The turn, as `input_audio.turn.start` named it.
   */
  turn_id: string;
  /**
   * The audio, base64, in the session's input format.
   */
  audio: string;
}

/**
 * Throws away a turn that the client began; nothing comes of it.
 */
export interface AzureInputAudioTurnCancelEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio.turn.cancel";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The turn, as `input_audio.turn.start` named it.
   */
  turn_id: string;
}

/**
 * Ends a turn that the client began; it becomes a user message.
 */
export interface AzureInputAudioTurnEndEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio.turn.end";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The turn, as `input_audio.turn.start` named it.
   */
  turn_id: string;
}

/**
 * Begins a turn of the user under a name of the client's, for clients that find turns themselves.
 */
export interface AzureInputAudioTurnStartEvent {
  /**
   * Says which event this is.
   */
  type: "input_audio.turn.start";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The client's own name for the turn; the other events of the turn repeat it.
   */
  turn_id: string;
}

/**
 * Adds text to an item of the user's as it is typed or comes from elsewhere.
 */
export interface AzureInputTextDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "input_text.delta";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The id of the item to add to.
   */
  id: string;
  /**
   * The text to append, blanks included.
   */
  delta: string;
  /**
   * The place of the content part in the item, from 0; 0 when left out.
   */
  content_index?: number;
}

/**
 * Says that the text of an item is whole.
 */
export interface AzureInputTextDoneEvent {
  /**
   * Says which event this is.
   */
  type: "input_text.done";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The id of the item that is whole.
   */
  id: string;
  /**
   * The place of the content part in the item, from 0; 0 when left out.
   */
  content_index?: number;
}

/**
 * Answers a request for approval by an event of its own rather than by an item. Microsoft publishes its
 * name only; the fields here are those of the item of the same name.
 */
export interface AzureMcpApprovalResponseEvent {
  /**
   * Says which event this is.
   */
  type: "mcp_approval_response";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The request that this answers.
   */
  approval_request_id?: string;
  /**
   * Whether the call may be made.
   */
  approve?: boolean;
}

/**
 * Asks for a WebRTC call over the control socket that is open already: the first frame on
 * `…/realtime/calls`. `rtc.call.sdp.created` answers, or `rtc.call.error`.
 */
export interface AzureRtcCallSdpCreateEvent {
  /**
   * Says which event this is.
   */
  type: "rtc.call.sdp.create";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The SDP offer of the client, complete with its candidates.
   */
  sdp_offer: string;
  /**
   * The settings that the session begins with, in the form that Voice Live takes.
   */
  session?: object;
}

/**
 * Asks for the avatar's picture by WebRTC. Send it after `session.updated`, whose `avatar.ice_servers`
 * the peer connection needs; `session.avatar.connecting` answers.
 */
export interface AzureSessionAvatarConnectEvent {
  /**
   * Says which event this is.
   */
  type: "session.avatar.connect";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
  /**
   * The SDP offer of the client, complete with its candidates.
   */
  client_sdp: string;
}

/**
 * More frames of the face that goes with the speech, for whoever draws it. Sent where `animation.outputs`
 * of the session asks for `blendshapes`. Show them in time with the audio of the same content part, not
 * as they come.
 */
export interface AzureResponseAnimationBlendshapesDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "response.animation_blendshapes.delta";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The item that it belongs to.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * The number of the first frame in this event, from 0 at the beginning of the content part.
   */
  frame_index: number;
  /**
   * The frames: a list of lists of numbers, one number a blendshape; or the same, packed and in base64.
   */
  frames: unknown;
}

/**
 * All frames of the face for one item were sent, also when the response was interrupted.
 */
export interface AzureResponseAnimationBlendshapesDoneEvent {
  /**
   * Says which event this is.
   */
  type: "response.animation_blendshapes.done";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The item that it belongs to.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
}

/**
 * The next position of the mouth that goes with the speech. Sent where `animation.outputs` of the session
 * asks for `viseme_id`. Show it when the audio has played so far, not when it comes.
 */
export interface AzureResponseAnimationVisemeDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "response.animation_viseme.delta";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The item that it belongs to.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * When to show it, in milliseconds from the beginning of the content part's audio.
   */
  audio_offset_ms: number;
  /**
   * Which position: one of the numbered visemes of Azure's speech service.
   */
  viseme_id: number;
}

/**
 * All positions of the mouth for one content part were sent, also when the response was interrupted.
 */
export interface AzureResponseAnimationVisemeDoneEvent {
  /**
   * Says which event this is.
   */
  type: "response.animation_viseme.done";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The item that it belongs to.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
}

/**
 * When the next word of the speech is spoken: what it takes to light up words as they are heard, or to
 * know which were heard at an interruption. Sent where `output_audio_timestamp_types` of the session asks
 * for it.
 */
export interface AzureResponseAudioTimestampDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "response.audio_timestamp.delta";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The item that it belongs to.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * When the word begins, in milliseconds from the beginning of the content part's audio.
   */
  audio_offset_ms: number;
  /**
   * How long the word lasts, in milliseconds.
   */
  audio_duration_ms: number;
  /**
   * The word, as the transcript has it.
   */
  text: string;
  /**
   * What the times are of: `word` is the only kind so far.
   */
  timestamp_type: "word" | (string & {});
}

/**
 * The times of all words of one content part were sent, also when the response was interrupted.
 */
export interface AzureResponseAudioTimestampDoneEvent {
  /**
   * Says which event this is.
   */
  type: "response.audio_timestamp.done";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The item that it belongs to.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
}

/**
 * A note on the words of the speech, such as the source of a claim after a search.
 */
export interface AzureResponseAudioTranscriptAnnotationAddedEvent {
  /**
   * Says which event this is.
   */
  type: "response.audio_transcript.annotation.added";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The item that it belongs to.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index: number;
  /**
   * The place of the note among those of the content part, from 0.
   */
  annotation_index: number;
  /**
   * The note, in the form that its kind has: a `url_citation` with `url` and `title`, say. An address in it
   * comes from the open web: look before opening it.
   */
  annotation: unknown;
}

/**
 * A search of the files of the agent is over, and the model goes on with what was found. The service does
 * it by itself: nothing is to be answered. Good for a sign on the screen while nothing is said.
 */
export interface AzureResponseFileSearchCallCompletedEvent {
  /**
   * Says which event this is.
   */
  type: "response.file_search_call.completed";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The id of the item that stands for the search.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The number of this event among those of the search.
   */
  sequence_number: number;
}

/**
 * A search of the files of the agent has been asked for. The service does it by itself: nothing is to be
 * answered. Good for a sign on the screen while nothing is said.
 */
export interface AzureResponseFileSearchCallInProgressEvent {
  /**
   * Says which event this is.
   */
  type: "response.file_search_call.in_progress";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The id of the item that stands for the search.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The number of this event among those of the search.
   */
  sequence_number: number;
}

/**
 * A search of the files of the agent is running. The service does it by itself: nothing is to be
 * answered. Good for a sign on the screen while nothing is said.
 */
export interface AzureResponseFileSearchCallSearchingEvent {
  /**
   * Says which event this is.
   */
  type: "response.file_search_call.searching";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The id of the item that stands for the search.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The number of this event among those of the search.
   */
  sequence_number: number;
}

/**
 * Something that a hosted agent sent and that is no speech, handed through as it was.
 */
export interface AzureResponseInvocationDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "response.invocation.delta";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The agent's event, in the agent's own form.
   */
  delta: object;
}

/**
 * More of the avatar's picture, where the session asks for it by WebSocket rather than by WebRTC. Large:
 * keep an eye on what piles up.
 */
export interface AzureResponseVideoDeltaEvent {
  /**
   * Says which event this is.
   */
  type: "response.video.delta";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * How the picture is encoded, such as `h264`.
   */
  codec: string;
  /**
   * The video data to append, base64.
   */
  delta: string;
}

/**
 * A search of the web is over, and the model goes on with what was found. The service does it by itself:
 * nothing is to be answered. Good for a sign on the screen while nothing is said.
 */
export interface AzureResponseWebSearchCallCompletedEvent {
  /**
   * Says which event this is.
   */
  type: "response.web_search_call.completed";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The id of the item that stands for the search.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The number of this event among those of the search.
   */
  sequence_number: number;
}

/**
 * A search of the web has been asked for. The service does it by itself: nothing is to be answered. Good
 * for a sign on the screen while nothing is said.
 */
export interface AzureResponseWebSearchCallInProgressEvent {
  /**
   * Says which event this is.
   */
  type: "response.web_search_call.in_progress";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The id of the item that stands for the search.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The number of this event among those of the search.
   */
  sequence_number: number;
}

/**
 * A search of the web is running. The service does it by itself: nothing is to be answered. Good for a
 * sign on the screen while nothing is said.
 */
export interface AzureResponseWebSearchCallSearchingEvent {
  /**
   * Says which event this is.
   */
  type: "response.web_search_call.searching";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The response that it belongs to.
   */
  response_id: string;
  /**
   * The id of the item that stands for the search.
   */
  item_id: string;
  /**
   * The place of the item in the response, from 0.
   */
  output_index: number;
  /**
   * The number of this event among those of the search.
   */
  sequence_number: number;
}

/**
 * A step of setting up or running a WebRTC call failed. The control socket stays open.
 */
export interface AzureRtcCallErrorEvent {
  /**
   * Says which event this is.
   */
  type: "rtc.call.error";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * What is wrong, with a code for programs and a sentence for people.
   */
  error: ErrorDetails;
  /**
   * The step that failed: the type of the command, such as `rtc.call.sdp.create`.
   */
  operation?: string;
  /**
   * The id of the call, where there is one.
   */
  rtc_call_id?: string;
}

/**
 * The answer to `rtc.call.sdp.create`: set it as the remote description, and the call stands.
 */
export interface AzureRtcCallSdpCreatedEvent {
  /**
   * Says which event this is.
   */
  type: "rtc.call.sdp.created";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The SDP answer of the service.
   */
  sdp_answer: string;
  /**
   * The id of the call, where the service tells.
   */
  rtc_call_id?: string;
}

/**
 * The answer to `session.avatar.connect`: set it as the remote description of the peer connection that
 * made the offer, and the avatar's picture and voice come on its tracks.
 */
export interface AzureSessionAvatarConnectingEvent {
  /**
   * Says which event this is.
   */
  type: "session.avatar.connecting";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The SDP answer of the service.
   */
  server_sdp: string;
}

/**
 * The avatar has stopped speaking and waits: the moment at which its picture changes, for whoever shows a
 * sign of it.
 */
export interface AzureSessionAvatarSwitchToIdleEvent {
  /**
   * Says which event this is.
   */
  type: "session.avatar.switch_to_idle";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The turn that it belongs to, where the service tells.
   */
  turn_id?: string;
}

/**
 * The avatar begins to speak: the moment at which its picture changes, for whoever shows a sign of it.
 */
export interface AzureSessionAvatarSwitchToSpeakingEvent {
  /**
   * Says which event this is.
   */
  type: "session.avatar.switch_to_speaking";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * The turn that it belongs to, where the service tells.
   */
  turn_id?: string;
}

/**
 * What a warning of Voice Live is about.
 */
export interface AzureWarning {
  /**
   * What it is, for a person to read.
   */
  message: string;
  /**
   * The code, for programs, where there is one.
   */
  code?: string | null;
  /**
   * The path of the field that it is about, where there is one.
   */
  param?: string | null;
}

/**
 * Voice Live wants something known that hinders nothing: a setting that it ignores, say. The session goes
 * on and no command failed. Log it.
 */
export interface AzureWarningEvent {
  /**
   * Says which event this is.
   */
  type: "warning";
  /**
   * The service's own name for this event, for logs. Some versions leave it out.
   */
  event_id?: string;
  /**
   * What it is about: a sentence for people and, often, a code.
   */
  warning: AzureWarning;
}

/**
 * Makes a user message out of the audio that was sent: xAI's early name for `input_audio_buffer.commit`,
 * which it takes as well and which is the better choice. Answered by `input_audio_buffer.committed`.
 */
export interface XaiConversationItemCommitEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.commit";
  /**
   * The client's own name for this event. An `error` event that answers it carries the same id; without one
   * an error cannot be told from another's. At most 512 characters.
   */
  event_id?: string;
}

/**
 * What the user has said so far, as far as xAI understands it by now. Each one replaces the one before,
 * words already shown included; `conversation.item.input_audio_transcription.completed` replaces the
 * last. Only with the model `grok-transcribe`.
 */
export interface XaiInputAudioTranscriptionUpdatedEvent {
  /**
   * Says which event this is.
   */
  type: "conversation.item.input_audio_transcription.updated";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * The user's item that the words belong to.
   */
  item_id: string;
  /**
   * The place of the content part in the item, from 0.
   */
  content_index?: number;
  /**
   * Everything said so far, not only what is new: show it in place of the last one, do not append it.
   */
  transcript: string;
  /**
   * How far the transcription has come, such as `in_progress`.
   */
  status?: string;
  /**
   * The item before the user's; `null` where xAI names none.
   */
  previous_item_id?: string | null;
}

/**
 * A sign of life from xAI, now and then. It wants no answer.
 */
export interface XaiPingEvent {
  /**
   * Says which event this is.
   */
  type: "ping";
  /**
   * The service's own name for this event, for logs. It is not the id of a command.
   */
  event_id: string;
  /**
   * When it was sent, in milliseconds since 1970.
   */
  timestamp?: number;
  /**
   * On most of xAI's events; here it means nothing.
   */
  previous_item_id?: string | null;
}

/**
 * Words that xAI speaks exactly as they are, without asking the model: as the `item` of
 * `conversation.item.create`.
 */
export interface XaiForceMessageItem {
  /**
   * Marks words to be spoken as they are.
   */
  type: "force_message";
  /**
   * Whose words they are: the assistant's.
   */
  role: "assistant";
  /**
   * The id of the item; xAI makes one where it is left out.
   */
  id?: string;
  /**
   * Whether the user can interrupt them by speaking.
   */
  interruptible?: boolean;
  /**
   * The words, as text parts.
   */
  content: OutputTextPart[];
}

/** What a client can send to Azure and to nobody else. Told apart by `type`. */
export type AzureClientEvent =
  | AzureInputAudioClearEvent
  | AzureInputAudioTurnAppendEvent
  | AzureInputAudioTurnCancelEvent
  | AzureInputAudioTurnEndEvent
  | AzureInputAudioTurnStartEvent
  | AzureInputTextDeltaEvent
  | AzureInputTextDoneEvent
  | AzureMcpApprovalResponseEvent
  | AzureRtcCallSdpCreateEvent
  | AzureSessionAvatarConnectEvent;

/** What Azure sends and nobody else. Told apart by `type`. */
export type AzureServerEvent =
  | AzureResponseAnimationBlendshapesDeltaEvent
  | AzureResponseAnimationBlendshapesDoneEvent
  | AzureResponseAnimationVisemeDeltaEvent
  | AzureResponseAnimationVisemeDoneEvent
  | AzureResponseAudioTimestampDeltaEvent
  | AzureResponseAudioTimestampDoneEvent
  | AzureResponseAudioTranscriptAnnotationAddedEvent
  | AzureResponseFileSearchCallCompletedEvent
  | AzureResponseFileSearchCallInProgressEvent
  | AzureResponseFileSearchCallSearchingEvent
  | AzureResponseInvocationDeltaEvent
  | AzureResponseVideoDeltaEvent
  | AzureResponseWebSearchCallCompletedEvent
  | AzureResponseWebSearchCallInProgressEvent
  | AzureResponseWebSearchCallSearchingEvent
  | AzureRtcCallErrorEvent
  | AzureRtcCallSdpCreatedEvent
  | AzureSessionAvatarConnectingEvent
  | AzureSessionAvatarSwitchToIdleEvent
  | AzureSessionAvatarSwitchToSpeakingEvent
  | AzureWarningEvent;

/** What a client can send to xAI and to nobody else. Told apart by `type`. */
export type XaiClientEvent = XaiConversationItemCommitEvent;

/** What xAI sends and nobody else. Told apart by `type`. */
export type XaiServerEvent = XaiInputAudioTranscriptionUpdatedEvent | XaiPingEvent;
