// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/type-test-source.ts from schemas/**/*.json.

// That TypeBox and the types agree.

import type { Static } from "@sinclair/typebox";
import type * as schemas from "../../src/generated/schemas.ts";
import type * as types from "../../src/generated/types.ts";
import type * as translationSchemas from "../../src/generated/translation/schemas.ts";
import type * as translationTypes from "../../src/generated/translation/types.ts";
import type * as restSchemas from "../../src/generated/rest/schemas.ts";
import type * as restTypes from "../../src/generated/rest/types.ts";
import type * as dialectsSchemas from "../../src/generated/dialects/schemas.ts";
import type * as dialectsTypes from "../../src/generated/dialects/types.ts";
import type { AllTrue, Same } from "../same.ts";

/** For each definition, whether its TypeBox schema and its type are the same. */
interface Agreement {
  ItemStatus: Same<Static<typeof schemas.ItemStatus>, types.ItemStatus>;
  InputTextPart: Same<Static<typeof schemas.InputTextPart>, types.InputTextPart>;
  SystemMessage: Same<Static<typeof schemas.SystemMessage>, types.SystemMessage>;
  InputAudioPart: Same<Static<typeof schemas.InputAudioPart>, types.InputAudioPart>;
  InputImagePart: Same<Static<typeof schemas.InputImagePart>, types.InputImagePart>;
  UserContentPart: Same<Static<typeof schemas.UserContentPart>, types.UserContentPart>;
  UserMessage: Same<Static<typeof schemas.UserMessage>, types.UserMessage>;
  OutputTextPart: Same<Static<typeof schemas.OutputTextPart>, types.OutputTextPart>;
  OutputAudioPart: Same<Static<typeof schemas.OutputAudioPart>, types.OutputAudioPart>;
  AssistantContentPart: Same<Static<typeof schemas.AssistantContentPart>, types.AssistantContentPart>;
  AssistantMessage: Same<Static<typeof schemas.AssistantMessage>, types.AssistantMessage>;
  FunctionCallItem: Same<Static<typeof schemas.FunctionCallItem>, types.FunctionCallItem>;
  FunctionCallOutputItem: Same<Static<typeof schemas.FunctionCallOutputItem>, types.FunctionCallOutputItem>;
  McpToolDescription: Same<Static<typeof schemas.McpToolDescription>, types.McpToolDescription>;
  McpListToolsItem: Same<Static<typeof schemas.McpListToolsItem>, types.McpListToolsItem>;
  McpProtocolError: Same<Static<typeof schemas.McpProtocolError>, types.McpProtocolError>;
  McpToolExecutionError: Same<Static<typeof schemas.McpToolExecutionError>, types.McpToolExecutionError>;
  McpHttpError: Same<Static<typeof schemas.McpHttpError>, types.McpHttpError>;
  McpError: Same<Static<typeof schemas.McpError>, types.McpError>;
  McpCallItem: Same<Static<typeof schemas.McpCallItem>, types.McpCallItem>;
  McpApprovalRequestItem: Same<Static<typeof schemas.McpApprovalRequestItem>, types.McpApprovalRequestItem>;
  McpApprovalResponseItem: Same<
    Static<typeof schemas.McpApprovalResponseItem>,
    types.McpApprovalResponseItem
  >;
  Item: Same<Static<typeof schemas.Item>, types.Item>;
  ConversationItemCreateEvent: Same<
    Static<typeof schemas.ConversationItemCreateEvent>,
    types.ConversationItemCreateEvent
  >;
  ConversationItemDeleteEvent: Same<
    Static<typeof schemas.ConversationItemDeleteEvent>,
    types.ConversationItemDeleteEvent
  >;
  ConversationItemRetrieveEvent: Same<
    Static<typeof schemas.ConversationItemRetrieveEvent>,
    types.ConversationItemRetrieveEvent
  >;
  ConversationItemTruncateEvent: Same<
    Static<typeof schemas.ConversationItemTruncateEvent>,
    types.ConversationItemTruncateEvent
  >;
  InputAudioBufferAppendEvent: Same<
    Static<typeof schemas.InputAudioBufferAppendEvent>,
    types.InputAudioBufferAppendEvent
  >;
  InputAudioBufferClearEvent: Same<
    Static<typeof schemas.InputAudioBufferClearEvent>,
    types.InputAudioBufferClearEvent
  >;
  InputAudioBufferCommitEvent: Same<
    Static<typeof schemas.InputAudioBufferCommitEvent>,
    types.InputAudioBufferCommitEvent
  >;
  OutputAudioBufferClearEvent: Same<
    Static<typeof schemas.OutputAudioBufferClearEvent>,
    types.OutputAudioBufferClearEvent
  >;
  ResponseCancelEvent: Same<Static<typeof schemas.ResponseCancelEvent>, types.ResponseCancelEvent>;
  ItemReference: Same<Static<typeof schemas.ItemReference>, types.ItemReference>;
  ResponseInputItem: Same<Static<typeof schemas.ResponseInputItem>, types.ResponseInputItem>;
  Modality: Same<Static<typeof schemas.Modality>, types.Modality>;
  OutputModalities: Same<Static<typeof schemas.OutputModalities>, types.OutputModalities>;
  PcmFormat: Same<Static<typeof schemas.PcmFormat>, types.PcmFormat>;
  PcmuFormat: Same<Static<typeof schemas.PcmuFormat>, types.PcmuFormat>;
  PcmaFormat: Same<Static<typeof schemas.PcmaFormat>, types.PcmaFormat>;
  AudioFormat: Same<Static<typeof schemas.AudioFormat>, types.AudioFormat>;
  VoiceName: Same<Static<typeof schemas.VoiceName>, types.VoiceName>;
  CustomVoice: Same<Static<typeof schemas.CustomVoice>, types.CustomVoice>;
  Voice: Same<Static<typeof schemas.Voice>, types.Voice>;
  ResponseAudioOutput: Same<Static<typeof schemas.ResponseAudioOutput>, types.ResponseAudioOutput>;
  ResponseAudio: Same<Static<typeof schemas.ResponseAudio>, types.ResponseAudio>;
  FunctionTool: Same<Static<typeof schemas.FunctionTool>, types.FunctionTool>;
  McpToolFilter: Same<Static<typeof schemas.McpToolFilter>, types.McpToolFilter>;
  McpApprovalFilter: Same<Static<typeof schemas.McpApprovalFilter>, types.McpApprovalFilter>;
  McpTool: Same<Static<typeof schemas.McpTool>, types.McpTool>;
  Tool: Same<Static<typeof schemas.Tool>, types.Tool>;
  ToolChoiceMode: Same<Static<typeof schemas.ToolChoiceMode>, types.ToolChoiceMode>;
  FunctionToolChoice: Same<Static<typeof schemas.FunctionToolChoice>, types.FunctionToolChoice>;
  McpToolChoice: Same<Static<typeof schemas.McpToolChoice>, types.McpToolChoice>;
  ToolChoice: Same<Static<typeof schemas.ToolChoice>, types.ToolChoice>;
  Reasoning: Same<Static<typeof schemas.Reasoning>, types.Reasoning>;
  MaxOutputTokens: Same<Static<typeof schemas.MaxOutputTokens>, types.MaxOutputTokens>;
  Prompt: Same<Static<typeof schemas.Prompt>, types.Prompt>;
  Metadata: Same<Static<typeof schemas.Metadata>, types.Metadata>;
  ResponseConfig: Same<Static<typeof schemas.ResponseConfig>, types.ResponseConfig>;
  ResponseCreateEvent: Same<Static<typeof schemas.ResponseCreateEvent>, types.ResponseCreateEvent>;
  ModelName: Same<Static<typeof schemas.ModelName>, types.ModelName>;
  TranscriptionModelName: Same<Static<typeof schemas.TranscriptionModelName>, types.TranscriptionModelName>;
  TranscriptionConfig: Same<Static<typeof schemas.TranscriptionConfig>, types.TranscriptionConfig>;
  NoiseReduction: Same<Static<typeof schemas.NoiseReduction>, types.NoiseReduction>;
  ServerVad: Same<Static<typeof schemas.ServerVad>, types.ServerVad>;
  SemanticVad: Same<Static<typeof schemas.SemanticVad>, types.SemanticVad>;
  TurnDetection: Same<Static<typeof schemas.TurnDetection>, types.TurnDetection>;
  AudioInputConfig: Same<Static<typeof schemas.AudioInputConfig>, types.AudioInputConfig>;
  AudioOutputConfig: Same<Static<typeof schemas.AudioOutputConfig>, types.AudioOutputConfig>;
  AudioConfig: Same<Static<typeof schemas.AudioConfig>, types.AudioConfig>;
  TokenLimits: Same<Static<typeof schemas.TokenLimits>, types.TokenLimits>;
  RetentionRatioTruncation: Same<
    Static<typeof schemas.RetentionRatioTruncation>,
    types.RetentionRatioTruncation
  >;
  Truncation: Same<Static<typeof schemas.Truncation>, types.Truncation>;
  TracingConfig: Same<Static<typeof schemas.TracingConfig>, types.TracingConfig>;
  Tracing: Same<Static<typeof schemas.Tracing>, types.Tracing>;
  IncludeField: Same<Static<typeof schemas.IncludeField>, types.IncludeField>;
  SessionConfig: Same<Static<typeof schemas.SessionConfig>, types.SessionConfig>;
  TranscriptionAudioConfig: Same<
    Static<typeof schemas.TranscriptionAudioConfig>,
    types.TranscriptionAudioConfig
  >;
  TranscriptionSessionConfig: Same<
    Static<typeof schemas.TranscriptionSessionConfig>,
    types.TranscriptionSessionConfig
  >;
  AnySessionConfig: Same<Static<typeof schemas.AnySessionConfig>, types.AnySessionConfig>;
  SessionUpdateEvent: Same<Static<typeof schemas.SessionUpdateEvent>, types.SessionUpdateEvent>;
  Conversation: Same<Static<typeof schemas.Conversation>, types.Conversation>;
  ConversationCreatedEvent: Same<
    Static<typeof schemas.ConversationCreatedEvent>,
    types.ConversationCreatedEvent
  >;
  ServerItem: Same<Static<typeof schemas.ServerItem>, types.ServerItem>;
  ConversationItemAddedEvent: Same<
    Static<typeof schemas.ConversationItemAddedEvent>,
    types.ConversationItemAddedEvent
  >;
  ConversationItemCreatedEvent: Same<
    Static<typeof schemas.ConversationItemCreatedEvent>,
    types.ConversationItemCreatedEvent
  >;
  ConversationItemDeletedEvent: Same<
    Static<typeof schemas.ConversationItemDeletedEvent>,
    types.ConversationItemDeletedEvent
  >;
  ConversationItemDoneEvent: Same<
    Static<typeof schemas.ConversationItemDoneEvent>,
    types.ConversationItemDoneEvent
  >;
  TranscriptionInputTokenDetails: Same<
    Static<typeof schemas.TranscriptionInputTokenDetails>,
    types.TranscriptionInputTokenDetails
  >;
  TokenTranscriptionUsage: Same<
    Static<typeof schemas.TokenTranscriptionUsage>,
    types.TokenTranscriptionUsage
  >;
  DurationTranscriptionUsage: Same<
    Static<typeof schemas.DurationTranscriptionUsage>,
    types.DurationTranscriptionUsage
  >;
  TranscriptionUsage: Same<Static<typeof schemas.TranscriptionUsage>, types.TranscriptionUsage>;
  TranscriptionLanguage: Same<Static<typeof schemas.TranscriptionLanguage>, types.TranscriptionLanguage>;
  LogProb: Same<Static<typeof schemas.LogProb>, types.LogProb>;
  ConversationItemInputAudioTranscriptionCompletedEvent: Same<
    Static<typeof schemas.ConversationItemInputAudioTranscriptionCompletedEvent>,
    types.ConversationItemInputAudioTranscriptionCompletedEvent
  >;
  ConversationItemInputAudioTranscriptionDeltaEvent: Same<
    Static<typeof schemas.ConversationItemInputAudioTranscriptionDeltaEvent>,
    types.ConversationItemInputAudioTranscriptionDeltaEvent
  >;
  TranscriptionError: Same<Static<typeof schemas.TranscriptionError>, types.TranscriptionError>;
  ConversationItemInputAudioTranscriptionFailedEvent: Same<
    Static<typeof schemas.ConversationItemInputAudioTranscriptionFailedEvent>,
    types.ConversationItemInputAudioTranscriptionFailedEvent
  >;
  ConversationItemInputAudioTranscriptionSegmentEvent: Same<
    Static<typeof schemas.ConversationItemInputAudioTranscriptionSegmentEvent>,
    types.ConversationItemInputAudioTranscriptionSegmentEvent
  >;
  ConversationItemRetrievedEvent: Same<
    Static<typeof schemas.ConversationItemRetrievedEvent>,
    types.ConversationItemRetrievedEvent
  >;
  ConversationItemTruncatedEvent: Same<
    Static<typeof schemas.ConversationItemTruncatedEvent>,
    types.ConversationItemTruncatedEvent
  >;
  ErrorDetails: Same<Static<typeof schemas.ErrorDetails>, types.ErrorDetails>;
  ServerErrorEvent: Same<Static<typeof schemas.ServerErrorEvent>, types.ServerErrorEvent>;
  InputAudioBufferClearedEvent: Same<
    Static<typeof schemas.InputAudioBufferClearedEvent>,
    types.InputAudioBufferClearedEvent
  >;
  InputAudioBufferCommittedEvent: Same<
    Static<typeof schemas.InputAudioBufferCommittedEvent>,
    types.InputAudioBufferCommittedEvent
  >;
  InputAudioBufferDtmfEventReceivedEvent: Same<
    Static<typeof schemas.InputAudioBufferDtmfEventReceivedEvent>,
    types.InputAudioBufferDtmfEventReceivedEvent
  >;
  InputAudioBufferSpeechStartedEvent: Same<
    Static<typeof schemas.InputAudioBufferSpeechStartedEvent>,
    types.InputAudioBufferSpeechStartedEvent
  >;
  InputAudioBufferSpeechStoppedEvent: Same<
    Static<typeof schemas.InputAudioBufferSpeechStoppedEvent>,
    types.InputAudioBufferSpeechStoppedEvent
  >;
  InputAudioBufferTimeoutTriggeredEvent: Same<
    Static<typeof schemas.InputAudioBufferTimeoutTriggeredEvent>,
    types.InputAudioBufferTimeoutTriggeredEvent
  >;
  McpListToolsCompletedEvent: Same<
    Static<typeof schemas.McpListToolsCompletedEvent>,
    types.McpListToolsCompletedEvent
  >;
  McpListToolsFailedEvent: Same<
    Static<typeof schemas.McpListToolsFailedEvent>,
    types.McpListToolsFailedEvent
  >;
  McpListToolsInProgressEvent: Same<
    Static<typeof schemas.McpListToolsInProgressEvent>,
    types.McpListToolsInProgressEvent
  >;
  OutputAudioBufferClearedEvent: Same<
    Static<typeof schemas.OutputAudioBufferClearedEvent>,
    types.OutputAudioBufferClearedEvent
  >;
  OutputAudioBufferStartedEvent: Same<
    Static<typeof schemas.OutputAudioBufferStartedEvent>,
    types.OutputAudioBufferStartedEvent
  >;
  OutputAudioBufferStoppedEvent: Same<
    Static<typeof schemas.OutputAudioBufferStoppedEvent>,
    types.OutputAudioBufferStoppedEvent
  >;
  RateLimit: Same<Static<typeof schemas.RateLimit>, types.RateLimit>;
  RateLimitsUpdatedEvent: Same<Static<typeof schemas.RateLimitsUpdatedEvent>, types.RateLimitsUpdatedEvent>;
  ResponseTextPart: Same<Static<typeof schemas.ResponseTextPart>, types.ResponseTextPart>;
  ResponseAudioPart: Same<Static<typeof schemas.ResponseAudioPart>, types.ResponseAudioPart>;
  ResponsePart: Same<Static<typeof schemas.ResponsePart>, types.ResponsePart>;
  ResponseContentPartAddedEvent: Same<
    Static<typeof schemas.ResponseContentPartAddedEvent>,
    types.ResponseContentPartAddedEvent
  >;
  ResponseContentPartDoneEvent: Same<
    Static<typeof schemas.ResponseContentPartDoneEvent>,
    types.ResponseContentPartDoneEvent
  >;
  ResponseStatus: Same<Static<typeof schemas.ResponseStatus>, types.ResponseStatus>;
  ResponseError: Same<Static<typeof schemas.ResponseError>, types.ResponseError>;
  ResponseStatusDetails: Same<Static<typeof schemas.ResponseStatusDetails>, types.ResponseStatusDetails>;
  CachedTokenDetails: Same<Static<typeof schemas.CachedTokenDetails>, types.CachedTokenDetails>;
  InputTokenDetails: Same<Static<typeof schemas.InputTokenDetails>, types.InputTokenDetails>;
  OutputTokenDetails: Same<Static<typeof schemas.OutputTokenDetails>, types.OutputTokenDetails>;
  Usage: Same<Static<typeof schemas.Usage>, types.Usage>;
  RealtimeResponse: Same<Static<typeof schemas.RealtimeResponse>, types.RealtimeResponse>;
  ResponseCreatedEvent: Same<Static<typeof schemas.ResponseCreatedEvent>, types.ResponseCreatedEvent>;
  ResponseDoneEvent: Same<Static<typeof schemas.ResponseDoneEvent>, types.ResponseDoneEvent>;
  ResponseFunctionCallArgumentsDeltaEvent: Same<
    Static<typeof schemas.ResponseFunctionCallArgumentsDeltaEvent>,
    types.ResponseFunctionCallArgumentsDeltaEvent
  >;
  ResponseFunctionCallArgumentsDoneEvent: Same<
    Static<typeof schemas.ResponseFunctionCallArgumentsDoneEvent>,
    types.ResponseFunctionCallArgumentsDoneEvent
  >;
  ResponseMcpCallCompletedEvent: Same<
    Static<typeof schemas.ResponseMcpCallCompletedEvent>,
    types.ResponseMcpCallCompletedEvent
  >;
  ResponseMcpCallFailedEvent: Same<
    Static<typeof schemas.ResponseMcpCallFailedEvent>,
    types.ResponseMcpCallFailedEvent
  >;
  ResponseMcpCallInProgressEvent: Same<
    Static<typeof schemas.ResponseMcpCallInProgressEvent>,
    types.ResponseMcpCallInProgressEvent
  >;
  ResponseMcpCallArgumentsDeltaEvent: Same<
    Static<typeof schemas.ResponseMcpCallArgumentsDeltaEvent>,
    types.ResponseMcpCallArgumentsDeltaEvent
  >;
  ResponseMcpCallArgumentsDoneEvent: Same<
    Static<typeof schemas.ResponseMcpCallArgumentsDoneEvent>,
    types.ResponseMcpCallArgumentsDoneEvent
  >;
  ResponseOutputAudioDeltaEvent: Same<
    Static<typeof schemas.ResponseOutputAudioDeltaEvent>,
    types.ResponseOutputAudioDeltaEvent
  >;
  ResponseOutputAudioDoneEvent: Same<
    Static<typeof schemas.ResponseOutputAudioDoneEvent>,
    types.ResponseOutputAudioDoneEvent
  >;
  ResponseOutputAudioTranscriptDeltaEvent: Same<
    Static<typeof schemas.ResponseOutputAudioTranscriptDeltaEvent>,
    types.ResponseOutputAudioTranscriptDeltaEvent
  >;
  ResponseOutputAudioTranscriptDoneEvent: Same<
    Static<typeof schemas.ResponseOutputAudioTranscriptDoneEvent>,
    types.ResponseOutputAudioTranscriptDoneEvent
  >;
  ResponseOutputItemAddedEvent: Same<
    Static<typeof schemas.ResponseOutputItemAddedEvent>,
    types.ResponseOutputItemAddedEvent
  >;
  ResponseOutputItemDoneEvent: Same<
    Static<typeof schemas.ResponseOutputItemDoneEvent>,
    types.ResponseOutputItemDoneEvent
  >;
  ResponseOutputTextDeltaEvent: Same<
    Static<typeof schemas.ResponseOutputTextDeltaEvent>,
    types.ResponseOutputTextDeltaEvent
  >;
  ResponseOutputTextDoneEvent: Same<
    Static<typeof schemas.ResponseOutputTextDoneEvent>,
    types.ResponseOutputTextDoneEvent
  >;
  TranscriptionState: Same<Static<typeof schemas.TranscriptionState>, types.TranscriptionState>;
  AudioInputState: Same<Static<typeof schemas.AudioInputState>, types.AudioInputState>;
  AudioOutputState: Same<Static<typeof schemas.AudioOutputState>, types.AudioOutputState>;
  AudioState: Same<Static<typeof schemas.AudioState>, types.AudioState>;
  SessionState: Same<Static<typeof schemas.SessionState>, types.SessionState>;
  TranscriptionAudioState: Same<
    Static<typeof schemas.TranscriptionAudioState>,
    types.TranscriptionAudioState
  >;
  TranscriptionSessionState: Same<
    Static<typeof schemas.TranscriptionSessionState>,
    types.TranscriptionSessionState
  >;
  AnySessionState: Same<Static<typeof schemas.AnySessionState>, types.AnySessionState>;
  SessionCreatedEvent: Same<Static<typeof schemas.SessionCreatedEvent>, types.SessionCreatedEvent>;
  SessionUpdatedEvent: Same<Static<typeof schemas.SessionUpdatedEvent>, types.SessionUpdatedEvent>;
  ContentPart: Same<Static<typeof schemas.ContentPart>, types.ContentPart>;
  MessageItem: Same<Static<typeof schemas.MessageItem>, types.MessageItem>;
  RecordingEventLine: Same<Static<typeof schemas.RecordingEventLine>, types.RecordingEventLine>;
  RecordingHeader: Same<Static<typeof schemas.RecordingHeader>, types.RecordingHeader>;
  RecordingLinkClosing: Same<Static<typeof schemas.RecordingLinkClosing>, types.RecordingLinkClosing>;
  RecordingLinkClosedLine: Same<
    Static<typeof schemas.RecordingLinkClosedLine>,
    types.RecordingLinkClosedLine
  >;
  RecordingLinkOpening: Same<Static<typeof schemas.RecordingLinkOpening>, types.RecordingLinkOpening>;
  RecordingLinkOpenedLine: Same<
    Static<typeof schemas.RecordingLinkOpenedLine>,
    types.RecordingLinkOpenedLine
  >;
  RecordingTextLine: Same<Static<typeof schemas.RecordingTextLine>, types.RecordingTextLine>;
  RecordingLine: Same<Static<typeof schemas.RecordingLine>, types.RecordingLine>;
  TranslationTranscription: Same<
    Static<typeof translationSchemas.TranslationTranscription>,
    translationTypes.TranslationTranscription
  >;
  TranslationAudioInput: Same<
    Static<typeof translationSchemas.TranslationAudioInput>,
    translationTypes.TranslationAudioInput
  >;
  TranslationAudioOutput: Same<
    Static<typeof translationSchemas.TranslationAudioOutput>,
    translationTypes.TranslationAudioOutput
  >;
  TranslationAudio: Same<
    Static<typeof translationSchemas.TranslationAudio>,
    translationTypes.TranslationAudio
  >;
  TranslationSessionState: Same<
    Static<typeof translationSchemas.TranslationSessionState>,
    translationTypes.TranslationSessionState
  >;
  TranslationSessionCloseEvent: Same<
    Static<typeof translationSchemas.TranslationSessionCloseEvent>,
    translationTypes.TranslationSessionCloseEvent
  >;
  TranslationInputAudioBufferAppendEvent: Same<
    Static<typeof translationSchemas.TranslationInputAudioBufferAppendEvent>,
    translationTypes.TranslationInputAudioBufferAppendEvent
  >;
  TranslationSessionConfig: Same<
    Static<typeof translationSchemas.TranslationSessionConfig>,
    translationTypes.TranslationSessionConfig
  >;
  TranslationSessionUpdateEvent: Same<
    Static<typeof translationSchemas.TranslationSessionUpdateEvent>,
    translationTypes.TranslationSessionUpdateEvent
  >;
  TranslationErrorEvent: Same<
    Static<typeof translationSchemas.TranslationErrorEvent>,
    translationTypes.TranslationErrorEvent
  >;
  TranslationSessionClosedEvent: Same<
    Static<typeof translationSchemas.TranslationSessionClosedEvent>,
    translationTypes.TranslationSessionClosedEvent
  >;
  TranslationSessionCreatedEvent: Same<
    Static<typeof translationSchemas.TranslationSessionCreatedEvent>,
    translationTypes.TranslationSessionCreatedEvent
  >;
  TranslationInputTranscriptDeltaEvent: Same<
    Static<typeof translationSchemas.TranslationInputTranscriptDeltaEvent>,
    translationTypes.TranslationInputTranscriptDeltaEvent
  >;
  TranslationOutputAudioDeltaEvent: Same<
    Static<typeof translationSchemas.TranslationOutputAudioDeltaEvent>,
    translationTypes.TranslationOutputAudioDeltaEvent
  >;
  TranslationOutputTranscriptDeltaEvent: Same<
    Static<typeof translationSchemas.TranslationOutputTranscriptDeltaEvent>,
    translationTypes.TranslationOutputTranscriptDeltaEvent
  >;
  TranslationSessionUpdatedEvent: Same<
    Static<typeof translationSchemas.TranslationSessionUpdatedEvent>,
    translationTypes.TranslationSessionUpdatedEvent
  >;
  ApiErrorDetails: Same<Static<typeof restSchemas.ApiErrorDetails>, restTypes.ApiErrorDetails>;
  ApiErrorResponse: Same<Static<typeof restSchemas.ApiErrorResponse>, restTypes.ApiErrorResponse>;
  CallAcceptRequest: Same<Static<typeof restSchemas.CallAcceptRequest>, restTypes.CallAcceptRequest>;
  CallCreateRequest: Same<Static<typeof restSchemas.CallCreateRequest>, restTypes.CallCreateRequest>;
  SipHeader: Same<Static<typeof restSchemas.SipHeader>, restTypes.SipHeader>;
  IncomingCall: Same<Static<typeof restSchemas.IncomingCall>, restTypes.IncomingCall>;
  CallIncomingWebhook: Same<Static<typeof restSchemas.CallIncomingWebhook>, restTypes.CallIncomingWebhook>;
  CallReferRequest: Same<Static<typeof restSchemas.CallReferRequest>, restTypes.CallReferRequest>;
  CallRejectRequest: Same<Static<typeof restSchemas.CallRejectRequest>, restTypes.CallRejectRequest>;
  ClientSecretLifetime: Same<Static<typeof restSchemas.ClientSecretLifetime>, restTypes.ClientSecretLifetime>;
  ClientSecretRequest: Same<Static<typeof restSchemas.ClientSecretRequest>, restTypes.ClientSecretRequest>;
  ClientSecretResponse: Same<Static<typeof restSchemas.ClientSecretResponse>, restTypes.ClientSecretResponse>;
  TranslationSessionRequest: Same<
    Static<typeof restSchemas.TranslationSessionRequest>,
    restTypes.TranslationSessionRequest
  >;
  TranslationClientSecretRequest: Same<
    Static<typeof restSchemas.TranslationClientSecretRequest>,
    restTypes.TranslationClientSecretRequest
  >;
  TranslationClientSecretResponse: Same<
    Static<typeof restSchemas.TranslationClientSecretResponse>,
    restTypes.TranslationClientSecretResponse
  >;
  AzureInputAudioClearEvent: Same<
    Static<typeof dialectsSchemas.AzureInputAudioClearEvent>,
    dialectsTypes.AzureInputAudioClearEvent
  >;
  AzureInputAudioTurnAppendEvent: Same<
    Static<typeof dialectsSchemas.AzureInputAudioTurnAppendEvent>,
    dialectsTypes.AzureInputAudioTurnAppendEvent
  >;
  AzureInputAudioTurnCancelEvent: Same<
    Static<typeof dialectsSchemas.AzureInputAudioTurnCancelEvent>,
    dialectsTypes.AzureInputAudioTurnCancelEvent
  >;
  AzureInputAudioTurnEndEvent: Same<
    Static<typeof dialectsSchemas.AzureInputAudioTurnEndEvent>,
    dialectsTypes.AzureInputAudioTurnEndEvent
  >;
  AzureInputAudioTurnStartEvent: Same<
    Static<typeof dialectsSchemas.AzureInputAudioTurnStartEvent>,
    dialectsTypes.AzureInputAudioTurnStartEvent
  >;
  AzureInputTextDeltaEvent: Same<
    Static<typeof dialectsSchemas.AzureInputTextDeltaEvent>,
    dialectsTypes.AzureInputTextDeltaEvent
  >;
  AzureInputTextDoneEvent: Same<
    Static<typeof dialectsSchemas.AzureInputTextDoneEvent>,
    dialectsTypes.AzureInputTextDoneEvent
  >;
  AzureMcpApprovalResponseEvent: Same<
    Static<typeof dialectsSchemas.AzureMcpApprovalResponseEvent>,
    dialectsTypes.AzureMcpApprovalResponseEvent
  >;
  AzureRtcCallSdpCreateEvent: Same<
    Static<typeof dialectsSchemas.AzureRtcCallSdpCreateEvent>,
    dialectsTypes.AzureRtcCallSdpCreateEvent
  >;
  AzureSessionAvatarConnectEvent: Same<
    Static<typeof dialectsSchemas.AzureSessionAvatarConnectEvent>,
    dialectsTypes.AzureSessionAvatarConnectEvent
  >;
  AzureResponseAnimationBlendshapesDeltaEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseAnimationBlendshapesDeltaEvent>,
    dialectsTypes.AzureResponseAnimationBlendshapesDeltaEvent
  >;
  AzureResponseAnimationBlendshapesDoneEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseAnimationBlendshapesDoneEvent>,
    dialectsTypes.AzureResponseAnimationBlendshapesDoneEvent
  >;
  AzureResponseAnimationVisemeDeltaEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseAnimationVisemeDeltaEvent>,
    dialectsTypes.AzureResponseAnimationVisemeDeltaEvent
  >;
  AzureResponseAnimationVisemeDoneEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseAnimationVisemeDoneEvent>,
    dialectsTypes.AzureResponseAnimationVisemeDoneEvent
  >;
  AzureResponseAudioTimestampDeltaEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseAudioTimestampDeltaEvent>,
    dialectsTypes.AzureResponseAudioTimestampDeltaEvent
  >;
  AzureResponseAudioTimestampDoneEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseAudioTimestampDoneEvent>,
    dialectsTypes.AzureResponseAudioTimestampDoneEvent
  >;
  AzureResponseAudioTranscriptAnnotationAddedEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseAudioTranscriptAnnotationAddedEvent>,
    dialectsTypes.AzureResponseAudioTranscriptAnnotationAddedEvent
  >;
  AzureResponseFileSearchCallCompletedEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseFileSearchCallCompletedEvent>,
    dialectsTypes.AzureResponseFileSearchCallCompletedEvent
  >;
  AzureResponseFileSearchCallInProgressEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseFileSearchCallInProgressEvent>,
    dialectsTypes.AzureResponseFileSearchCallInProgressEvent
  >;
  AzureResponseFileSearchCallSearchingEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseFileSearchCallSearchingEvent>,
    dialectsTypes.AzureResponseFileSearchCallSearchingEvent
  >;
  AzureResponseInvocationDeltaEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseInvocationDeltaEvent>,
    dialectsTypes.AzureResponseInvocationDeltaEvent
  >;
  AzureResponseVideoDeltaEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseVideoDeltaEvent>,
    dialectsTypes.AzureResponseVideoDeltaEvent
  >;
  AzureResponseWebSearchCallCompletedEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseWebSearchCallCompletedEvent>,
    dialectsTypes.AzureResponseWebSearchCallCompletedEvent
  >;
  AzureResponseWebSearchCallInProgressEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseWebSearchCallInProgressEvent>,
    dialectsTypes.AzureResponseWebSearchCallInProgressEvent
  >;
  AzureResponseWebSearchCallSearchingEvent: Same<
    Static<typeof dialectsSchemas.AzureResponseWebSearchCallSearchingEvent>,
    dialectsTypes.AzureResponseWebSearchCallSearchingEvent
  >;
  AzureRtcCallErrorEvent: Same<
    Static<typeof dialectsSchemas.AzureRtcCallErrorEvent>,
    dialectsTypes.AzureRtcCallErrorEvent
  >;
  AzureRtcCallSdpCreatedEvent: Same<
    Static<typeof dialectsSchemas.AzureRtcCallSdpCreatedEvent>,
    dialectsTypes.AzureRtcCallSdpCreatedEvent
  >;
  AzureSessionAvatarConnectingEvent: Same<
    Static<typeof dialectsSchemas.AzureSessionAvatarConnectingEvent>,
    dialectsTypes.AzureSessionAvatarConnectingEvent
  >;
  AzureSessionAvatarSwitchToIdleEvent: Same<
    Static<typeof dialectsSchemas.AzureSessionAvatarSwitchToIdleEvent>,
    dialectsTypes.AzureSessionAvatarSwitchToIdleEvent
  >;
  AzureSessionAvatarSwitchToSpeakingEvent: Same<
    Static<typeof dialectsSchemas.AzureSessionAvatarSwitchToSpeakingEvent>,
    dialectsTypes.AzureSessionAvatarSwitchToSpeakingEvent
  >;
  AzureWarning: Same<Static<typeof dialectsSchemas.AzureWarning>, dialectsTypes.AzureWarning>;
  AzureWarningEvent: Same<Static<typeof dialectsSchemas.AzureWarningEvent>, dialectsTypes.AzureWarningEvent>;
  XaiConversationItemCommitEvent: Same<
    Static<typeof dialectsSchemas.XaiConversationItemCommitEvent>,
    dialectsTypes.XaiConversationItemCommitEvent
  >;
  XaiInputAudioTranscriptionUpdatedEvent: Same<
    Static<typeof dialectsSchemas.XaiInputAudioTranscriptionUpdatedEvent>,
    dialectsTypes.XaiInputAudioTranscriptionUpdatedEvent
  >;
  XaiPingEvent: Same<Static<typeof dialectsSchemas.XaiPingEvent>, dialectsTypes.XaiPingEvent>;
  XaiForceMessageItem: Same<
    Static<typeof dialectsSchemas.XaiForceMessageItem>,
    dialectsTypes.XaiForceMessageItem
  >;
}

/** Does not compile when one of them is not. */
export const agreement: AllTrue<Agreement> = true;
