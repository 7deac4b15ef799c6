const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A message of a WebSocket as the text of a frame. Text is itself. A binary message is text where it is valid
 * UTF-8, since some servers send their JSON so; any other becomes `binary frame of 3 bytes, base64: /wD+`, which no
 * protocol can take for an event and which holds every byte.
 */
export function frameText(data: unknown): string {
  if (typeof data === "string") return data;
  const bytes = bytesOf(data);
  if (bytes === undefined) return `frame of an unknown kind: ${Object.prototype.toString.call(data)}`;
  try {
    return utf8.decode(bytes);
  } catch {
    return `binary frame of ${bytes.length} bytes, base64: ${base64(bytes)}`;
  }
}

function bytesOf(data: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return isArrayBuffer(data) ? new Uint8Array(data) : undefined;
}

/** Also one of another realm, which is no instance of this one's class. */
function isArrayBuffer(data: unknown): data is ArrayBuffer {
  return Object.prototype.toString.call(data) === "[object ArrayBuffer]";
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  // In pieces, because the number of arguments of one call is bounded.
  for (let at = 0; at < bytes.length; at += 8_192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  }
  return btoa(binary);
}
