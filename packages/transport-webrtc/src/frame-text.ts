const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A message of a data channel as the text of a frame. Bytes are text where they are valid UTF-8; any others become
 * `binary frame of 3 bytes, base64: /wD+`, which no protocol can take for an event and which holds every byte.
 */
export function frameText(data: unknown): string {
  if (typeof data === "string") return data;
  if (!(data instanceof ArrayBuffer))
    return `frame of an unknown kind: ${Object.prototype.toString.call(data)}`;
  const bytes = new Uint8Array(data);
  try {
    return utf8.decode(bytes);
  } catch {
    const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    return `binary frame of ${bytes.length} bytes, base64: ${btoa(binary)}`;
  }
}
