// Generated. Do not edit: change the schemas and run `node scripts/generate/main.ts`.
// Made by scripts/generate/validator-source.ts from schemas/**/*.json.

// Validators as plain functions; nothing is compiled when a program runs.

import {
  type Check,
  type Found,
  also,
  at,
  isInteger,
  isNumber,
  isObject,
  isShort,
  listOf,
  mapOf,
  text,
  unlike,
  wrong,
} from "../check.ts";
import type { ClientEvent, ServerEvent } from "./types.ts";

/** Where a value differs from `ItemStatus`; `undefined` when it conforms. */
export function checkItemStatus(v: unknown): Found {
  return v === "completed" || v === "incomplete" || v === "in_progress"
    ? undefined
    : unlike('"completed", "incomplete" or "in_progress"', v);
}

/** Where a value differs from `InputTextPart`; `undefined` when it conforms. */
export function checkInputTextPart(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_text") f = wrong(f, v, "type", '"input_text"');
  if (typeof v.text !== "string") f = wrong(f, v, "text", "a string");
  return f;
}

/** Where a value differs from `SystemMessage`; `undefined` when it conforms. */
export function checkSystemMessage(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "message") f = wrong(f, v, "type", '"message"');
  if (v.role !== "system") f = wrong(f, v, "role", '"system"');
  if (v.id !== undefined && typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.object !== undefined && v.object !== "realtime.item") f = wrong(f, v, "object", '"realtime.item"');
  if (
    v.status !== undefined &&
    v.status !== "completed" &&
    v.status !== "incomplete" &&
    v.status !== "in_progress"
  )
    f = wrong(f, v, "status", '"completed", "incomplete" or "in_progress"');
  f = at(f, "content", listOf(v.content, checkInputTextPart));
  return f;
}

/** Where a value differs from `InputAudioPart`; `undefined` when it conforms. */
export function checkInputAudioPart(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio") f = wrong(f, v, "type", '"input_audio"');
  if (v.audio !== undefined && typeof v.audio !== "string" && v.audio !== null)
    f = wrong(f, v, "audio", "a string or null");
  if (v.transcript !== undefined && typeof v.transcript !== "string" && v.transcript !== null)
    f = wrong(f, v, "transcript", "a string or null");
  return f;
}

/** Where a value differs from `InputImagePart`; `undefined` when it conforms. */
export function checkInputImagePart(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_image") f = wrong(f, v, "type", '"input_image"');
  if (v.image_url !== undefined && typeof v.image_url !== "string" && v.image_url !== null)
    f = wrong(f, v, "image_url", "a string or null");
  if (
    v.detail !== undefined &&
    v.detail !== "auto" &&
    v.detail !== "low" &&
    v.detail !== "high" &&
    v.detail !== null
  )
    f = wrong(f, v, "detail", '"auto", "low", "high" or null');
  return f;
}

/** Where a value differs from `UserContentPart`; `undefined` when it conforms. */
export function checkUserContentPart(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "input_text":
      return checkInputTextPart(v);
    case "input_audio":
      return checkInputAudioPart(v);
    case "input_image":
      return checkInputImagePart(v);
    default:
      return wrong(undefined, v, "type", '"input_text", "input_audio" or "input_image"');
  }
}

/** Where a value differs from `UserMessage`; `undefined` when it conforms. */
export function checkUserMessage(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "message") f = wrong(f, v, "type", '"message"');
  if (v.role !== "user") f = wrong(f, v, "role", '"user"');
  if (v.id !== undefined && typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.object !== undefined && v.object !== "realtime.item") f = wrong(f, v, "object", '"realtime.item"');
  if (
    v.status !== undefined &&
    v.status !== "completed" &&
    v.status !== "incomplete" &&
    v.status !== "in_progress"
  )
    f = wrong(f, v, "status", '"completed", "incomplete" or "in_progress"');
  f = at(f, "content", listOf(v.content, checkUserContentPart));
  return f;
}

/** Where a value differs from `OutputTextPart`; `undefined` when it conforms. */
export function checkOutputTextPart(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "output_text") f = wrong(f, v, "type", '"output_text"');
  if (typeof v.text !== "string") f = wrong(f, v, "text", "a string");
  return f;
}

/** Where a value differs from `OutputAudioPart`; `undefined` when it conforms. */
export function checkOutputAudioPart(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "output_audio") f = wrong(f, v, "type", '"output_audio"');
  if (v.audio !== undefined && typeof v.audio !== "string" && v.audio !== null)
    f = wrong(f, v, "audio", "a string or null");
  if (v.transcript !== undefined && typeof v.transcript !== "string" && v.transcript !== null)
    f = wrong(f, v, "transcript", "a string or null");
  return f;
}

/** Where a value differs from `AssistantContentPart`; `undefined` when it conforms. */
export function checkAssistantContentPart(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "output_text":
      return checkOutputTextPart(v);
    case "output_audio":
      return checkOutputAudioPart(v);
    default:
      return wrong(undefined, v, "type", '"output_text" or "output_audio"');
  }
}

/** Where a value differs from `AssistantMessage`; `undefined` when it conforms. */
export function checkAssistantMessage(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "message") f = wrong(f, v, "type", '"message"');
  if (v.role !== "assistant") f = wrong(f, v, "role", '"assistant"');
  if (v.id !== undefined && typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.object !== undefined && v.object !== "realtime.item") f = wrong(f, v, "object", '"realtime.item"');
  if (
    v.status !== undefined &&
    v.status !== "completed" &&
    v.status !== "incomplete" &&
    v.status !== "in_progress"
  )
    f = wrong(f, v, "status", '"completed", "incomplete" or "in_progress"');
  f = at(f, "content", listOf(v.content, checkAssistantContentPart));
  return f;
}

/** Where a value differs from `FunctionCallItem`; `undefined` when it conforms. */
export function checkFunctionCallItem(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "function_call") f = wrong(f, v, "type", '"function_call"');
  if (v.id !== undefined && typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.object !== undefined && v.object !== "realtime.item") f = wrong(f, v, "object", '"realtime.item"');
  if (
    v.status !== undefined &&
    v.status !== "completed" &&
    v.status !== "incomplete" &&
    v.status !== "in_progress"
  )
    f = wrong(f, v, "status", '"completed", "incomplete" or "in_progress"');
  if (v.call_id !== undefined && typeof v.call_id !== "string") f = wrong(f, v, "call_id", "a string");
  if (typeof v.name !== "string") f = wrong(f, v, "name", "a string");
  if (typeof v.arguments !== "string") f = wrong(f, v, "arguments", "a string");
  return f;
}

/** Where a value differs from `FunctionCallOutputItem`; `undefined` when it conforms. */
export function checkFunctionCallOutputItem(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "function_call_output") f = wrong(f, v, "type", '"function_call_output"');
  if (v.id !== undefined && typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.object !== undefined && v.object !== "realtime.item") f = wrong(f, v, "object", '"realtime.item"');
  if (
    v.status !== undefined &&
    v.status !== "completed" &&
    v.status !== "incomplete" &&
    v.status !== "in_progress"
  )
    f = wrong(f, v, "status", '"completed", "incomplete" or "in_progress"');
  if (typeof v.call_id !== "string") f = wrong(f, v, "call_id", "a string");
  if (typeof v.output !== "string") f = wrong(f, v, "output", "a string");
  return f;
}

/** Where a value differs from `McpToolDescription`; `undefined` when it conforms. */
export function checkMcpToolDescription(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.description !== undefined && typeof v.description !== "string" && v.description !== null)
    f = wrong(f, v, "description", "a string or null");
  if (typeof v.name !== "string") f = wrong(f, v, "name", "a string");
  if (!isObject(v.input_schema)) f = wrong(f, v, "input_schema", "an object");
  if (v.annotations !== undefined && !isObject(v.annotations) && v.annotations !== null)
    f = wrong(f, v, "annotations", "an object or null");
  return f;
}

/** Where a value differs from `McpListToolsItem`; `undefined` when it conforms. */
export function checkMcpListToolsItem(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "mcp_list_tools") f = wrong(f, v, "type", '"mcp_list_tools"');
  if (v.id !== undefined && typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (typeof v.server_label !== "string") f = wrong(f, v, "server_label", "a string");
  f = at(f, "tools", listOf(v.tools, checkMcpToolDescription));
  return f;
}

/** Where a value differs from `McpProtocolError`; `undefined` when it conforms. */
export function checkMcpProtocolError(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "protocol_error") f = wrong(f, v, "type", '"protocol_error"');
  if (!isInteger(v.code)) f = wrong(f, v, "code", "an integer");
  if (typeof v.message !== "string") f = wrong(f, v, "message", "a string");
  return f;
}

/** Where a value differs from `McpToolExecutionError`; `undefined` when it conforms. */
export function checkMcpToolExecutionError(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "tool_execution_error") f = wrong(f, v, "type", '"tool_execution_error"');
  if (typeof v.message !== "string") f = wrong(f, v, "message", "a string");
  return f;
}

/** Where a value differs from `McpHttpError`; `undefined` when it conforms. */
export function checkMcpHttpError(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "http_error") f = wrong(f, v, "type", '"http_error"');
  if (!isInteger(v.code)) f = wrong(f, v, "code", "an integer");
  if (typeof v.message !== "string") f = wrong(f, v, "message", "a string");
  return f;
}

/** Where a value differs from `McpError`; `undefined` when it conforms. */
export function checkMcpError(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "protocol_error":
      return checkMcpProtocolError(v);
    case "tool_execution_error":
      return checkMcpToolExecutionError(v);
    case "http_error":
      return checkMcpHttpError(v);
    default:
      return wrong(undefined, v, "type", '"protocol_error", "tool_execution_error" or "http_error"');
  }
}

/** Where a value differs from `McpCallItem`; `undefined` when it conforms. */
export function checkMcpCallItem(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "mcp_call") f = wrong(f, v, "type", '"mcp_call"');
  if (typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (typeof v.server_label !== "string") f = wrong(f, v, "server_label", "a string");
  if (typeof v.name !== "string") f = wrong(f, v, "name", "a string");
  if (typeof v.arguments !== "string") f = wrong(f, v, "arguments", "a string");
  if (
    v.approval_request_id !== undefined &&
    typeof v.approval_request_id !== "string" &&
    v.approval_request_id !== null
  )
    f = wrong(f, v, "approval_request_id", "a string or null");
  if (v.output !== undefined && typeof v.output !== "string" && v.output !== null)
    f = wrong(f, v, "output", "a string or null");
  if (v.error != null) f = at(f, "error", checkMcpError(v.error));
  return f;
}

/** Where a value differs from `McpApprovalRequestItem`; `undefined` when it conforms. */
export function checkMcpApprovalRequestItem(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "mcp_approval_request") f = wrong(f, v, "type", '"mcp_approval_request"');
  if (typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (typeof v.server_label !== "string") f = wrong(f, v, "server_label", "a string");
  if (typeof v.name !== "string") f = wrong(f, v, "name", "a string");
  if (typeof v.arguments !== "string") f = wrong(f, v, "arguments", "a string");
  return f;
}

/** Where a value differs from `McpApprovalResponseItem`; `undefined` when it conforms. */
export function checkMcpApprovalResponseItem(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "mcp_approval_response") f = wrong(f, v, "type", '"mcp_approval_response"');
  if (v.id !== undefined && typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (typeof v.approval_request_id !== "string") f = wrong(f, v, "approval_request_id", "a string");
  if (typeof v.approve !== "boolean") f = wrong(f, v, "approve", "a boolean");
  if (v.reason !== undefined && typeof v.reason !== "string" && v.reason !== null)
    f = wrong(f, v, "reason", "a string or null");
  return f;
}

/** Where a value differs from `Item`; `undefined` when it conforms. */
export function checkItem(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "message":
      switch (v.role) {
        case "system":
          return checkSystemMessage(v);
        case "user":
          return checkUserMessage(v);
        case "assistant":
          return checkAssistantMessage(v);
        default:
          return wrong(undefined, v, "role", '"system", "user" or "assistant"');
      }
    case "function_call":
      return checkFunctionCallItem(v);
    case "function_call_output":
      return checkFunctionCallOutputItem(v);
    case "mcp_list_tools":
      return checkMcpListToolsItem(v);
    case "mcp_call":
      return checkMcpCallItem(v);
    case "mcp_approval_request":
      return checkMcpApprovalRequestItem(v);
    case "mcp_approval_response":
      return checkMcpApprovalResponseItem(v);
    default:
      return wrong(
        undefined,
        v,
        "type",
        '"message", "function_call", "function_call_output", "mcp_list_tools", "mcp_call", "mcp_approval_request" or "mcp_approval_response"',
      );
  }
}

/** Where a value differs from `ConversationItemCreateEvent`; `undefined` when it conforms. */
export function checkConversationItemCreateEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.create") f = wrong(f, v, "type", '"conversation.item.create"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (v.previous_item_id !== undefined && typeof v.previous_item_id !== "string")
    f = wrong(f, v, "previous_item_id", "a string");
  f = at(f, "item", checkItem(v.item));
  return f;
}

/** Where a value differs from `ConversationItemDeleteEvent`; `undefined` when it conforms. */
export function checkConversationItemDeleteEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.delete") f = wrong(f, v, "type", '"conversation.item.delete"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  return f;
}

/** Where a value differs from `ConversationItemRetrieveEvent`; `undefined` when it conforms. */
export function checkConversationItemRetrieveEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.retrieve") f = wrong(f, v, "type", '"conversation.item.retrieve"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  return f;
}

/** Where a value differs from `ConversationItemTruncateEvent`; `undefined` when it conforms. */
export function checkConversationItemTruncateEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.truncate") f = wrong(f, v, "type", '"conversation.item.truncate"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (!isInteger(v.audio_end_ms, 0)) f = wrong(f, v, "audio_end_ms", "an integer from 0");
  return f;
}

/** Where a value differs from `InputAudioBufferAppendEvent`; `undefined` when it conforms. */
export function checkInputAudioBufferAppendEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio_buffer.append") f = wrong(f, v, "type", '"input_audio_buffer.append"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (typeof v.audio !== "string" || !isShort(v.audio, 20971520))
    f = wrong(f, v, "audio", "a string of at most 20971520 characters");
  return f;
}

/** Where a value differs from `InputAudioBufferClearEvent`; `undefined` when it conforms. */
export function checkInputAudioBufferClearEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio_buffer.clear") f = wrong(f, v, "type", '"input_audio_buffer.clear"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  return f;
}

/** Where a value differs from `InputAudioBufferCommitEvent`; `undefined` when it conforms. */
export function checkInputAudioBufferCommitEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio_buffer.commit") f = wrong(f, v, "type", '"input_audio_buffer.commit"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  return f;
}

/** Where a value differs from `OutputAudioBufferClearEvent`; `undefined` when it conforms. */
export function checkOutputAudioBufferClearEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "output_audio_buffer.clear") f = wrong(f, v, "type", '"output_audio_buffer.clear"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  return f;
}

/** Where a value differs from `ResponseCancelEvent`; `undefined` when it conforms. */
export function checkResponseCancelEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.cancel") f = wrong(f, v, "type", '"response.cancel"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (v.response_id !== undefined && typeof v.response_id !== "string")
    f = wrong(f, v, "response_id", "a string");
  return f;
}

/** Where a value differs from `ItemReference`; `undefined` when it conforms. */
export function checkItemReference(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "item_reference") f = wrong(f, v, "type", '"item_reference"');
  if (typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  return f;
}

/** Where a value differs from `ResponseInputItem`; `undefined` when it conforms. */
export function checkResponseInputItem(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "message":
    case "function_call":
    case "function_call_output":
    case "mcp_list_tools":
    case "mcp_call":
    case "mcp_approval_request":
    case "mcp_approval_response":
      return checkItem(v);
    case "item_reference":
      return checkItemReference(v);
    default:
      return wrong(
        undefined,
        v,
        "type",
        '"message", "function_call", "function_call_output", "mcp_list_tools", "mcp_call", "mcp_approval_request", "mcp_approval_response" or "item_reference"',
      );
  }
}

/** Where a value differs from `Modality`; `undefined` when it conforms. */
export function checkModality(v: unknown): Found {
  return v === "text" || v === "audio" ? undefined : unlike('"text" or "audio"', v);
}

/** Where a value differs from `OutputModalities`; `undefined` when it conforms. */
export function checkOutputModalities(v: unknown): Found {
  return listOf(v, checkModality);
}

/** Where a value differs from `PcmFormat`; `undefined` when it conforms. */
export function checkPcmFormat(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "audio/pcm") f = wrong(f, v, "type", '"audio/pcm"');
  if (v.rate !== undefined && v.rate !== 24000) f = wrong(f, v, "rate", "24000");
  return f;
}

/** Where a value differs from `PcmuFormat`; `undefined` when it conforms. */
export function checkPcmuFormat(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "audio/pcmu") f = wrong(f, v, "type", '"audio/pcmu"');
  return f;
}

/** Where a value differs from `PcmaFormat`; `undefined` when it conforms. */
export function checkPcmaFormat(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "audio/pcma") f = wrong(f, v, "type", '"audio/pcma"');
  return f;
}

/** Where a value differs from `AudioFormat`; `undefined` when it conforms. */
export function checkAudioFormat(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "audio/pcm":
      return checkPcmFormat(v);
    case "audio/pcmu":
      return checkPcmuFormat(v);
    case "audio/pcma":
      return checkPcmaFormat(v);
    default:
      return wrong(undefined, v, "type", '"audio/pcm", "audio/pcmu" or "audio/pcma"');
  }
}

/** Where a value differs from `VoiceName`; `undefined` when it conforms. */
export function checkVoiceName(v: unknown): Found {
  return typeof v === "string" ? undefined : unlike("a string", v);
}

/** Where a value differs from `CustomVoice`; `undefined` when it conforms. */
export function checkCustomVoice(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  return f;
}

/** Where a value differs from `Voice`; `undefined` when it conforms. */
export function checkVoice(v: unknown): Found {
  if (typeof v === "string") return undefined;
  if (!isObject(v)) return unlike("a string or an object", v);
  return checkCustomVoice(v);
}

/** Where a value differs from `ResponseAudioOutput`; `undefined` when it conforms. */
export function checkResponseAudioOutput(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.format !== undefined) f = at(f, "format", checkAudioFormat(v.format));
  if (v.voice !== undefined) f = at(f, "voice", checkVoice(v.voice));
  return f;
}

/** Where a value differs from `ResponseAudio`; `undefined` when it conforms. */
export function checkResponseAudio(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.output !== undefined) f = at(f, "output", checkResponseAudioOutput(v.output));
  return f;
}

/** Where a value differs from `FunctionTool`; `undefined` when it conforms. */
export function checkFunctionTool(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.description !== undefined && typeof v.description !== "string")
    f = wrong(f, v, "description", "a string");
  if (v.type !== "function") f = wrong(f, v, "type", '"function"');
  if (typeof v.name !== "string") f = wrong(f, v, "name", "a string");
  if (v.parameters !== undefined && !isObject(v.parameters)) f = wrong(f, v, "parameters", "an object");
  return f;
}

/** Where a value differs from `McpToolFilter`; `undefined` when it conforms. */
export function checkMcpToolFilter(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.read_only !== undefined && typeof v.read_only !== "boolean")
    f = wrong(f, v, "read_only", "a boolean");
  if (v.tool_names !== undefined) f = at(f, "tool_names", listOf(v.tool_names, text));
  return f;
}

/** Where a value differs from `McpApprovalFilter`; `undefined` when it conforms. */
export function checkMcpApprovalFilter(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.always !== undefined) f = at(f, "always", checkMcpToolFilter(v.always));
  if (v.never !== undefined) f = at(f, "never", checkMcpToolFilter(v.never));
  return f;
}

function checkMcpToolAllowedTools(v: unknown): Found {
  if (Array.isArray(v)) return listOf(v, text);
  if (!isObject(v)) return unlike("an array or an object", v);
  return checkMcpToolFilter(v);
}

function checkMcpToolRequireApproval(v: unknown): Found {
  if (v === "always" || v === "never") return undefined;
  if (!isObject(v)) return unlike('"always", "never" or an object', v);
  return checkMcpApprovalFilter(v);
}

function checkMcpToolAllowedCallersElement(v: unknown): Found {
  return v === "direct" || v === "programmatic" ? undefined : unlike('"direct" or "programmatic"', v);
}

/** Where a value differs from `McpTool`; `undefined` when it conforms. */
export function checkMcpTool(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "mcp") f = wrong(f, v, "type", '"mcp"');
  if (typeof v.server_label !== "string") f = wrong(f, v, "server_label", "a string");
  if (v.server_url !== undefined && typeof v.server_url !== "string")
    f = wrong(f, v, "server_url", "a string");
  if (v.connector_id !== undefined && typeof v.connector_id !== "string")
    f = wrong(f, v, "connector_id", "a string");
  if (v.tunnel_id !== undefined && typeof v.tunnel_id !== "string") f = wrong(f, v, "tunnel_id", "a string");
  if (v.authorization !== undefined && typeof v.authorization !== "string")
    f = wrong(f, v, "authorization", "a string");
  if (v.headers != null) f = at(f, "headers", mapOf(v.headers, text));
  if (v.allowed_tools != null) f = at(f, "allowed_tools", checkMcpToolAllowedTools(v.allowed_tools));
  if (v.require_approval != null)
    f = at(f, "require_approval", checkMcpToolRequireApproval(v.require_approval));
  if (v.server_description !== undefined && typeof v.server_description !== "string")
    f = wrong(f, v, "server_description", "a string");
  if (v.defer_loading !== undefined && typeof v.defer_loading !== "boolean")
    f = wrong(f, v, "defer_loading", "a boolean");
  if (v.allowed_callers != null)
    f = at(f, "allowed_callers", listOf(v.allowed_callers, checkMcpToolAllowedCallersElement));
  return f;
}

/** Where a value differs from `Tool`; `undefined` when it conforms. */
export function checkTool(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "function":
      return checkFunctionTool(v);
    case "mcp":
      return checkMcpTool(v);
    default:
      return wrong(undefined, v, "type", '"function" or "mcp"');
  }
}

/** Where a value differs from `ToolChoiceMode`; `undefined` when it conforms. */
export function checkToolChoiceMode(v: unknown): Found {
  return v === "none" || v === "auto" || v === "required"
    ? undefined
    : unlike('"none", "auto" or "required"', v);
}

/** Where a value differs from `FunctionToolChoice`; `undefined` when it conforms. */
export function checkFunctionToolChoice(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "function") f = wrong(f, v, "type", '"function"');
  if (typeof v.name !== "string") f = wrong(f, v, "name", "a string");
  return f;
}

/** Where a value differs from `McpToolChoice`; `undefined` when it conforms. */
export function checkMcpToolChoice(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "mcp") f = wrong(f, v, "type", '"mcp"');
  if (typeof v.server_label !== "string") f = wrong(f, v, "server_label", "a string");
  if (v.name !== undefined && typeof v.name !== "string" && v.name !== null)
    f = wrong(f, v, "name", "a string or null");
  return f;
}

/** Where a value differs from `ToolChoice`; `undefined` when it conforms. */
export function checkToolChoice(v: unknown): Found {
  if (v === "none" || v === "auto" || v === "required") return undefined;
  if (!isObject(v)) return unlike('"none", "auto", "required" or an object', v);
  switch (v.type) {
    case "function":
      return checkFunctionToolChoice(v);
    case "mcp":
      return checkMcpToolChoice(v);
    default:
      return wrong(undefined, v, "type", '"function" or "mcp"');
  }
}

/** Where a value differs from `Reasoning`; `undefined` when it conforms. */
export function checkReasoning(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.effort !== undefined && typeof v.effort !== "string") f = wrong(f, v, "effort", "a string");
  return f;
}

/** Where a value differs from `MaxOutputTokens`; `undefined` when it conforms. */
export function checkMaxOutputTokens(v: unknown): Found {
  return isInteger(v, 1, 4096) || v === "inf" ? undefined : unlike('an integer from 1 to 4096 or "inf"', v);
}

/** Where a value differs from `Prompt`; `undefined` when it conforms. */
export function checkPrompt(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.version !== undefined && typeof v.version !== "string" && v.version !== null)
    f = wrong(f, v, "version", "a string or null");
  if (v.variables !== undefined && !isObject(v.variables) && v.variables !== null)
    f = wrong(f, v, "variables", "an object or null");
  return f;
}

function checkMetadataValue(v: unknown): Found {
  return typeof v === "string" && isShort(v, 512)
    ? undefined
    : unlike("a string of at most 512 characters", v);
}

/** Where a value differs from `Metadata`; `undefined` when it conforms. */
export function checkMetadata(v: unknown): Found {
  return mapOf(v, checkMetadataValue, 16, 64);
}

/** Where a value differs from `ResponseConfig`; `undefined` when it conforms. */
export function checkResponseConfig(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.conversation !== undefined && typeof v.conversation !== "string")
    f = wrong(f, v, "conversation", "a string");
  if (v.input !== undefined) f = at(f, "input", listOf(v.input, checkResponseInputItem));
  if (v.instructions !== undefined && typeof v.instructions !== "string")
    f = wrong(f, v, "instructions", "a string");
  if (v.output_modalities !== undefined)
    f = at(f, "output_modalities", checkOutputModalities(v.output_modalities));
  if (v.audio !== undefined) f = at(f, "audio", checkResponseAudio(v.audio));
  if (v.tools !== undefined) f = at(f, "tools", listOf(v.tools, checkTool));
  if (v.tool_choice !== undefined) f = at(f, "tool_choice", checkToolChoice(v.tool_choice));
  if (v.parallel_tool_calls !== undefined && typeof v.parallel_tool_calls !== "boolean")
    f = wrong(f, v, "parallel_tool_calls", "a boolean");
  if (v.reasoning !== undefined) f = at(f, "reasoning", checkReasoning(v.reasoning));
  if (
    v.max_output_tokens !== undefined &&
    !isInteger(v.max_output_tokens, 1, 4096) &&
    v.max_output_tokens !== "inf"
  )
    f = wrong(f, v, "max_output_tokens", 'an integer from 1 to 4096 or "inf"');
  if (v.prompt != null) f = at(f, "prompt", checkPrompt(v.prompt));
  if (v.metadata != null) f = at(f, "metadata", checkMetadata(v.metadata));
  return f;
}

/** Where a value differs from `ResponseCreateEvent`; `undefined` when it conforms. */
export function checkResponseCreateEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.create") f = wrong(f, v, "type", '"response.create"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  if (v.response !== undefined) f = at(f, "response", checkResponseConfig(v.response));
  return f;
}

/** Where a value differs from `ModelName`; `undefined` when it conforms. */
export function checkModelName(v: unknown): Found {
  return typeof v === "string" ? undefined : unlike("a string", v);
}

/** Where a value differs from `TranscriptionModelName`; `undefined` when it conforms. */
export function checkTranscriptionModelName(v: unknown): Found {
  return typeof v === "string" ? undefined : unlike("a string", v);
}

/** Where a value differs from `TranscriptionConfig`; `undefined` when it conforms. */
export function checkTranscriptionConfig(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.model !== undefined && typeof v.model !== "string") f = wrong(f, v, "model", "a string");
  if (v.language !== undefined && typeof v.language !== "string") f = wrong(f, v, "language", "a string");
  if (v.languages !== undefined) f = at(f, "languages", listOf(v.languages, text, 1));
  if (v.keywords !== undefined) f = at(f, "keywords", listOf(v.keywords, text));
  if (v.prompt !== undefined && typeof v.prompt !== "string") f = wrong(f, v, "prompt", "a string");
  if (v.delay !== undefined && typeof v.delay !== "string") f = wrong(f, v, "delay", "a string");
  return f;
}

/** Where a value differs from `NoiseReduction`; `undefined` when it conforms. */
export function checkNoiseReduction(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== undefined && v.type !== "near_field" && v.type !== "far_field")
    f = wrong(f, v, "type", '"near_field" or "far_field"');
  if (v.strength !== undefined && !isNumber(v.strength)) f = wrong(f, v, "strength", "a number");
  return f;
}

/** Where a value differs from `ServerVad`; `undefined` when it conforms. */
export function checkServerVad(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "server_vad") f = wrong(f, v, "type", '"server_vad"');
  if (v.threshold !== undefined && !isNumber(v.threshold, 0, 1))
    f = wrong(f, v, "threshold", "a number from 0 to 1");
  if (v.prefix_padding_ms !== undefined && !isInteger(v.prefix_padding_ms, 0))
    f = wrong(f, v, "prefix_padding_ms", "an integer from 0");
  if (v.silence_duration_ms !== undefined && !isInteger(v.silence_duration_ms, 0))
    f = wrong(f, v, "silence_duration_ms", "an integer from 0");
  if (v.create_response !== undefined && typeof v.create_response !== "boolean")
    f = wrong(f, v, "create_response", "a boolean");
  if (v.interrupt_response !== undefined && typeof v.interrupt_response !== "boolean")
    f = wrong(f, v, "interrupt_response", "a boolean");
  if (
    v.idle_timeout_ms !== undefined &&
    !isInteger(v.idle_timeout_ms, 5000, 30000) &&
    v.idle_timeout_ms !== null
  )
    f = wrong(f, v, "idle_timeout_ms", "an integer from 5000 to 30000 or null");
  return f;
}

/** Where a value differs from `SemanticVad`; `undefined` when it conforms. */
export function checkSemanticVad(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "semantic_vad") f = wrong(f, v, "type", '"semantic_vad"');
  if (
    v.eagerness !== undefined &&
    v.eagerness !== "low" &&
    v.eagerness !== "medium" &&
    v.eagerness !== "high" &&
    v.eagerness !== "auto"
  )
    f = wrong(f, v, "eagerness", '"low", "medium", "high" or "auto"');
  if (v.create_response !== undefined && typeof v.create_response !== "boolean")
    f = wrong(f, v, "create_response", "a boolean");
  if (v.interrupt_response !== undefined && typeof v.interrupt_response !== "boolean")
    f = wrong(f, v, "interrupt_response", "a boolean");
  return f;
}

/** Where a value differs from `TurnDetection`; `undefined` when it conforms. */
export function checkTurnDetection(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "server_vad":
      return checkServerVad(v);
    case "semantic_vad":
      return checkSemanticVad(v);
    default:
      return wrong(undefined, v, "type", '"server_vad" or "semantic_vad"');
  }
}

/** Where a value differs from `AudioInputConfig`; `undefined` when it conforms. */
export function checkAudioInputConfig(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.format !== undefined) f = at(f, "format", checkAudioFormat(v.format));
  if (v.transcription != null) f = at(f, "transcription", checkTranscriptionConfig(v.transcription));
  if (v.noise_reduction != null) f = at(f, "noise_reduction", checkNoiseReduction(v.noise_reduction));
  if (v.turn_detection != null) f = at(f, "turn_detection", checkTurnDetection(v.turn_detection));
  return f;
}

/** Where a value differs from `AudioOutputConfig`; `undefined` when it conforms. */
export function checkAudioOutputConfig(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.format !== undefined) f = at(f, "format", checkAudioFormat(v.format));
  if (v.voice !== undefined) f = at(f, "voice", checkVoice(v.voice));
  if (v.speed !== undefined && !isNumber(v.speed, 0.25, 1.5))
    f = wrong(f, v, "speed", "a number from 0.25 to 1.5");
  return f;
}

/** Where a value differs from `AudioConfig`; `undefined` when it conforms. */
export function checkAudioConfig(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.input !== undefined) f = at(f, "input", checkAudioInputConfig(v.input));
  if (v.output !== undefined) f = at(f, "output", checkAudioOutputConfig(v.output));
  return f;
}

/** Where a value differs from `TokenLimits`; `undefined` when it conforms. */
export function checkTokenLimits(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.post_instructions !== undefined && !isInteger(v.post_instructions, 0))
    f = wrong(f, v, "post_instructions", "an integer from 0");
  return f;
}

/** Where a value differs from `RetentionRatioTruncation`; `undefined` when it conforms. */
export function checkRetentionRatioTruncation(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "retention_ratio") f = wrong(f, v, "type", '"retention_ratio"');
  if (!isNumber(v.retention_ratio, 0, 1)) f = wrong(f, v, "retention_ratio", "a number from 0 to 1");
  if (v.token_limits !== undefined) f = at(f, "token_limits", checkTokenLimits(v.token_limits));
  return f;
}

/** Where a value differs from `Truncation`; `undefined` when it conforms. */
export function checkTruncation(v: unknown): Found {
  if (v === "auto" || v === "disabled") return undefined;
  if (!isObject(v)) return unlike('"auto", "disabled" or an object', v);
  return checkRetentionRatioTruncation(v);
}

/** Where a value differs from `TracingConfig`; `undefined` when it conforms. */
export function checkTracingConfig(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.workflow_name !== undefined && typeof v.workflow_name !== "string")
    f = wrong(f, v, "workflow_name", "a string");
  if (v.group_id !== undefined && typeof v.group_id !== "string") f = wrong(f, v, "group_id", "a string");

  return f;
}

/** Where a value differs from `Tracing`; `undefined` when it conforms. */
export function checkTracing(v: unknown): Found {
  if (v === "auto") return undefined;
  if (!isObject(v)) return unlike('"auto" or an object', v);
  return checkTracingConfig(v);
}

/** Where a value differs from `IncludeField`; `undefined` when it conforms. */
export function checkIncludeField(v: unknown): Found {
  return typeof v === "string" ? undefined : unlike("a string", v);
}

/** Where a value differs from `SessionConfig`; `undefined` when it conforms. */
export function checkSessionConfig(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "realtime") f = wrong(f, v, "type", '"realtime"');
  if (v.model !== undefined && typeof v.model !== "string") f = wrong(f, v, "model", "a string");
  if (v.output_modalities !== undefined)
    f = at(f, "output_modalities", checkOutputModalities(v.output_modalities));
  if (v.instructions !== undefined && typeof v.instructions !== "string")
    f = wrong(f, v, "instructions", "a string");
  if (v.audio !== undefined) f = at(f, "audio", checkAudioConfig(v.audio));
  if (v.tools !== undefined) f = at(f, "tools", listOf(v.tools, checkTool));
  if (v.tool_choice !== undefined) f = at(f, "tool_choice", checkToolChoice(v.tool_choice));
  if (v.parallel_tool_calls !== undefined && typeof v.parallel_tool_calls !== "boolean")
    f = wrong(f, v, "parallel_tool_calls", "a boolean");
  if (v.reasoning !== undefined) f = at(f, "reasoning", checkReasoning(v.reasoning));
  if (
    v.max_output_tokens !== undefined &&
    !isInteger(v.max_output_tokens, 1, 4096) &&
    v.max_output_tokens !== "inf"
  )
    f = wrong(f, v, "max_output_tokens", 'an integer from 1 to 4096 or "inf"');
  if (v.truncation !== undefined) f = at(f, "truncation", checkTruncation(v.truncation));
  if (v.prompt != null) f = at(f, "prompt", checkPrompt(v.prompt));
  if (v.tracing != null) f = at(f, "tracing", checkTracing(v.tracing));
  if (v.include !== undefined) f = at(f, "include", listOf(v.include, checkIncludeField));
  return f;
}

/** Where a value differs from `TranscriptionAudioConfig`; `undefined` when it conforms. */
export function checkTranscriptionAudioConfig(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.input !== undefined) f = at(f, "input", checkAudioInputConfig(v.input));
  return f;
}

/** Where a value differs from `TranscriptionSessionConfig`; `undefined` when it conforms. */
export function checkTranscriptionSessionConfig(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "transcription") f = wrong(f, v, "type", '"transcription"');
  if (v.audio !== undefined) f = at(f, "audio", checkTranscriptionAudioConfig(v.audio));
  if (v.include !== undefined) f = at(f, "include", listOf(v.include, checkIncludeField));
  return f;
}

/** Where a value differs from `AnySessionConfig`; `undefined` when it conforms. */
export function checkAnySessionConfig(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "realtime":
      return checkSessionConfig(v);
    case "transcription":
      return checkTranscriptionSessionConfig(v);
    default:
      return wrong(undefined, v, "type", '"realtime" or "transcription"');
  }
}

/** Where a value differs from `SessionUpdateEvent`; `undefined` when it conforms. */
export function checkSessionUpdateEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.update") f = wrong(f, v, "type", '"session.update"');
  if (v.event_id !== undefined && (typeof v.event_id !== "string" || !isShort(v.event_id, 512)))
    f = wrong(f, v, "event_id", "a string of at most 512 characters");
  f = at(f, "session", checkAnySessionConfig(v.session));
  return f;
}

/** Where a value differs from `Conversation`; `undefined` when it conforms. */
export function checkConversation(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.id !== undefined && typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.object !== undefined && v.object !== "realtime.conversation")
    f = wrong(f, v, "object", '"realtime.conversation"');
  return f;
}

/** Where a value differs from `ConversationCreatedEvent`; `undefined` when it conforms. */
export function checkConversationCreatedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.created") f = wrong(f, v, "type", '"conversation.created"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "conversation", checkConversation(v.conversation));
  return f;
}

/** Where a value differs from `ServerItem`; `undefined` when it conforms. */
export function checkServerItem(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  f = also(f, checkItem(v));
  return f;
}

/** Where a value differs from `ConversationItemAddedEvent`; `undefined` when it conforms. */
export function checkConversationItemAddedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.added") f = wrong(f, v, "type", '"conversation.item.added"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (
    v.previous_item_id !== undefined &&
    typeof v.previous_item_id !== "string" &&
    v.previous_item_id !== null
  )
    f = wrong(f, v, "previous_item_id", "a string or null");
  f = at(f, "item", checkServerItem(v.item));
  return f;
}

/** Where a value differs from `ConversationItemCreatedEvent`; `undefined` when it conforms. */
export function checkConversationItemCreatedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.created") f = wrong(f, v, "type", '"conversation.item.created"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (
    v.previous_item_id !== undefined &&
    typeof v.previous_item_id !== "string" &&
    v.previous_item_id !== null
  )
    f = wrong(f, v, "previous_item_id", "a string or null");
  f = at(f, "item", checkServerItem(v.item));
  return f;
}

/** Where a value differs from `ConversationItemDeletedEvent`; `undefined` when it conforms. */
export function checkConversationItemDeletedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.deleted") f = wrong(f, v, "type", '"conversation.item.deleted"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  return f;
}

/** Where a value differs from `ConversationItemDoneEvent`; `undefined` when it conforms. */
export function checkConversationItemDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.done") f = wrong(f, v, "type", '"conversation.item.done"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (
    v.previous_item_id !== undefined &&
    typeof v.previous_item_id !== "string" &&
    v.previous_item_id !== null
  )
    f = wrong(f, v, "previous_item_id", "a string or null");
  f = at(f, "item", checkServerItem(v.item));
  return f;
}

/** Where a value differs from `TranscriptionInputTokenDetails`; `undefined` when it conforms. */
export function checkTranscriptionInputTokenDetails(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.text_tokens !== undefined && !isInteger(v.text_tokens, 0))
    f = wrong(f, v, "text_tokens", "an integer from 0");
  if (v.audio_tokens !== undefined && !isInteger(v.audio_tokens, 0))
    f = wrong(f, v, "audio_tokens", "an integer from 0");
  return f;
}

/** Where a value differs from `TokenTranscriptionUsage`; `undefined` when it conforms. */
export function checkTokenTranscriptionUsage(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "tokens") f = wrong(f, v, "type", '"tokens"');
  if (!isInteger(v.total_tokens, 0)) f = wrong(f, v, "total_tokens", "an integer from 0");
  if (!isInteger(v.input_tokens, 0)) f = wrong(f, v, "input_tokens", "an integer from 0");
  if (!isInteger(v.output_tokens, 0)) f = wrong(f, v, "output_tokens", "an integer from 0");
  if (v.input_token_details !== undefined)
    f = at(f, "input_token_details", checkTranscriptionInputTokenDetails(v.input_token_details));
  return f;
}

/** Where a value differs from `DurationTranscriptionUsage`; `undefined` when it conforms. */
export function checkDurationTranscriptionUsage(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "duration") f = wrong(f, v, "type", '"duration"');
  if (!isNumber(v.seconds, 0)) f = wrong(f, v, "seconds", "a number from 0");
  return f;
}

/** Where a value differs from `TranscriptionUsage`; `undefined` when it conforms. */
export function checkTranscriptionUsage(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "tokens":
      return checkTokenTranscriptionUsage(v);
    case "duration":
      return checkDurationTranscriptionUsage(v);
    default:
      return wrong(undefined, v, "type", '"tokens" or "duration"');
  }
}

/** Where a value differs from `TranscriptionLanguage`; `undefined` when it conforms. */
export function checkTranscriptionLanguage(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.code !== "string") f = wrong(f, v, "code", "a string");
  return f;
}

function checkLogProbBytesElement(v: unknown): Found {
  return isInteger(v) ? undefined : unlike("an integer", v);
}

/** Where a value differs from `LogProb`; `undefined` when it conforms. */
export function checkLogProb(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.token !== "string") f = wrong(f, v, "token", "a string");
  f = at(f, "bytes", listOf(v.bytes, checkLogProbBytesElement));
  if (!isNumber(v.logprob)) f = wrong(f, v, "logprob", "a number");
  return f;
}

/** Where a value differs from `ConversationItemInputAudioTranscriptionCompletedEvent`; `undefined` when it conforms. */
export function checkConversationItemInputAudioTranscriptionCompletedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.input_audio_transcription.completed")
    f = wrong(f, v, "type", '"conversation.item.input_audio_transcription.completed"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (typeof v.transcript !== "string") f = wrong(f, v, "transcript", "a string");
  if (v.usage !== undefined) f = at(f, "usage", checkTranscriptionUsage(v.usage));
  if (v.languages !== undefined) f = at(f, "languages", listOf(v.languages, checkTranscriptionLanguage));
  if (v.logprobs != null) f = at(f, "logprobs", listOf(v.logprobs, checkLogProb));
  return f;
}

/** Where a value differs from `ConversationItemInputAudioTranscriptionDeltaEvent`; `undefined` when it conforms. */
export function checkConversationItemInputAudioTranscriptionDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.input_audio_transcription.delta")
    f = wrong(f, v, "type", '"conversation.item.input_audio_transcription.delta"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (v.content_index !== undefined && !isInteger(v.content_index, 0))
    f = wrong(f, v, "content_index", "an integer from 0");
  if (v.delta !== undefined && typeof v.delta !== "string") f = wrong(f, v, "delta", "a string");
  if (v.logprobs != null) f = at(f, "logprobs", listOf(v.logprobs, checkLogProb));
  if (v.obfuscation !== undefined && typeof v.obfuscation !== "string" && v.obfuscation !== null)
    f = wrong(f, v, "obfuscation", "a string or null");
  return f;
}

/** Where a value differs from `TranscriptionError`; `undefined` when it conforms. */
export function checkTranscriptionError(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== undefined && typeof v.type !== "string") f = wrong(f, v, "type", "a string");
  if (v.code !== undefined && typeof v.code !== "string" && v.code !== null)
    f = wrong(f, v, "code", "a string or null");
  if (v.message !== undefined && typeof v.message !== "string") f = wrong(f, v, "message", "a string");
  if (v.param !== undefined && typeof v.param !== "string" && v.param !== null)
    f = wrong(f, v, "param", "a string or null");
  return f;
}

/** Where a value differs from `ConversationItemInputAudioTranscriptionFailedEvent`; `undefined` when it conforms. */
export function checkConversationItemInputAudioTranscriptionFailedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.input_audio_transcription.failed")
    f = wrong(f, v, "type", '"conversation.item.input_audio_transcription.failed"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  f = at(f, "error", checkTranscriptionError(v.error));
  return f;
}

/** Where a value differs from `ConversationItemInputAudioTranscriptionSegmentEvent`; `undefined` when it conforms. */
export function checkConversationItemInputAudioTranscriptionSegmentEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.input_audio_transcription.segment")
    f = wrong(f, v, "type", '"conversation.item.input_audio_transcription.segment"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (typeof v.text !== "string") f = wrong(f, v, "text", "a string");
  if (typeof v.speaker !== "string") f = wrong(f, v, "speaker", "a string");
  if (!isNumber(v.start, 0)) f = wrong(f, v, "start", "a number from 0");
  if (!isNumber(v.end, 0)) f = wrong(f, v, "end", "a number from 0");
  return f;
}

/** Where a value differs from `ConversationItemRetrievedEvent`; `undefined` when it conforms. */
export function checkConversationItemRetrievedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.retrieved") f = wrong(f, v, "type", '"conversation.item.retrieved"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "item", checkServerItem(v.item));
  return f;
}

/** Where a value differs from `ConversationItemTruncatedEvent`; `undefined` when it conforms. */
export function checkConversationItemTruncatedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "conversation.item.truncated") f = wrong(f, v, "type", '"conversation.item.truncated"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (!isInteger(v.audio_end_ms, 0)) f = wrong(f, v, "audio_end_ms", "an integer from 0");
  return f;
}

/** Where a value differs from `ErrorDetails`; `undefined` when it conforms. */
export function checkErrorDetails(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.type !== "string") f = wrong(f, v, "type", "a string");
  if (v.code !== undefined && typeof v.code !== "string" && v.code !== null)
    f = wrong(f, v, "code", "a string or null");
  if (typeof v.message !== "string") f = wrong(f, v, "message", "a string");
  if (v.param !== undefined && typeof v.param !== "string" && v.param !== null)
    f = wrong(f, v, "param", "a string or null");
  if (v.event_id !== undefined && typeof v.event_id !== "string" && v.event_id !== null)
    f = wrong(f, v, "event_id", "a string or null");
  return f;
}

/** Where a value differs from `ServerErrorEvent`; `undefined` when it conforms. */
export function checkServerErrorEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "error") f = wrong(f, v, "type", '"error"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "error", checkErrorDetails(v.error));
  return f;
}

/** Where a value differs from `InputAudioBufferClearedEvent`; `undefined` when it conforms. */
export function checkInputAudioBufferClearedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio_buffer.cleared") f = wrong(f, v, "type", '"input_audio_buffer.cleared"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  return f;
}

/** Where a value differs from `InputAudioBufferCommittedEvent`; `undefined` when it conforms. */
export function checkInputAudioBufferCommittedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio_buffer.committed") f = wrong(f, v, "type", '"input_audio_buffer.committed"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (
    v.previous_item_id !== undefined &&
    typeof v.previous_item_id !== "string" &&
    v.previous_item_id !== null
  )
    f = wrong(f, v, "previous_item_id", "a string or null");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  return f;
}

/** Where a value differs from `InputAudioBufferDtmfEventReceivedEvent`; `undefined` when it conforms. */
export function checkInputAudioBufferDtmfEventReceivedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio_buffer.dtmf_event_received")
    f = wrong(f, v, "type", '"input_audio_buffer.dtmf_event_received"');
  if (v.event_id !== undefined && typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.event !== "string") f = wrong(f, v, "event", "a string");
  if (!isInteger(v.received_at)) f = wrong(f, v, "received_at", "an integer");
  return f;
}

/** Where a value differs from `InputAudioBufferSpeechStartedEvent`; `undefined` when it conforms. */
export function checkInputAudioBufferSpeechStartedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio_buffer.speech_started")
    f = wrong(f, v, "type", '"input_audio_buffer.speech_started"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (!isInteger(v.audio_start_ms, 0)) f = wrong(f, v, "audio_start_ms", "an integer from 0");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  return f;
}

/** Where a value differs from `InputAudioBufferSpeechStoppedEvent`; `undefined` when it conforms. */
export function checkInputAudioBufferSpeechStoppedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio_buffer.speech_stopped")
    f = wrong(f, v, "type", '"input_audio_buffer.speech_stopped"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (!isInteger(v.audio_end_ms, 0)) f = wrong(f, v, "audio_end_ms", "an integer from 0");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  return f;
}

/** Where a value differs from `InputAudioBufferTimeoutTriggeredEvent`; `undefined` when it conforms. */
export function checkInputAudioBufferTimeoutTriggeredEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "input_audio_buffer.timeout_triggered")
    f = wrong(f, v, "type", '"input_audio_buffer.timeout_triggered"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (!isInteger(v.audio_start_ms, 0)) f = wrong(f, v, "audio_start_ms", "an integer from 0");
  if (!isInteger(v.audio_end_ms, 0)) f = wrong(f, v, "audio_end_ms", "an integer from 0");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  return f;
}

/** Where a value differs from `McpListToolsCompletedEvent`; `undefined` when it conforms. */
export function checkMcpListToolsCompletedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "mcp_list_tools.completed") f = wrong(f, v, "type", '"mcp_list_tools.completed"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  return f;
}

/** Where a value differs from `McpListToolsFailedEvent`; `undefined` when it conforms. */
export function checkMcpListToolsFailedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "mcp_list_tools.failed") f = wrong(f, v, "type", '"mcp_list_tools.failed"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  return f;
}

/** Where a value differs from `McpListToolsInProgressEvent`; `undefined` when it conforms. */
export function checkMcpListToolsInProgressEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "mcp_list_tools.in_progress") f = wrong(f, v, "type", '"mcp_list_tools.in_progress"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  return f;
}

/** Where a value differs from `OutputAudioBufferClearedEvent`; `undefined` when it conforms. */
export function checkOutputAudioBufferClearedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "output_audio_buffer.cleared") f = wrong(f, v, "type", '"output_audio_buffer.cleared"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  return f;
}

/** Where a value differs from `OutputAudioBufferStartedEvent`; `undefined` when it conforms. */
export function checkOutputAudioBufferStartedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "output_audio_buffer.started") f = wrong(f, v, "type", '"output_audio_buffer.started"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  return f;
}

/** Where a value differs from `OutputAudioBufferStoppedEvent`; `undefined` when it conforms. */
export function checkOutputAudioBufferStoppedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "output_audio_buffer.stopped") f = wrong(f, v, "type", '"output_audio_buffer.stopped"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  return f;
}

/** Where a value differs from `RateLimit`; `undefined` when it conforms. */
export function checkRateLimit(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.name !== undefined && typeof v.name !== "string") f = wrong(f, v, "name", "a string");
  if (v.limit !== undefined && !isInteger(v.limit, 0)) f = wrong(f, v, "limit", "an integer from 0");
  if (v.remaining !== undefined && !isInteger(v.remaining)) f = wrong(f, v, "remaining", "an integer");
  if (v.reset_seconds !== undefined && !isNumber(v.reset_seconds, 0))
    f = wrong(f, v, "reset_seconds", "a number from 0");
  return f;
}

/** Where a value differs from `RateLimitsUpdatedEvent`; `undefined` when it conforms. */
export function checkRateLimitsUpdatedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "rate_limits.updated") f = wrong(f, v, "type", '"rate_limits.updated"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "rate_limits", listOf(v.rate_limits, checkRateLimit));
  return f;
}

/** Where a value differs from `ResponseTextPart`; `undefined` when it conforms. */
export function checkResponseTextPart(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "text") f = wrong(f, v, "type", '"text"');
  if (typeof v.text !== "string") f = wrong(f, v, "text", "a string");
  return f;
}

/** Where a value differs from `ResponseAudioPart`; `undefined` when it conforms. */
export function checkResponseAudioPart(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "audio") f = wrong(f, v, "type", '"audio"');
  if (v.transcript !== undefined && typeof v.transcript !== "string" && v.transcript !== null)
    f = wrong(f, v, "transcript", "a string or null");
  if (v.audio !== undefined && typeof v.audio !== "string" && v.audio !== null)
    f = wrong(f, v, "audio", "a string or null");
  return f;
}

/** Where a value differs from `ResponsePart`; `undefined` when it conforms. */
export function checkResponsePart(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "text":
      return checkResponseTextPart(v);
    case "audio":
      return checkResponseAudioPart(v);
    default:
      return wrong(undefined, v, "type", '"text" or "audio"');
  }
}

/** Where a value differs from `ResponseContentPartAddedEvent`; `undefined` when it conforms. */
export function checkResponseContentPartAddedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.content_part.added") f = wrong(f, v, "type", '"response.content_part.added"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  f = at(f, "part", checkResponsePart(v.part));
  return f;
}

/** Where a value differs from `ResponseContentPartDoneEvent`; `undefined` when it conforms. */
export function checkResponseContentPartDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.content_part.done") f = wrong(f, v, "type", '"response.content_part.done"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  f = at(f, "part", checkResponsePart(v.part));
  return f;
}

/** Where a value differs from `ResponseStatus`; `undefined` when it conforms. */
export function checkResponseStatus(v: unknown): Found {
  return v === "in_progress" || v === "completed" || v === "cancelled" || v === "failed" || v === "incomplete"
    ? undefined
    : unlike('"in_progress", "completed", "cancelled", "failed" or "incomplete"', v);
}

/** Where a value differs from `ResponseError`; `undefined` when it conforms. */
export function checkResponseError(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== undefined && typeof v.type !== "string") f = wrong(f, v, "type", "a string");
  if (v.code !== undefined && typeof v.code !== "string" && v.code !== null)
    f = wrong(f, v, "code", "a string or null");
  if (v.message !== undefined && typeof v.message !== "string") f = wrong(f, v, "message", "a string");
  return f;
}

/** Where a value differs from `ResponseStatusDetails`; `undefined` when it conforms. */
export function checkResponseStatusDetails(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (
    v.type !== undefined &&
    v.type !== "completed" &&
    v.type !== "cancelled" &&
    v.type !== "incomplete" &&
    v.type !== "failed"
  )
    f = wrong(f, v, "type", '"completed", "cancelled", "incomplete" or "failed"');
  if (v.reason !== undefined && typeof v.reason !== "string") f = wrong(f, v, "reason", "a string");
  if (v.error !== undefined) f = at(f, "error", checkResponseError(v.error));
  return f;
}

/** Where a value differs from `CachedTokenDetails`; `undefined` when it conforms. */
export function checkCachedTokenDetails(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.text_tokens !== undefined && !isInteger(v.text_tokens, 0))
    f = wrong(f, v, "text_tokens", "an integer from 0");
  if (v.audio_tokens !== undefined && !isInteger(v.audio_tokens, 0))
    f = wrong(f, v, "audio_tokens", "an integer from 0");
  if (v.image_tokens !== undefined && !isInteger(v.image_tokens, 0))
    f = wrong(f, v, "image_tokens", "an integer from 0");
  return f;
}

/** Where a value differs from `InputTokenDetails`; `undefined` when it conforms. */
export function checkInputTokenDetails(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.text_tokens !== undefined && !isInteger(v.text_tokens, 0))
    f = wrong(f, v, "text_tokens", "an integer from 0");
  if (v.audio_tokens !== undefined && !isInteger(v.audio_tokens, 0))
    f = wrong(f, v, "audio_tokens", "an integer from 0");
  if (v.image_tokens !== undefined && !isInteger(v.image_tokens, 0))
    f = wrong(f, v, "image_tokens", "an integer from 0");
  if (v.cached_tokens !== undefined && !isInteger(v.cached_tokens, 0))
    f = wrong(f, v, "cached_tokens", "an integer from 0");
  if (v.cached_tokens_details !== undefined)
    f = at(f, "cached_tokens_details", checkCachedTokenDetails(v.cached_tokens_details));
  return f;
}

/** Where a value differs from `OutputTokenDetails`; `undefined` when it conforms. */
export function checkOutputTokenDetails(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.text_tokens !== undefined && !isInteger(v.text_tokens, 0))
    f = wrong(f, v, "text_tokens", "an integer from 0");
  if (v.audio_tokens !== undefined && !isInteger(v.audio_tokens, 0))
    f = wrong(f, v, "audio_tokens", "an integer from 0");
  return f;
}

/** Where a value differs from `Usage`; `undefined` when it conforms. */
export function checkUsage(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.total_tokens !== undefined && !isInteger(v.total_tokens, 0))
    f = wrong(f, v, "total_tokens", "an integer from 0");
  if (v.input_tokens !== undefined && !isInteger(v.input_tokens, 0))
    f = wrong(f, v, "input_tokens", "an integer from 0");
  if (v.output_tokens !== undefined && !isInteger(v.output_tokens, 0))
    f = wrong(f, v, "output_tokens", "an integer from 0");
  if (v.input_token_details !== undefined)
    f = at(f, "input_token_details", checkInputTokenDetails(v.input_token_details));
  if (v.output_token_details !== undefined)
    f = at(f, "output_token_details", checkOutputTokenDetails(v.output_token_details));
  return f;
}

/** Where a value differs from `RealtimeResponse`; `undefined` when it conforms. */
export function checkRealtimeResponse(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.object !== undefined && v.object !== "realtime.response")
    f = wrong(f, v, "object", '"realtime.response"');
  if (
    v.status !== "in_progress" &&
    v.status !== "completed" &&
    v.status !== "cancelled" &&
    v.status !== "failed" &&
    v.status !== "incomplete"
  )
    f = wrong(f, v, "status", '"in_progress", "completed", "cancelled", "failed" or "incomplete"');
  if (v.status_details != null) f = at(f, "status_details", checkResponseStatusDetails(v.status_details));
  f = at(f, "output", listOf(v.output, checkServerItem));
  if (v.conversation_id !== undefined && typeof v.conversation_id !== "string" && v.conversation_id !== null)
    f = wrong(f, v, "conversation_id", "a string or null");
  if (v.output_modalities !== undefined)
    f = at(f, "output_modalities", checkOutputModalities(v.output_modalities));
  if (
    v.max_output_tokens !== undefined &&
    !isInteger(v.max_output_tokens, 1) &&
    v.max_output_tokens !== "inf"
  )
    f = wrong(f, v, "max_output_tokens", 'an integer from 1 or "inf"');
  if (v.audio !== undefined) f = at(f, "audio", checkResponseAudio(v.audio));
  if (v.usage != null) f = at(f, "usage", checkUsage(v.usage));
  if (v.metadata != null) f = at(f, "metadata", mapOf(v.metadata, text));
  return f;
}

/** Where a value differs from `ResponseCreatedEvent`; `undefined` when it conforms. */
export function checkResponseCreatedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.created") f = wrong(f, v, "type", '"response.created"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "response", checkRealtimeResponse(v.response));
  return f;
}

/** Where a value differs from `ResponseDoneEvent`; `undefined` when it conforms. */
export function checkResponseDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.done") f = wrong(f, v, "type", '"response.done"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "response", checkRealtimeResponse(v.response));
  return f;
}

/** Where a value differs from `ResponseFunctionCallArgumentsDeltaEvent`; `undefined` when it conforms. */
export function checkResponseFunctionCallArgumentsDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.function_call_arguments.delta")
    f = wrong(f, v, "type", '"response.function_call_arguments.delta"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (typeof v.call_id !== "string") f = wrong(f, v, "call_id", "a string");
  if (typeof v.delta !== "string") f = wrong(f, v, "delta", "a string");
  if (v.obfuscation !== undefined && typeof v.obfuscation !== "string" && v.obfuscation !== null)
    f = wrong(f, v, "obfuscation", "a string or null");
  return f;
}

/** Where a value differs from `ResponseFunctionCallArgumentsDoneEvent`; `undefined` when it conforms. */
export function checkResponseFunctionCallArgumentsDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.function_call_arguments.done")
    f = wrong(f, v, "type", '"response.function_call_arguments.done"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (typeof v.call_id !== "string") f = wrong(f, v, "call_id", "a string");
  if (typeof v.name !== "string") f = wrong(f, v, "name", "a string");
  if (typeof v.arguments !== "string") f = wrong(f, v, "arguments", "a string");
  return f;
}

/** Where a value differs from `ResponseMcpCallCompletedEvent`; `undefined` when it conforms. */
export function checkResponseMcpCallCompletedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.mcp_call.completed") f = wrong(f, v, "type", '"response.mcp_call.completed"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  return f;
}

/** Where a value differs from `ResponseMcpCallFailedEvent`; `undefined` when it conforms. */
export function checkResponseMcpCallFailedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.mcp_call.failed") f = wrong(f, v, "type", '"response.mcp_call.failed"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  return f;
}

/** Where a value differs from `ResponseMcpCallInProgressEvent`; `undefined` when it conforms. */
export function checkResponseMcpCallInProgressEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.mcp_call.in_progress") f = wrong(f, v, "type", '"response.mcp_call.in_progress"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  return f;
}

/** Where a value differs from `ResponseMcpCallArgumentsDeltaEvent`; `undefined` when it conforms. */
export function checkResponseMcpCallArgumentsDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.mcp_call_arguments.delta")
    f = wrong(f, v, "type", '"response.mcp_call_arguments.delta"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (typeof v.delta !== "string") f = wrong(f, v, "delta", "a string");
  if (v.obfuscation !== undefined && typeof v.obfuscation !== "string" && v.obfuscation !== null)
    f = wrong(f, v, "obfuscation", "a string or null");
  return f;
}

/** Where a value differs from `ResponseMcpCallArgumentsDoneEvent`; `undefined` when it conforms. */
export function checkResponseMcpCallArgumentsDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.mcp_call_arguments.done")
    f = wrong(f, v, "type", '"response.mcp_call_arguments.done"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (typeof v.arguments !== "string") f = wrong(f, v, "arguments", "a string");
  return f;
}

/** Where a value differs from `ResponseOutputAudioDeltaEvent`; `undefined` when it conforms. */
export function checkResponseOutputAudioDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.output_audio.delta") f = wrong(f, v, "type", '"response.output_audio.delta"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (typeof v.delta !== "string") f = wrong(f, v, "delta", "a string");
  if (v.obfuscation !== undefined && typeof v.obfuscation !== "string" && v.obfuscation !== null)
    f = wrong(f, v, "obfuscation", "a string or null");
  return f;
}

/** Where a value differs from `ResponseOutputAudioDoneEvent`; `undefined` when it conforms. */
export function checkResponseOutputAudioDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.output_audio.done") f = wrong(f, v, "type", '"response.output_audio.done"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  return f;
}

/** Where a value differs from `ResponseOutputAudioTranscriptDeltaEvent`; `undefined` when it conforms. */
export function checkResponseOutputAudioTranscriptDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.output_audio_transcript.delta")
    f = wrong(f, v, "type", '"response.output_audio_transcript.delta"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (typeof v.delta !== "string") f = wrong(f, v, "delta", "a string");
  if (v.obfuscation !== undefined && typeof v.obfuscation !== "string" && v.obfuscation !== null)
    f = wrong(f, v, "obfuscation", "a string or null");
  return f;
}

/** Where a value differs from `ResponseOutputAudioTranscriptDoneEvent`; `undefined` when it conforms. */
export function checkResponseOutputAudioTranscriptDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.output_audio_transcript.done")
    f = wrong(f, v, "type", '"response.output_audio_transcript.done"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (typeof v.transcript !== "string") f = wrong(f, v, "transcript", "a string");
  return f;
}

/** Where a value differs from `ResponseOutputItemAddedEvent`; `undefined` when it conforms. */
export function checkResponseOutputItemAddedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.output_item.added") f = wrong(f, v, "type", '"response.output_item.added"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  f = at(f, "item", checkServerItem(v.item));
  return f;
}

/** Where a value differs from `ResponseOutputItemDoneEvent`; `undefined` when it conforms. */
export function checkResponseOutputItemDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.output_item.done") f = wrong(f, v, "type", '"response.output_item.done"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  f = at(f, "item", checkServerItem(v.item));
  return f;
}

/** Where a value differs from `ResponseOutputTextDeltaEvent`; `undefined` when it conforms. */
export function checkResponseOutputTextDeltaEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.output_text.delta") f = wrong(f, v, "type", '"response.output_text.delta"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (typeof v.delta !== "string") f = wrong(f, v, "delta", "a string");
  if (v.obfuscation !== undefined && typeof v.obfuscation !== "string" && v.obfuscation !== null)
    f = wrong(f, v, "obfuscation", "a string or null");
  return f;
}

/** Where a value differs from `ResponseOutputTextDoneEvent`; `undefined` when it conforms. */
export function checkResponseOutputTextDoneEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "response.output_text.done") f = wrong(f, v, "type", '"response.output_text.done"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  if (typeof v.response_id !== "string") f = wrong(f, v, "response_id", "a string");
  if (typeof v.item_id !== "string") f = wrong(f, v, "item_id", "a string");
  if (!isInteger(v.output_index, 0)) f = wrong(f, v, "output_index", "an integer from 0");
  if (!isInteger(v.content_index, 0)) f = wrong(f, v, "content_index", "an integer from 0");
  if (typeof v.text !== "string") f = wrong(f, v, "text", "a string");
  return f;
}

/** Where a value differs from `TranscriptionState`; `undefined` when it conforms. */
export function checkTranscriptionState(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.model !== undefined && typeof v.model !== "string" && v.model !== null)
    f = wrong(f, v, "model", "a string or null");
  if (v.language !== undefined && typeof v.language !== "string" && v.language !== null)
    f = wrong(f, v, "language", "a string or null");
  if (v.languages != null) f = at(f, "languages", listOf(v.languages, text));
  if (v.keywords != null) f = at(f, "keywords", listOf(v.keywords, text));
  if (v.prompt !== undefined && typeof v.prompt !== "string" && v.prompt !== null)
    f = wrong(f, v, "prompt", "a string or null");
  if (v.delay !== undefined && typeof v.delay !== "string" && v.delay !== null)
    f = wrong(f, v, "delay", "a string or null");
  return f;
}

/** Where a value differs from `AudioInputState`; `undefined` when it conforms. */
export function checkAudioInputState(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.format != null) f = at(f, "format", checkAudioFormat(v.format));
  if (v.transcription != null) f = at(f, "transcription", checkTranscriptionState(v.transcription));
  if (v.noise_reduction != null) f = at(f, "noise_reduction", checkNoiseReduction(v.noise_reduction));
  if (v.turn_detection != null) f = at(f, "turn_detection", checkTurnDetection(v.turn_detection));
  return f;
}

/** Where a value differs from `AudioOutputState`; `undefined` when it conforms. */
export function checkAudioOutputState(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.format != null) f = at(f, "format", checkAudioFormat(v.format));
  if (v.voice != null) f = at(f, "voice", checkVoice(v.voice));
  if (v.speed !== undefined && !isNumber(v.speed, 0.25, 1.5))
    f = wrong(f, v, "speed", "a number from 0.25 to 1.5");
  return f;
}

/** Where a value differs from `AudioState`; `undefined` when it conforms. */
export function checkAudioState(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.input !== undefined) f = at(f, "input", checkAudioInputState(v.input));
  if (v.output !== undefined) f = at(f, "output", checkAudioOutputState(v.output));
  return f;
}

/** Where a value differs from `SessionState`; `undefined` when it conforms. */
export function checkSessionState(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "realtime") f = wrong(f, v, "type", '"realtime"');
  if (v.id !== undefined && typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.object !== undefined && typeof v.object !== "string") f = wrong(f, v, "object", "a string");
  if (v.expires_at !== undefined && !isInteger(v.expires_at)) f = wrong(f, v, "expires_at", "an integer");
  if (v.model !== undefined && typeof v.model !== "string") f = wrong(f, v, "model", "a string");
  if (v.output_modalities !== undefined)
    f = at(f, "output_modalities", checkOutputModalities(v.output_modalities));
  if (v.instructions !== undefined && typeof v.instructions !== "string")
    f = wrong(f, v, "instructions", "a string");
  if (v.audio !== undefined) f = at(f, "audio", checkAudioState(v.audio));
  if (v.tools !== undefined) f = at(f, "tools", listOf(v.tools, checkTool));
  if (v.tool_choice !== undefined) f = at(f, "tool_choice", checkToolChoice(v.tool_choice));
  if (
    v.parallel_tool_calls !== undefined &&
    typeof v.parallel_tool_calls !== "boolean" &&
    v.parallel_tool_calls !== null
  )
    f = wrong(f, v, "parallel_tool_calls", "a boolean or null");
  if (v.reasoning != null) f = at(f, "reasoning", checkReasoning(v.reasoning));
  if (
    v.max_output_tokens !== undefined &&
    !isInteger(v.max_output_tokens, 1) &&
    v.max_output_tokens !== "inf"
  )
    f = wrong(f, v, "max_output_tokens", 'an integer from 1 or "inf"');
  if (v.truncation !== undefined) f = at(f, "truncation", checkTruncation(v.truncation));
  if (v.prompt != null) f = at(f, "prompt", checkPrompt(v.prompt));
  if (v.tracing != null) f = at(f, "tracing", checkTracing(v.tracing));
  if (v.include != null) f = at(f, "include", listOf(v.include, checkIncludeField));
  return f;
}

/** Where a value differs from `TranscriptionAudioState`; `undefined` when it conforms. */
export function checkTranscriptionAudioState(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.input !== undefined) f = at(f, "input", checkAudioInputState(v.input));
  return f;
}

/** Where a value differs from `TranscriptionSessionState`; `undefined` when it conforms. */
export function checkTranscriptionSessionState(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "transcription") f = wrong(f, v, "type", '"transcription"');
  if (v.id !== undefined && typeof v.id !== "string") f = wrong(f, v, "id", "a string");
  if (v.object !== undefined && typeof v.object !== "string") f = wrong(f, v, "object", "a string");
  if (v.expires_at !== undefined && !isInteger(v.expires_at)) f = wrong(f, v, "expires_at", "an integer");
  if (v.audio !== undefined) f = at(f, "audio", checkTranscriptionAudioState(v.audio));
  if (v.include != null) f = at(f, "include", listOf(v.include, checkIncludeField));
  return f;
}

/** Where a value differs from `AnySessionState`; `undefined` when it conforms. */
export function checkAnySessionState(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "realtime":
      return checkSessionState(v);
    case "transcription":
      return checkTranscriptionSessionState(v);
    default:
      return wrong(undefined, v, "type", '"realtime" or "transcription"');
  }
}

/** Where a value differs from `SessionCreatedEvent`; `undefined` when it conforms. */
export function checkSessionCreatedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.created") f = wrong(f, v, "type", '"session.created"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "session", checkAnySessionState(v.session));
  return f;
}

/** Where a value differs from `SessionUpdatedEvent`; `undefined` when it conforms. */
export function checkSessionUpdatedEvent(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.type !== "session.updated") f = wrong(f, v, "type", '"session.updated"');
  if (typeof v.event_id !== "string") f = wrong(f, v, "event_id", "a string");
  f = at(f, "session", checkAnySessionState(v.session));
  return f;
}

/** Where a value differs from `ContentPart`; `undefined` when it conforms. */
export function checkContentPart(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.type) {
    case "input_text":
      return checkInputTextPart(v);
    case "input_audio":
      return checkInputAudioPart(v);
    case "input_image":
      return checkInputImagePart(v);
    case "output_text":
      return checkOutputTextPart(v);
    case "output_audio":
      return checkOutputAudioPart(v);
    default:
      return wrong(
        undefined,
        v,
        "type",
        '"input_text", "input_audio", "input_image", "output_text" or "output_audio"',
      );
  }
}

/** Where a value differs from `MessageItem`; `undefined` when it conforms. */
export function checkMessageItem(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  switch (v.role) {
    case "system":
      return checkSystemMessage(v);
    case "user":
      return checkUserMessage(v);
    case "assistant":
      return checkAssistantMessage(v);
    default:
      return wrong(undefined, v, "role", '"system", "user" or "assistant"');
  }
}

/** Where a value differs from `RecordingEventLine`; `undefined` when it conforms. */
export function checkRecordingEventLine(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (!isNumber(v.t) && v.t !== null) f = wrong(f, v, "t", "a number or null");
  if (v.from !== "server" && v.from !== "client" && v.from !== "local")
    f = wrong(f, v, "from", '"server", "client" or "local"');
  if (!isObject(v.event)) f = wrong(f, v, "event", "an object");
  return f;
}

/** Where a value differs from `RecordingHeader`; `undefined` when it conforms. */
export function checkRecordingHeader(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.duologue !== 1) f = wrong(f, v, "duologue", "1");
  if (typeof v.protocol !== "string") f = wrong(f, v, "protocol", "a string");
  if (v.provider !== undefined && typeof v.provider !== "string") f = wrong(f, v, "provider", "a string");
  return f;
}

/** Where a value differs from `RecordingLinkClosing`; `undefined` when it conforms. */
export function checkRecordingLinkClosing(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (!isInteger(v.code)) f = wrong(f, v, "code", "an integer");
  if (typeof v.reason !== "string") f = wrong(f, v, "reason", "a string");
  return f;
}

/** Where a value differs from `RecordingLinkClosedLine`; `undefined` when it conforms. */
export function checkRecordingLinkClosedLine(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (!isNumber(v.t) && v.t !== null) f = wrong(f, v, "t", "a number or null");
  if (v.from !== "link") f = wrong(f, v, "from", '"link"');
  f = at(f, "closed", checkRecordingLinkClosing(v.closed));
  return f;
}

/** Where a value differs from `RecordingLinkOpening`; `undefined` when it conforms. */
export function checkRecordingLinkOpening(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (v.transport !== undefined && typeof v.transport !== "string") f = wrong(f, v, "transport", "a string");
  if (v.audio !== undefined && v.audio !== "events" && v.audio !== "media")
    f = wrong(f, v, "audio", '"events" or "media"');
  return f;
}

/** Where a value differs from `RecordingLinkOpenedLine`; `undefined` when it conforms. */
export function checkRecordingLinkOpenedLine(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (!isNumber(v.t) && v.t !== null) f = wrong(f, v, "t", "a number or null");
  if (v.from !== "link") f = wrong(f, v, "from", '"link"');
  f = at(f, "opened", checkRecordingLinkOpening(v.opened));
  return f;
}

/** Where a value differs from `RecordingTextLine`; `undefined` when it conforms. */
export function checkRecordingTextLine(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  let f: Found;
  if (!isNumber(v.t) && v.t !== null) f = wrong(f, v, "t", "a number or null");
  if (v.from !== "server" && v.from !== "client") f = wrong(f, v, "from", '"server" or "client"');
  if (typeof v.text !== "string") f = wrong(f, v, "text", "a string");
  if (v.reason !== undefined && typeof v.reason !== "string") f = wrong(f, v, "reason", "a string");
  return f;
}

/** Where a value differs from `RecordingLine`; `undefined` when it conforms. */
export function checkRecordingLine(v: unknown): Found {
  if (!isObject(v)) return unlike("an object", v);
  if (v.duologue !== undefined) return checkRecordingHeader(v);
  if (v.event !== undefined) return checkRecordingEventLine(v);
  if (v.text !== undefined) return checkRecordingTextLine(v);
  if (v.opened !== undefined) return checkRecordingLinkOpenedLine(v);
  if (v.closed !== undefined) return checkRecordingLinkClosedLine(v);
  return unlike('an object with "duologue", "event", "text", "opened" or "closed"', v);
}

/** The validator of every `ClientEvent`, by type. */
export const clientChecks: { readonly [K in ClientEvent["type"]]: Check } = {
  "conversation.item.create": checkConversationItemCreateEvent,
  "conversation.item.delete": checkConversationItemDeleteEvent,
  "conversation.item.retrieve": checkConversationItemRetrieveEvent,
  "conversation.item.truncate": checkConversationItemTruncateEvent,
  "input_audio_buffer.append": checkInputAudioBufferAppendEvent,
  "input_audio_buffer.clear": checkInputAudioBufferClearEvent,
  "input_audio_buffer.commit": checkInputAudioBufferCommitEvent,
  "output_audio_buffer.clear": checkOutputAudioBufferClearEvent,
  "response.cancel": checkResponseCancelEvent,
  "response.create": checkResponseCreateEvent,
  "session.update": checkSessionUpdateEvent,
};

/** The validator of every `ServerEvent`, by type. */
export const serverChecks: { readonly [K in ServerEvent["type"]]: Check } = {
  "conversation.created": checkConversationCreatedEvent,
  "conversation.item.added": checkConversationItemAddedEvent,
  "conversation.item.created": checkConversationItemCreatedEvent,
  "conversation.item.deleted": checkConversationItemDeletedEvent,
  "conversation.item.done": checkConversationItemDoneEvent,
  "conversation.item.input_audio_transcription.completed":
    checkConversationItemInputAudioTranscriptionCompletedEvent,
  "conversation.item.input_audio_transcription.delta": checkConversationItemInputAudioTranscriptionDeltaEvent,
  "conversation.item.input_audio_transcription.failed":
    checkConversationItemInputAudioTranscriptionFailedEvent,
  "conversation.item.input_audio_transcription.segment":
    checkConversationItemInputAudioTranscriptionSegmentEvent,
  "conversation.item.retrieved": checkConversationItemRetrievedEvent,
  "conversation.item.truncated": checkConversationItemTruncatedEvent,
  error: checkServerErrorEvent,
  "input_audio_buffer.cleared": checkInputAudioBufferClearedEvent,
  "input_audio_buffer.committed": checkInputAudioBufferCommittedEvent,
  "input_audio_buffer.dtmf_event_received": checkInputAudioBufferDtmfEventReceivedEvent,
  "input_audio_buffer.speech_started": checkInputAudioBufferSpeechStartedEvent,
  "input_audio_buffer.speech_stopped": checkInputAudioBufferSpeechStoppedEvent,
  "input_audio_buffer.timeout_triggered": checkInputAudioBufferTimeoutTriggeredEvent,
  "mcp_list_tools.completed": checkMcpListToolsCompletedEvent,
  "mcp_list_tools.failed": checkMcpListToolsFailedEvent,
  "mcp_list_tools.in_progress": checkMcpListToolsInProgressEvent,
  "output_audio_buffer.cleared": checkOutputAudioBufferClearedEvent,
  "output_audio_buffer.started": checkOutputAudioBufferStartedEvent,
  "output_audio_buffer.stopped": checkOutputAudioBufferStoppedEvent,
  "rate_limits.updated": checkRateLimitsUpdatedEvent,
  "response.content_part.added": checkResponseContentPartAddedEvent,
  "response.content_part.done": checkResponseContentPartDoneEvent,
  "response.created": checkResponseCreatedEvent,
  "response.done": checkResponseDoneEvent,
  "response.function_call_arguments.delta": checkResponseFunctionCallArgumentsDeltaEvent,
  "response.function_call_arguments.done": checkResponseFunctionCallArgumentsDoneEvent,
  "response.mcp_call.completed": checkResponseMcpCallCompletedEvent,
  "response.mcp_call.failed": checkResponseMcpCallFailedEvent,
  "response.mcp_call.in_progress": checkResponseMcpCallInProgressEvent,
  "response.mcp_call_arguments.delta": checkResponseMcpCallArgumentsDeltaEvent,
  "response.mcp_call_arguments.done": checkResponseMcpCallArgumentsDoneEvent,
  "response.output_audio.delta": checkResponseOutputAudioDeltaEvent,
  "response.output_audio.done": checkResponseOutputAudioDoneEvent,
  "response.output_audio_transcript.delta": checkResponseOutputAudioTranscriptDeltaEvent,
  "response.output_audio_transcript.done": checkResponseOutputAudioTranscriptDoneEvent,
  "response.output_item.added": checkResponseOutputItemAddedEvent,
  "response.output_item.done": checkResponseOutputItemDoneEvent,
  "response.output_text.delta": checkResponseOutputTextDeltaEvent,
  "response.output_text.done": checkResponseOutputTextDoneEvent,
  "session.created": checkSessionCreatedEvent,
  "session.updated": checkSessionUpdatedEvent,
};
