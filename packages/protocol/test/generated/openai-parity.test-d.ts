// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/parity-test-source.ts from schemas/**/*.json.

// That the types differ from the official ones as listed in schemas/deviations.json.

import type * as official from "openai/resources/realtime/realtime";
import type * as official2 from "openai/resources/realtime/client-secrets";
import type * as official3 from "openai/resources/realtime/calls";
import type * as official4 from "openai/resources/webhooks/webhooks";
import type * as official5 from "openai/resources/shared";
import type * as types from "../../src/generated/types.ts";
import type * as translationTypes from "../../src/generated/translation/types.ts";
import type * as restTypes from "../../src/generated/rest/types.ts";
import type { Differences } from "../differences.ts";
import type { AllTrue, Same } from "../same.ts";

/** For each type, whether it differs from the official one as listed and not otherwise. */
interface Parity {
  ConversationItemCreateEvent: Same<
    Differences<types.ConversationItemCreateEvent, official.ConversationItemCreateEvent>,
    "item: different"
  >;
  ConversationItemDeleteEvent: Same<
    Differences<types.ConversationItemDeleteEvent, official.ConversationItemDeleteEvent>,
    never
  >;
  ConversationItemRetrieveEvent: Same<
    Differences<types.ConversationItemRetrieveEvent, official.ConversationItemRetrieveEvent>,
    never
  >;
  ConversationItemTruncateEvent: Same<
    Differences<types.ConversationItemTruncateEvent, official.ConversationItemTruncateEvent>,
    never
  >;
  InputAudioBufferAppendEvent: Same<
    Differences<types.InputAudioBufferAppendEvent, official.InputAudioBufferAppendEvent>,
    never
  >;
  InputAudioBufferClearEvent: Same<
    Differences<types.InputAudioBufferClearEvent, official.InputAudioBufferClearEvent>,
    never
  >;
  InputAudioBufferCommitEvent: Same<
    Differences<types.InputAudioBufferCommitEvent, official.InputAudioBufferCommitEvent>,
    never
  >;
  OutputAudioBufferClearEvent: Same<
    Differences<types.OutputAudioBufferClearEvent, official.OutputAudioBufferClearEvent>,
    never
  >;
  ResponseCancelEvent: Same<Differences<types.ResponseCancelEvent, official.ResponseCancelEvent>, never>;
  ResponseCreateEvent: Same<
    Differences<types.ResponseCreateEvent, official.ResponseCreateEventWithReferencesParam>,
    "response: different"
  >;
  SessionUpdateEvent: Same<
    Differences<types.SessionUpdateEvent, official.SessionUpdateEvent>,
    "session: different"
  >;
  ConversationCreatedEvent: Same<
    Differences<types.ConversationCreatedEvent, official.ConversationCreatedEvent>,
    never
  >;
  ConversationItemAddedEvent: Same<
    Differences<types.ConversationItemAddedEvent, official.ConversationItemAdded>,
    "item: different"
  >;
  ConversationItemCreatedEvent: Same<
    Differences<types.ConversationItemCreatedEvent, official.ConversationItemCreatedEvent>,
    "item: different"
  >;
  ConversationItemDeletedEvent: Same<
    Differences<types.ConversationItemDeletedEvent, official.ConversationItemDeletedEvent>,
    never
  >;
  ConversationItemDoneEvent: Same<
    Differences<types.ConversationItemDoneEvent, official.ConversationItemDone>,
    "item: different"
  >;
  ConversationItemInputAudioTranscriptionCompletedEvent: Same<
    Differences<
      types.ConversationItemInputAudioTranscriptionCompletedEvent,
      official.ConversationItemInputAudioTranscriptionCompletedEvent
    >,
    "usage: wider"
  >;
  ConversationItemInputAudioTranscriptionDeltaEvent: Same<
    Differences<
      types.ConversationItemInputAudioTranscriptionDeltaEvent,
      official.ConversationItemInputAudioTranscriptionDeltaEvent
    >,
    "obfuscation: added"
  >;
  ConversationItemInputAudioTranscriptionFailedEvent: Same<
    Differences<
      types.ConversationItemInputAudioTranscriptionFailedEvent,
      official.ConversationItemInputAudioTranscriptionFailedEvent
    >,
    "error: wider"
  >;
  ConversationItemInputAudioTranscriptionSegmentEvent: Same<
    Differences<
      types.ConversationItemInputAudioTranscriptionSegmentEvent,
      official.ConversationItemInputAudioTranscriptionSegment
    >,
    never
  >;
  ConversationItemRetrievedEvent: Same<
    Differences<types.ConversationItemRetrievedEvent, official.RealtimeServerEvent.ConversationItemRetrieved>,
    "item: different"
  >;
  ConversationItemTruncatedEvent: Same<
    Differences<types.ConversationItemTruncatedEvent, official.ConversationItemTruncatedEvent>,
    never
  >;
  ServerErrorEvent: Same<Differences<types.ServerErrorEvent, official.RealtimeErrorEvent>, never>;
  InputAudioBufferClearedEvent: Same<
    Differences<types.InputAudioBufferClearedEvent, official.InputAudioBufferClearedEvent>,
    never
  >;
  InputAudioBufferCommittedEvent: Same<
    Differences<types.InputAudioBufferCommittedEvent, official.InputAudioBufferCommittedEvent>,
    never
  >;
  InputAudioBufferDtmfEventReceivedEvent: Same<
    Differences<
      types.InputAudioBufferDtmfEventReceivedEvent,
      official.InputAudioBufferDtmfEventReceivedEvent
    >,
    "event_id: added"
  >;
  InputAudioBufferSpeechStartedEvent: Same<
    Differences<types.InputAudioBufferSpeechStartedEvent, official.InputAudioBufferSpeechStartedEvent>,
    never
  >;
  InputAudioBufferSpeechStoppedEvent: Same<
    Differences<types.InputAudioBufferSpeechStoppedEvent, official.InputAudioBufferSpeechStoppedEvent>,
    never
  >;
  InputAudioBufferTimeoutTriggeredEvent: Same<
    Differences<types.InputAudioBufferTimeoutTriggeredEvent, official.InputAudioBufferTimeoutTriggered>,
    never
  >;
  McpListToolsCompletedEvent: Same<
    Differences<types.McpListToolsCompletedEvent, official.McpListToolsCompleted>,
    never
  >;
  McpListToolsFailedEvent: Same<
    Differences<types.McpListToolsFailedEvent, official.McpListToolsFailed>,
    never
  >;
  McpListToolsInProgressEvent: Same<
    Differences<types.McpListToolsInProgressEvent, official.McpListToolsInProgress>,
    never
  >;
  OutputAudioBufferClearedEvent: Same<
    Differences<types.OutputAudioBufferClearedEvent, official.RealtimeServerEvent.OutputAudioBufferCleared>,
    never
  >;
  OutputAudioBufferStartedEvent: Same<
    Differences<types.OutputAudioBufferStartedEvent, official.RealtimeServerEvent.OutputAudioBufferStarted>,
    never
  >;
  OutputAudioBufferStoppedEvent: Same<
    Differences<types.OutputAudioBufferStoppedEvent, official.RealtimeServerEvent.OutputAudioBufferStopped>,
    never
  >;
  RateLimitsUpdatedEvent: Same<
    Differences<types.RateLimitsUpdatedEvent, official.RateLimitsUpdatedEvent>,
    "rate_limits: wider"
  >;
  ResponseContentPartAddedEvent: Same<
    Differences<types.ResponseContentPartAddedEvent, official.ResponseContentPartAddedEvent>,
    "part: different"
  >;
  ResponseContentPartDoneEvent: Same<
    Differences<types.ResponseContentPartDoneEvent, official.ResponseContentPartDoneEvent>,
    "part: different"
  >;
  ResponseCreatedEvent: Same<
    Differences<types.ResponseCreatedEvent, official.ResponseCreatedEvent>,
    "response: different"
  >;
  ResponseDoneEvent: Same<
    Differences<types.ResponseDoneEvent, official.ResponseDoneEvent>,
    "response: different"
  >;
  ResponseFunctionCallArgumentsDeltaEvent: Same<
    Differences<
      types.ResponseFunctionCallArgumentsDeltaEvent,
      official.ResponseFunctionCallArgumentsDeltaEvent
    >,
    "obfuscation: added"
  >;
  ResponseFunctionCallArgumentsDoneEvent: Same<
    Differences<
      types.ResponseFunctionCallArgumentsDoneEvent,
      official.ResponseFunctionCallArgumentsDoneEvent
    >,
    never
  >;
  ResponseMcpCallArgumentsDeltaEvent: Same<
    Differences<types.ResponseMcpCallArgumentsDeltaEvent, official.ResponseMcpCallArgumentsDelta>,
    never
  >;
  ResponseMcpCallArgumentsDoneEvent: Same<
    Differences<types.ResponseMcpCallArgumentsDoneEvent, official.ResponseMcpCallArgumentsDone>,
    never
  >;
  ResponseMcpCallCompletedEvent: Same<
    Differences<types.ResponseMcpCallCompletedEvent, official.ResponseMcpCallCompleted>,
    never
  >;
  ResponseMcpCallFailedEvent: Same<
    Differences<types.ResponseMcpCallFailedEvent, official.ResponseMcpCallFailed>,
    never
  >;
  ResponseMcpCallInProgressEvent: Same<
    Differences<types.ResponseMcpCallInProgressEvent, official.ResponseMcpCallInProgress>,
    never
  >;
  ResponseOutputAudioDeltaEvent: Same<
    Differences<types.ResponseOutputAudioDeltaEvent, official.ResponseAudioDeltaEvent>,
    "obfuscation: added"
  >;
  ResponseOutputAudioDoneEvent: Same<
    Differences<types.ResponseOutputAudioDoneEvent, official.ResponseAudioDoneEvent>,
    never
  >;
  ResponseOutputAudioTranscriptDeltaEvent: Same<
    Differences<types.ResponseOutputAudioTranscriptDeltaEvent, official.ResponseAudioTranscriptDeltaEvent>,
    "obfuscation: added"
  >;
  ResponseOutputAudioTranscriptDoneEvent: Same<
    Differences<types.ResponseOutputAudioTranscriptDoneEvent, official.ResponseAudioTranscriptDoneEvent>,
    never
  >;
  ResponseOutputItemAddedEvent: Same<
    Differences<types.ResponseOutputItemAddedEvent, official.ResponseOutputItemAddedEvent>,
    "item: different"
  >;
  ResponseOutputItemDoneEvent: Same<
    Differences<types.ResponseOutputItemDoneEvent, official.ResponseOutputItemDoneEvent>,
    "item: different"
  >;
  ResponseOutputTextDeltaEvent: Same<
    Differences<types.ResponseOutputTextDeltaEvent, official.ResponseTextDeltaEvent>,
    "obfuscation: added"
  >;
  ResponseOutputTextDoneEvent: Same<
    Differences<types.ResponseOutputTextDoneEvent, official.ResponseTextDoneEvent>,
    never
  >;
  SessionCreatedEvent: Same<
    Differences<types.SessionCreatedEvent, official.SessionCreatedEvent>,
    "session: different"
  >;
  SessionUpdatedEvent: Same<
    Differences<types.SessionUpdatedEvent, official.SessionUpdatedEvent>,
    "session: different"
  >;
  SystemMessage: Same<
    Differences<types.SystemMessage, official.RealtimeConversationItemSystemMessage>,
    "content: narrower"
  >;
  UserMessage: Same<
    Differences<types.UserMessage, official.RealtimeConversationItemUserMessage>,
    "content: different"
  >;
  AssistantMessage: Same<
    Differences<types.AssistantMessage, official.RealtimeConversationItemAssistantMessage>,
    "content: different"
  >;
  FunctionCallItem: Same<
    Differences<types.FunctionCallItem, official.RealtimeConversationItemFunctionCall>,
    never
  >;
  FunctionCallOutputItem: Same<
    Differences<types.FunctionCallOutputItem, official.RealtimeConversationItemFunctionCallOutput>,
    never
  >;
  McpListToolsItem: Same<
    Differences<types.McpListToolsItem, official.RealtimeMcpListTools>,
    "tools: narrower"
  >;
  McpCallItem: Same<Differences<types.McpCallItem, official.RealtimeMcpToolCall>, never>;
  McpApprovalRequestItem: Same<
    Differences<types.McpApprovalRequestItem, official.RealtimeMcpApprovalRequest>,
    never
  >;
  McpApprovalResponseItem: Same<
    Differences<types.McpApprovalResponseItem, official.RealtimeMcpApprovalResponse>,
    "id: wider"
  >;
  McpToolDescription: Same<
    Differences<types.McpToolDescription, official.RealtimeMcpListTools.Tool>,
    "input_schema: narrower" | "annotations: narrower"
  >;
  McpProtocolError: Same<Differences<types.McpProtocolError, official.RealtimeMcpProtocolError>, never>;
  McpToolExecutionError: Same<
    Differences<types.McpToolExecutionError, official.RealtimeMcpToolExecutionError>,
    never
  >;
  McpHttpError: Same<Differences<types.McpHttpError, official.RealtimeMcphttpError>, never>;
  ItemReference: Same<Differences<types.ItemReference, official.ResponseItemReference>, never>;
  PcmFormat: Same<Differences<types.PcmFormat, official.RealtimeAudioFormats.AudioPCM>, "type: narrower">;
  PcmuFormat: Same<Differences<types.PcmuFormat, official.RealtimeAudioFormats.AudioPCMU>, "type: narrower">;
  PcmaFormat: Same<Differences<types.PcmaFormat, official.RealtimeAudioFormats.AudioPCMA>, "type: narrower">;
  NoiseReduction: Same<
    Differences<types.NoiseReduction, official.RealtimeAudioConfigInput.NoiseReduction>,
    never
  >;
  ServerVad: Same<Differences<types.ServerVad, official.RealtimeAudioInputTurnDetection.ServerVad>, never>;
  SemanticVad: Same<
    Differences<types.SemanticVad, official.RealtimeAudioInputTurnDetection.SemanticVad>,
    never
  >;
  TranscriptionConfig: Same<
    Differences<types.TranscriptionConfig, official.AudioTranscription>,
    "delay: wider"
  >;
  AudioConfig: Same<Differences<types.AudioConfig, official.RealtimeAudioConfig>, "input: wider">;
  AudioInputConfig: Same<
    Differences<types.AudioInputConfig, official.RealtimeAudioConfigInput>,
    "transcription: wider" | "noise_reduction: wider"
  >;
  AudioOutputConfig: Same<Differences<types.AudioOutputConfig, official.RealtimeAudioConfigOutput>, never>;
  CustomVoice: Same<Differences<types.CustomVoice, official.RealtimeAudioConfigOutput.ID>, never>;
  FunctionTool: Same<
    Differences<types.FunctionTool, official.RealtimeFunctionTool>,
    "type: narrower" | "name: narrower" | "parameters: narrower"
  >;
  McpTool: Same<Differences<types.McpTool, official.RealtimeToolsConfigUnion.Mcp>, "connector_id: wider">;
  McpToolFilter: Same<
    Differences<types.McpToolFilter, official.RealtimeToolsConfigUnion.Mcp.McpToolFilter>,
    never
  >;
  McpApprovalFilter: Same<
    Differences<types.McpApprovalFilter, official.RealtimeToolsConfigUnion.Mcp.McpToolApprovalFilter>,
    never
  >;
  TracingConfig: Same<
    Differences<types.TracingConfig, official.RealtimeTracingConfig.TracingConfiguration>,
    never
  >;
  TokenLimits: Same<
    Differences<types.TokenLimits, official.RealtimeTruncationRetentionRatio.TokenLimits>,
    never
  >;
  RetentionRatioTruncation: Same<
    Differences<types.RetentionRatioTruncation, official.RealtimeTruncationRetentionRatio>,
    never
  >;
  Reasoning: Same<Differences<types.Reasoning, official.RealtimeReasoning>, "effort: wider">;
  SessionConfig: Same<
    Differences<types.SessionConfig, official.RealtimeSessionCreateRequest>,
    "audio: wider" | "tools: different" | "reasoning: wider" | "prompt: wider" | "include: wider"
  >;
  TranscriptionSessionConfig: Same<
    Differences<types.TranscriptionSessionConfig, official.RealtimeTranscriptionSessionCreateRequest>,
    "audio: wider" | "include: wider"
  >;
  TranscriptionAudioConfig: Same<
    Differences<types.TranscriptionAudioConfig, official.RealtimeTranscriptionSessionAudio>,
    "input: wider"
  >;
  ResponseConfig: Same<
    Differences<types.ResponseConfig, official.RealtimeResponseCreateParamsWithReferencesParam>,
    "input: different" | "tools: different" | "reasoning: wider" | "prompt: wider"
  >;
  ResponseAudio: Same<Differences<types.ResponseAudio, official.RealtimeResponse.Audio>, "output: wider">;
  ResponseAudioOutput: Same<
    Differences<types.ResponseAudioOutput, official.RealtimeResponse.Audio.Output>,
    "voice: wider"
  >;
  RealtimeResponse: Same<
    Differences<types.RealtimeResponse, official.RealtimeResponse>,
    | "id: narrower"
    | "status: narrower"
    | "status_details: wider"
    | "output: different"
    | "conversation_id: wider"
    | "audio: wider"
    | "usage: wider"
  >;
  ResponseStatusDetails: Same<
    Differences<types.ResponseStatusDetails, official.RealtimeResponseStatus>,
    "reason: wider" | "error: wider"
  >;
  ResponseError: Same<Differences<types.ResponseError, official.RealtimeResponseStatus.Error>, "code: wider">;
  Usage: Same<Differences<types.Usage, official.RealtimeResponseUsage>, never>;
  InputTokenDetails: Same<
    Differences<types.InputTokenDetails, official.RealtimeResponseUsageInputTokenDetails>,
    never
  >;
  CachedTokenDetails: Same<
    Differences<
      types.CachedTokenDetails,
      official.RealtimeResponseUsageInputTokenDetails.CachedTokensDetails
    >,
    never
  >;
  OutputTokenDetails: Same<
    Differences<types.OutputTokenDetails, official.RealtimeResponseUsageOutputTokenDetails>,
    never
  >;
  LogProb: Same<Differences<types.LogProb, official.LogProbProperties>, never>;
  TokenTranscriptionUsage: Same<
    Differences<
      types.TokenTranscriptionUsage,
      official.ConversationItemInputAudioTranscriptionCompletedEvent.TranscriptTextUsageTokens
    >,
    never
  >;
  DurationTranscriptionUsage: Same<
    Differences<
      types.DurationTranscriptionUsage,
      official.ConversationItemInputAudioTranscriptionCompletedEvent.TranscriptTextUsageDuration
    >,
    never
  >;
  TranscriptionError: Same<
    Differences<types.TranscriptionError, official.ConversationItemInputAudioTranscriptionFailedEvent.Error>,
    "code: wider" | "param: wider"
  >;
  ErrorDetails: Same<Differences<types.ErrorDetails, official.RealtimeError>, never>;
  RateLimit: Same<Differences<types.RateLimit, official.RateLimitsUpdatedEvent.RateLimit>, "name: wider">;
  Conversation: Same<Differences<types.Conversation, official.ConversationCreatedEvent.Conversation>, never>;
  TranslationSessionUpdateEvent: Same<
    Differences<
      translationTypes.TranslationSessionUpdateEvent,
      official.RealtimeTranslationSessionUpdateEvent
    >,
    "session: wider"
  >;
  TranslationInputAudioBufferAppendEvent: Same<
    Differences<
      translationTypes.TranslationInputAudioBufferAppendEvent,
      official.RealtimeTranslationInputAudioBufferAppendEvent
    >,
    never
  >;
  TranslationSessionCloseEvent: Same<
    Differences<translationTypes.TranslationSessionCloseEvent, official.RealtimeTranslationSessionCloseEvent>,
    never
  >;
  TranslationErrorEvent: Same<
    Differences<translationTypes.TranslationErrorEvent, official.RealtimeErrorEvent>,
    never
  >;
  TranslationSessionCreatedEvent: Same<
    Differences<
      translationTypes.TranslationSessionCreatedEvent,
      official.RealtimeTranslationSessionCreatedEvent
    >,
    "session: wider"
  >;
  TranslationSessionUpdatedEvent: Same<
    Differences<
      translationTypes.TranslationSessionUpdatedEvent,
      official.RealtimeTranslationSessionUpdatedEvent
    >,
    "session: wider"
  >;
  TranslationSessionClosedEvent: Same<
    Differences<
      translationTypes.TranslationSessionClosedEvent,
      official.RealtimeTranslationSessionClosedEvent
    >,
    never
  >;
  TranslationInputTranscriptDeltaEvent: Same<
    Differences<
      translationTypes.TranslationInputTranscriptDeltaEvent,
      official.RealtimeTranslationInputTranscriptDeltaEvent
    >,
    never
  >;
  TranslationOutputTranscriptDeltaEvent: Same<
    Differences<
      translationTypes.TranslationOutputTranscriptDeltaEvent,
      official.RealtimeTranslationOutputTranscriptDeltaEvent
    >,
    never
  >;
  TranslationOutputAudioDeltaEvent: Same<
    Differences<
      translationTypes.TranslationOutputAudioDeltaEvent,
      official.RealtimeTranslationOutputAudioDeltaEvent
    >,
    never
  >;
  TranslationSessionConfig: Same<
    Differences<translationTypes.TranslationSessionConfig, official.RealtimeTranslationSessionUpdateRequest>,
    "audio: wider"
  >;
  TranslationSessionState: Same<
    Differences<translationTypes.TranslationSessionState, official.RealtimeTranslationSession>,
    "audio: wider"
  >;
  TranslationAudio: Same<
    Differences<translationTypes.TranslationAudio, official.RealtimeTranslationSession.Audio>,
    "input: wider"
  >;
  TranslationAudioInput: Same<
    Differences<translationTypes.TranslationAudioInput, official.RealtimeTranslationSession.Audio.Input>,
    "noise_reduction: wider"
  >;
  TranslationAudioOutput: Same<
    Differences<translationTypes.TranslationAudioOutput, official.RealtimeTranslationSession.Audio.Output>,
    never
  >;
  TranslationTranscription: Same<
    Differences<
      translationTypes.TranslationTranscription,
      official.RealtimeTranslationSession.Audio.Input.Transcription
    >,
    never
  >;
  TranslationSessionRequest: Same<
    Differences<restTypes.TranslationSessionRequest, official.RealtimeTranslationSessionCreateRequest>,
    "audio: wider"
  >;
  TranslationClientSecretRequest: Same<
    Differences<
      restTypes.TranslationClientSecretRequest,
      official.RealtimeTranslationClientSecretCreateRequest
    >,
    "session: wider"
  >;
  TranslationClientSecretResponse: Same<
    Differences<
      restTypes.TranslationClientSecretResponse,
      official.RealtimeTranslationClientSecretCreateResponse
    >,
    "session: wider"
  >;
  ClientSecretLifetime: Same<
    Differences<restTypes.ClientSecretLifetime, official2.ClientSecretCreateParams.ExpiresAfter>,
    never
  >;
  ClientSecretRequest: Same<
    Differences<restTypes.ClientSecretRequest, official2.ClientSecretCreateParams>,
    "session: different"
  >;
  ClientSecretResponse: Same<
    Differences<restTypes.ClientSecretResponse, official2.ClientSecretCreateResponse>,
    "session: different"
  >;
  CallCreateRequest: Same<
    Differences<restTypes.CallCreateRequest, official3.CallCreateParams>,
    "session: different"
  >;
  CallAcceptRequest: Same<
    Differences<restTypes.CallAcceptRequest, official3.CallAcceptParams>,
    "audio: wider" | "tools: different" | "reasoning: wider" | "prompt: wider" | "include: wider"
  >;
  CallReferRequest: Same<Differences<restTypes.CallReferRequest, official3.CallReferParams>, never>;
  CallRejectRequest: Same<Differences<restTypes.CallRejectRequest, official3.CallRejectParams>, never>;
  CallIncomingWebhook: Same<
    Differences<restTypes.CallIncomingWebhook, official4.RealtimeCallIncomingWebhookEvent>,
    never
  >;
  IncomingCall: Same<
    Differences<restTypes.IncomingCall, official4.RealtimeCallIncomingWebhookEvent.Data>,
    never
  >;
  SipHeader: Same<
    Differences<restTypes.SipHeader, official4.RealtimeCallIncomingWebhookEvent.Data.SipHeader>,
    never
  >;
  ApiErrorDetails: Same<
    Differences<restTypes.ApiErrorDetails, official5.ErrorObject>,
    "misalignment: missing"
  >;
}

/** Does not compile when one of them does not. */
export const parity: AllTrue<Parity> = true;
