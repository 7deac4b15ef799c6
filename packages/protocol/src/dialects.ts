export type { Check, Found } from "./check.ts";
export { azure } from "./dialects/azure.ts";
export { beta } from "./dialects/beta.ts";
export { dialect } from "./dialects/dialect.ts";
export type { CoreEventType, Dialect, ExtraCommand, FieldDifference } from "./dialects/dialect-facts.ts";
export { openai } from "./dialects/openai.ts";
export { upcast } from "./dialects/upcast.ts";
export { xai } from "./dialects/xai.ts";
export type {
  AzureClientEvent,
  AzureInputAudioClearEvent,
  AzureInputAudioTurnAppendEvent,
  AzureInputAudioTurnCancelEvent,
  AzureInputAudioTurnEndEvent,
  AzureInputAudioTurnStartEvent,
  AzureInputTextDeltaEvent,
  AzureInputTextDoneEvent,
  AzureMcpApprovalResponseEvent,
  AzureResponseAnimationBlendshapesDeltaEvent,
  AzureResponseAnimationBlendshapesDoneEvent,
  AzureResponseAnimationVisemeDeltaEvent,
  AzureResponseAnimationVisemeDoneEvent,
  AzureResponseAudioTimestampDeltaEvent,
  AzureResponseAudioTimestampDoneEvent,
  AzureResponseAudioTranscriptAnnotationAddedEvent,
  AzureResponseFileSearchCallCompletedEvent,
  AzureResponseFileSearchCallInProgressEvent,
  AzureResponseFileSearchCallSearchingEvent,
  AzureResponseInvocationDeltaEvent,
  AzureResponseVideoDeltaEvent,
  AzureResponseWebSearchCallCompletedEvent,
  AzureResponseWebSearchCallInProgressEvent,
  AzureResponseWebSearchCallSearchingEvent,
  AzureRtcCallErrorEvent,
  AzureRtcCallSdpCreatedEvent,
  AzureRtcCallSdpCreateEvent,
  AzureServerEvent,
  AzureSessionAvatarConnectEvent,
  AzureSessionAvatarConnectingEvent,
  AzureSessionAvatarSwitchToIdleEvent,
  AzureSessionAvatarSwitchToSpeakingEvent,
  AzureWarning,
  AzureWarningEvent,
  XaiClientEvent,
  XaiConversationItemCommitEvent,
  XaiForceMessageItem,
  XaiInputAudioTranscriptionUpdatedEvent,
  XaiPingEvent,
  XaiServerEvent,
} from "./generated/dialects/types.ts";
