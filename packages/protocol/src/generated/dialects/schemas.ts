// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/typebox-source.ts from schemas/**/*.json.

// TypeBox schemas of what only some providers send and take.

import { Type } from "@sinclair/typebox";
import { ErrorDetails, OutputTextPart } from "../schemas.ts";

/**
 * Throws away all audio that is on its way in, of every turn.
 */
export const AzureInputAudioClearEvent = Type.Object(
  {
    type: Type.Literal("input_audio.clear", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
  },
  {
    title: "AzureInputAudioClearEvent",
    description: "Throws away all audio that is on its way in, of every turn.",
  },
);

/**
 * Adds audio to a turn that the client began.
 */
export const AzureInputAudioTurnAppendEvent = Type.Object(
  {
    type: Type.Literal("input_audio.turn.append", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    turn_id: Type.String({ description: "The turn, as `input_audio.turn.start` named it." }),
    audio: Type.String({
      description: "The audio, base64, in the session's input format.",
      contentEncoding: "base64",
    }),
  },
  { title: "AzureInputAudioTurnAppendEvent", description: "Adds audio to a turn that the client began." },
);

/**
 * Throws away a turn that the client began; nothing comes of it.
 */
export const AzureInputAudioTurnCancelEvent = Type.Object(
  {
    type: Type.Literal("input_audio.turn.cancel", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    turn_id: Type.String({ description: "The turn, as `input_audio.turn.start` named it." }),
  },
  {
    title: "AzureInputAudioTurnCancelEvent",
    description: "Throws away a turn that the client began; nothing comes of it.",
  },
);

/**
 * Ends a turn that the client began; it becomes a user message.
 */
export const AzureInputAudioTurnEndEvent = Type.Object(
  {
    type: Type.Literal("input_audio.turn.end", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    turn_id: Type.String({ description: "The turn, as `input_audio.turn.start` named it." }),
  },
  {
    title: "AzureInputAudioTurnEndEvent",
    description: "Ends a turn that the client began; it becomes a user message.",
  },
);

/**
 * Begins a turn of the user under a name of the client's, for clients that find turns themselves.
 */
export const AzureInputAudioTurnStartEvent = Type.Object(
  {
    type: Type.Literal("input_audio.turn.start", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    turn_id: Type.String({
      description: "The client's own name for the turn; the other events of the turn repeat it.",
    }),
  },
  {
    title: "AzureInputAudioTurnStartEvent",
    description:
      "Begins a turn of the user under a name of the client's, for clients that find turns themselves.",
  },
);

/**
 * Adds text to an item of the user's as it is typed or comes from elsewhere.
 */
export const AzureInputTextDeltaEvent = Type.Object(
  {
    type: Type.Literal("input_text.delta", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    id: Type.String({ description: "The id of the item to add to." }),
    delta: Type.String({ description: "The text to append, blanks included." }),
    content_index: Type.Optional(
      Type.Integer({
        description: "The place of the content part in the item, from 0; 0 when left out.",
        minimum: 0,
      }),
    ),
  },
  {
    title: "AzureInputTextDeltaEvent",
    description: "Adds text to an item of the user's as it is typed or comes from elsewhere.",
  },
);

/**
 * Says that the text of an item is whole.
 */
export const AzureInputTextDoneEvent = Type.Object(
  {
    type: Type.Literal("input_text.done", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    id: Type.String({ description: "The id of the item that is whole." }),
    content_index: Type.Optional(
      Type.Integer({
        description: "The place of the content part in the item, from 0; 0 when left out.",
        minimum: 0,
      }),
    ),
  },
  { title: "AzureInputTextDoneEvent", description: "Says that the text of an item is whole." },
);

/**
 * Answers a request for approval by an event of its own rather than by an item. Microsoft publishes its
 * name only; the fields here are those of the item of the same name.
 */
export const AzureMcpApprovalResponseEvent = Type.Object(
  {
    type: Type.Literal("mcp_approval_response", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    approval_request_id: Type.Optional(Type.String({ description: "The request that this answers." })),
    approve: Type.Optional(Type.Boolean({ description: "Whether the call may be made." })),
  },
  {
    title: "AzureMcpApprovalResponseEvent",
    description:
      "Answers a request for approval by an event of its own rather than by an item. Microsoft publishes its name only; the fields here are those of the item of the same name.",
  },
);

/**
 * Asks for a WebRTC call over the control socket that is open already: the first frame on
 * `…/realtime/calls`. `rtc.call.sdp.created` answers, or `rtc.call.error`.
 */
export const AzureRtcCallSdpCreateEvent = Type.Object(
  {
    type: Type.Literal("rtc.call.sdp.create", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    sdp_offer: Type.String({ description: "The SDP offer of the client, complete with its candidates." }),
    session: Type.Optional(
      Type.Unsafe<object>(
        Type.Object(
          {},
          { description: "The settings that the session begins with, in the form that Voice Live takes." },
        ),
      ),
    ),
  },
  {
    title: "AzureRtcCallSdpCreateEvent",
    description:
      "Asks for a WebRTC call over the control socket that is open already: the first frame on `…/realtime/calls`. `rtc.call.sdp.created` answers, or `rtc.call.error`.",
  },
);

/**
 * Asks for the avatar's picture by WebRTC. Send it after `session.updated`, whose `avatar.ice_servers`
 * the peer connection needs; `session.avatar.connecting` answers.
 */
export const AzureSessionAvatarConnectEvent = Type.Object(
  {
    type: Type.Literal("session.avatar.connect", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
    client_sdp: Type.String({ description: "The SDP offer of the client, complete with its candidates." }),
  },
  {
    title: "AzureSessionAvatarConnectEvent",
    description:
      "Asks for the avatar's picture by WebRTC. Send it after `session.updated`, whose `avatar.ice_servers` the peer connection needs; `session.avatar.connecting` answers.",
  },
);

/**
 * More frames of the face that goes with the speech, for whoever draws it. Sent where `animation.outputs`
 * of the session asks for `blendshapes`. Show them in time with the audio of the same content part, not
 * as they come.
 */
export const AzureResponseAnimationBlendshapesDeltaEvent = Type.Object(
  {
    type: Type.Literal("response.animation_blendshapes.delta", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The item that it belongs to." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    frame_index: Type.Integer({
      description:
        "The number of the first frame in this event, from 0 at the beginning of the content part.",
      minimum: 0,
    }),
    frames: Type.Unknown({
      description:
        "The frames: a list of lists of numbers, one number a blendshape; or the same, packed and in base64.",
    }),
  },
  {
    title: "AzureResponseAnimationBlendshapesDeltaEvent",
    description:
      "More frames of the face that goes with the speech, for whoever draws it. Sent where `animation.outputs` of the session asks for `blendshapes`. Show them in time with the audio of the same content part, not as they come.",
  },
);

/**
 * All frames of the face for one item were sent, also when the response was interrupted.
 */
export const AzureResponseAnimationBlendshapesDoneEvent = Type.Object(
  {
    type: Type.Literal("response.animation_blendshapes.done", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The item that it belongs to." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
  },
  {
    title: "AzureResponseAnimationBlendshapesDoneEvent",
    description: "All frames of the face for one item were sent, also when the response was interrupted.",
  },
);

/**
 * The next position of the mouth that goes with the speech. Sent where `animation.outputs` of the session
 * asks for `viseme_id`. Show it when the audio has played so far, not when it comes.
 */
export const AzureResponseAnimationVisemeDeltaEvent = Type.Object(
  {
    type: Type.Literal("response.animation_viseme.delta", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The item that it belongs to." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    audio_offset_ms: Type.Integer({
      description: "When to show it, in milliseconds from the beginning of the content part's audio.",
      minimum: 0,
    }),
    viseme_id: Type.Integer({
      description: "Which position: one of the numbered visemes of Azure's speech service.",
      minimum: 0,
    }),
  },
  {
    title: "AzureResponseAnimationVisemeDeltaEvent",
    description:
      "The next position of the mouth that goes with the speech. Sent where `animation.outputs` of the session asks for `viseme_id`. Show it when the audio has played so far, not when it comes.",
  },
);

/**
 * All positions of the mouth for one content part were sent, also when the response was interrupted.
 */
export const AzureResponseAnimationVisemeDoneEvent = Type.Object(
  {
    type: Type.Literal("response.animation_viseme.done", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The item that it belongs to." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
  },
  {
    title: "AzureResponseAnimationVisemeDoneEvent",
    description:
      "All positions of the mouth for one content part were sent, also when the response was interrupted.",
  },
);

/**
 * When the next word of the speech is spoken: what it takes to light up words as they are heard, or to
 * know which were heard at an interruption. Sent where `output_audio_timestamp_types` of the session asks
 * for it.
 */
export const AzureResponseAudioTimestampDeltaEvent = Type.Object(
  {
    type: Type.Literal("response.audio_timestamp.delta", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The item that it belongs to." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    audio_offset_ms: Type.Integer({
      description: "When the word begins, in milliseconds from the beginning of the content part's audio.",
      minimum: 0,
    }),
    audio_duration_ms: Type.Integer({ description: "How long the word lasts, in milliseconds.", minimum: 0 }),
    text: Type.String({ description: "The word, as the transcript has it." }),
    timestamp_type: Type.Unsafe<"word" | (string & {})>(
      Type.String({
        description: "What the times are of: `word` is the only kind so far.",
        examples: ["word"],
      }),
    ),
  },
  {
    title: "AzureResponseAudioTimestampDeltaEvent",
    description:
      "When the next word of the speech is spoken: what it takes to light up words as they are heard, or to know which were heard at an interruption. Sent where `output_audio_timestamp_types` of the session asks for it.",
  },
);

/**
 * The times of all words of one content part were sent, also when the response was interrupted.
 */
export const AzureResponseAudioTimestampDoneEvent = Type.Object(
  {
    type: Type.Literal("response.audio_timestamp.done", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The item that it belongs to." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
  },
  {
    title: "AzureResponseAudioTimestampDoneEvent",
    description:
      "The times of all words of one content part were sent, also when the response was interrupted.",
  },
);

/**
 * A note on the words of the speech, such as the source of a claim after a search.
 */
export const AzureResponseAudioTranscriptAnnotationAddedEvent = Type.Object(
  {
    type: Type.Literal("response.audio_transcript.annotation.added", {
      description: "Says which event this is.",
    }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The item that it belongs to." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    content_index: Type.Integer({
      description: "The place of the content part in the item, from 0.",
      minimum: 0,
    }),
    annotation_index: Type.Integer({
      description: "The place of the note among those of the content part, from 0.",
      minimum: 0,
    }),
    annotation: Type.Unknown({
      description:
        "The note, in the form that its kind has: a `url_citation` with `url` and `title`, say. An address in it comes from the open web: look before opening it.",
    }),
  },
  {
    title: "AzureResponseAudioTranscriptAnnotationAddedEvent",
    description: "A note on the words of the speech, such as the source of a claim after a search.",
  },
);

/**
 * A search of the files of the agent is over, and the model goes on with what was found. The service does
 * it by itself: nothing is to be answered. Good for a sign on the screen while nothing is said.
 */
export const AzureResponseFileSearchCallCompletedEvent = Type.Object(
  {
    type: Type.Literal("response.file_search_call.completed", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The id of the item that stands for the search." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    sequence_number: Type.Integer({
      description: "The number of this event among those of the search.",
      minimum: 0,
    }),
  },
  {
    title: "AzureResponseFileSearchCallCompletedEvent",
    description:
      "A search of the files of the agent is over, and the model goes on with what was found. The service does it by itself: nothing is to be answered. Good for a sign on the screen while nothing is said.",
  },
);

/**
 * A search of the files of the agent has been asked for. The service does it by itself: nothing is to be
 * answered. Good for a sign on the screen while nothing is said.
 */
export const AzureResponseFileSearchCallInProgressEvent = Type.Object(
  {
    type: Type.Literal("response.file_search_call.in_progress", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The id of the item that stands for the search." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    sequence_number: Type.Integer({
      description: "The number of this event among those of the search.",
      minimum: 0,
    }),
  },
  {
    title: "AzureResponseFileSearchCallInProgressEvent",
    description:
      "A search of the files of the agent has been asked for. The service does it by itself: nothing is to be answered. Good for a sign on the screen while nothing is said.",
  },
);

/**
 * A search of the files of the agent is running. The service does it by itself: nothing is to be
 * answered. Good for a sign on the screen while nothing is said.
 */
export const AzureResponseFileSearchCallSearchingEvent = Type.Object(
  {
    type: Type.Literal("response.file_search_call.searching", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The id of the item that stands for the search." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    sequence_number: Type.Integer({
      description: "The number of this event among those of the search.",
      minimum: 0,
    }),
  },
  {
    title: "AzureResponseFileSearchCallSearchingEvent",
    description:
      "A search of the files of the agent is running. The service does it by itself: nothing is to be answered. Good for a sign on the screen while nothing is said.",
  },
);

/**
 * Something that a hosted agent sent and that is no speech, handed through as it was.
 */
export const AzureResponseInvocationDeltaEvent = Type.Object(
  {
    type: Type.Literal("response.invocation.delta", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    delta: Type.Unsafe<object>(
      Type.Object({}, { description: "The agent's event, in the agent's own form." }),
    ),
  },
  {
    title: "AzureResponseInvocationDeltaEvent",
    description: "Something that a hosted agent sent and that is no speech, handed through as it was.",
  },
);

/**
 * More of the avatar's picture, where the session asks for it by WebSocket rather than by WebRTC. Large:
 * keep an eye on what piles up.
 */
export const AzureResponseVideoDeltaEvent = Type.Object(
  {
    type: Type.Literal("response.video.delta", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    codec: Type.String({ description: "How the picture is encoded, such as `h264`." }),
    delta: Type.String({ description: "The video data to append, base64.", contentEncoding: "base64" }),
  },
  {
    title: "AzureResponseVideoDeltaEvent",
    description:
      "More of the avatar's picture, where the session asks for it by WebSocket rather than by WebRTC. Large: keep an eye on what piles up.",
  },
);

/**
 * A search of the web is over, and the model goes on with what was found. The service does it by itself:
 * nothing is to be answered. Good for a sign on the screen while nothing is said.
 */
export const AzureResponseWebSearchCallCompletedEvent = Type.Object(
  {
    type: Type.Literal("response.web_search_call.completed", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The id of the item that stands for the search." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    sequence_number: Type.Integer({
      description: "The number of this event among those of the search.",
      minimum: 0,
    }),
  },
  {
    title: "AzureResponseWebSearchCallCompletedEvent",
    description:
      "A search of the web is over, and the model goes on with what was found. The service does it by itself: nothing is to be answered. Good for a sign on the screen while nothing is said.",
  },
);

/**
 * A search of the web has been asked for. The service does it by itself: nothing is to be answered. Good
 * for a sign on the screen while nothing is said.
 */
export const AzureResponseWebSearchCallInProgressEvent = Type.Object(
  {
    type: Type.Literal("response.web_search_call.in_progress", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The id of the item that stands for the search." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    sequence_number: Type.Integer({
      description: "The number of this event among those of the search.",
      minimum: 0,
    }),
  },
  {
    title: "AzureResponseWebSearchCallInProgressEvent",
    description:
      "A search of the web has been asked for. The service does it by itself: nothing is to be answered. Good for a sign on the screen while nothing is said.",
  },
);

/**
 * A search of the web is running. The service does it by itself: nothing is to be answered. Good for a
 * sign on the screen while nothing is said.
 */
export const AzureResponseWebSearchCallSearchingEvent = Type.Object(
  {
    type: Type.Literal("response.web_search_call.searching", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    response_id: Type.String({ description: "The response that it belongs to." }),
    item_id: Type.String({ description: "The id of the item that stands for the search." }),
    output_index: Type.Integer({ description: "The place of the item in the response, from 0.", minimum: 0 }),
    sequence_number: Type.Integer({
      description: "The number of this event among those of the search.",
      minimum: 0,
    }),
  },
  {
    title: "AzureResponseWebSearchCallSearchingEvent",
    description:
      "A search of the web is running. The service does it by itself: nothing is to be answered. Good for a sign on the screen while nothing is said.",
  },
);

/**
 * A step of setting up or running a WebRTC call failed. The control socket stays open.
 */
export const AzureRtcCallErrorEvent = Type.Object(
  {
    type: Type.Literal("rtc.call.error", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    error: ErrorDetails,
    operation: Type.Optional(
      Type.String({
        description: "The step that failed: the type of the command, such as `rtc.call.sdp.create`.",
      }),
    ),
    rtc_call_id: Type.Optional(Type.String({ description: "The id of the call, where there is one." })),
  },
  {
    title: "AzureRtcCallErrorEvent",
    description: "A step of setting up or running a WebRTC call failed. The control socket stays open.",
  },
);

/**
 * The answer to `rtc.call.sdp.create`: set it as the remote description, and the call stands.
 */
export const AzureRtcCallSdpCreatedEvent = Type.Object(
  {
    type: Type.Literal("rtc.call.sdp.created", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    sdp_answer: Type.String({ description: "The SDP answer of the service." }),
    rtc_call_id: Type.Optional(Type.String({ description: "The id of the call, where the service tells." })),
  },
  {
    title: "AzureRtcCallSdpCreatedEvent",
    description:
      "The answer to `rtc.call.sdp.create`: set it as the remote description, and the call stands.",
  },
);

/**
 * The answer to `session.avatar.connect`: set it as the remote description of the peer connection that
 * made the offer, and the avatar's picture and voice come on its tracks.
 */
export const AzureSessionAvatarConnectingEvent = Type.Object(
  {
    type: Type.Literal("session.avatar.connecting", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    server_sdp: Type.String({ description: "The SDP answer of the service." }),
  },
  {
    title: "AzureSessionAvatarConnectingEvent",
    description:
      "The answer to `session.avatar.connect`: set it as the remote description of the peer connection that made the offer, and the avatar's picture and voice come on its tracks.",
  },
);

/**
 * The avatar has stopped speaking and waits: the moment at which its picture changes, for whoever shows a
 * sign of it.
 */
export const AzureSessionAvatarSwitchToIdleEvent = Type.Object(
  {
    type: Type.Literal("session.avatar.switch_to_idle", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    turn_id: Type.Optional(
      Type.String({ description: "The turn that it belongs to, where the service tells." }),
    ),
  },
  {
    title: "AzureSessionAvatarSwitchToIdleEvent",
    description:
      "The avatar has stopped speaking and waits: the moment at which its picture changes, for whoever shows a sign of it.",
  },
);

/**
 * The avatar begins to speak: the moment at which its picture changes, for whoever shows a sign of it.
 */
export const AzureSessionAvatarSwitchToSpeakingEvent = Type.Object(
  {
    type: Type.Literal("session.avatar.switch_to_speaking", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    turn_id: Type.Optional(
      Type.String({ description: "The turn that it belongs to, where the service tells." }),
    ),
  },
  {
    title: "AzureSessionAvatarSwitchToSpeakingEvent",
    description:
      "The avatar begins to speak: the moment at which its picture changes, for whoever shows a sign of it.",
  },
);

/**
 * What a warning of Voice Live is about.
 */
export const AzureWarning = Type.Object(
  {
    message: Type.String({ description: "What it is, for a person to read." }),
    code: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "The code, for programs, where there is one.",
      }),
    ),
    param: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "The path of the field that it is about, where there is one.",
      }),
    ),
  },
  { title: "AzureWarning", description: "What a warning of Voice Live is about." },
);

/**
 * Voice Live wants something known that hinders nothing: a setting that it ignores, say. The session goes
 * on and no command failed. Log it.
 */
export const AzureWarningEvent = Type.Object(
  {
    type: Type.Literal("warning", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description: "The service's own name for this event, for logs. Some versions leave it out.",
      }),
    ),
    warning: AzureWarning,
  },
  {
    title: "AzureWarningEvent",
    description:
      "Voice Live wants something known that hinders nothing: a setting that it ignores, say. The session goes on and no command failed. Log it.",
  },
);

/**
 * Makes a user message out of the audio that was sent: xAI's early name for `input_audio_buffer.commit`,
 * which it takes as well and which is the better choice. Answered by `input_audio_buffer.committed`.
 */
export const XaiConversationItemCommitEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.commit", { description: "Says which event this is." }),
    event_id: Type.Optional(
      Type.String({
        description:
          "The client's own name for this event. An `error` event that answers it carries the same id; without one an error cannot be told from another's. At most 512 characters.",
        maxLength: 512,
      }),
    ),
  },
  {
    title: "XaiConversationItemCommitEvent",
    description:
      "Makes a user message out of the audio that was sent: xAI's early name for `input_audio_buffer.commit`, which it takes as well and which is the better choice. Answered by `input_audio_buffer.committed`.",
  },
);

/**
 * What the user has said so far, as far as xAI understands it by now. Each one replaces the one before,
 * words already shown included; `conversation.item.input_audio_transcription.completed` replaces the
 * last. Only with the model `grok-transcribe`.
 */
export const XaiInputAudioTranscriptionUpdatedEvent = Type.Object(
  {
    type: Type.Literal("conversation.item.input_audio_transcription.updated", {
      description: "Says which event this is.",
    }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    item_id: Type.String({ description: "The user's item that the words belong to." }),
    content_index: Type.Optional(
      Type.Integer({ description: "The place of the content part in the item, from 0.", minimum: 0 }),
    ),
    transcript: Type.String({
      description:
        "Everything said so far, not only what is new: show it in place of the last one, do not append it.",
    }),
    status: Type.Optional(
      Type.String({ description: "How far the transcription has come, such as `in_progress`." }),
    ),
    previous_item_id: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "The item before the user's; `null` where xAI names none.",
      }),
    ),
  },
  {
    title: "XaiInputAudioTranscriptionUpdatedEvent",
    description:
      "What the user has said so far, as far as xAI understands it by now. Each one replaces the one before, words already shown included; `conversation.item.input_audio_transcription.completed` replaces the last. Only with the model `grok-transcribe`.",
  },
);

/**
 * A sign of life from xAI, now and then. It wants no answer.
 */
export const XaiPingEvent = Type.Object(
  {
    type: Type.Literal("ping", { description: "Says which event this is." }),
    event_id: Type.String({
      description: "The service's own name for this event, for logs. It is not the id of a command.",
    }),
    timestamp: Type.Optional(
      Type.Integer({ description: "When it was sent, in milliseconds since 1970.", minimum: 0 }),
    ),
    previous_item_id: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: "On most of xAI's events; here it means nothing.",
      }),
    ),
  },
  { title: "XaiPingEvent", description: "A sign of life from xAI, now and then. It wants no answer." },
);

/**
 * Words that xAI speaks exactly as they are, without asking the model: as the `item` of
 * `conversation.item.create`.
 */
export const XaiForceMessageItem = Type.Object(
  {
    type: Type.Literal("force_message", { description: "Marks words to be spoken as they are." }),
    role: Type.Literal("assistant", { description: "Whose words they are: the assistant's." }),
    id: Type.Optional(
      Type.String({ description: "The id of the item; xAI makes one where it is left out." }),
    ),
    interruptible: Type.Optional(
      Type.Boolean({ description: "Whether the user can interrupt them by speaking." }),
    ),
    content: Type.Array(OutputTextPart, { description: "The words, as text parts." }),
  },
  {
    title: "XaiForceMessageItem",
    description:
      "Words that xAI speaks exactly as they are, without asking the model: as the `item` of `conversation.item.create`.",
  },
);
