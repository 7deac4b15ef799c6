import { generateKeyPairSync, sign } from "node:crypto";

/** One DER element: its tag, its length, its content. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Uint8Array.from([tag, ...size]), content]);
}

const sequence = (...contents: readonly Uint8Array[]) => der(0x30, ...contents);
const hex = (digits: string) => Buffer.from(digits, "hex");
const generalizedTime = (text: string) => der(0x18, Buffer.from(text));

/** Object identifiers, in DER. */
const oid = {
  commonName: hex("0603550403"),
  ecdsaWithSha256: hex("06082a8648ce3d040302"),
  subjectAltName: hex("0603551d11"),
};

/** A key and a certificate for `localhost` and 127.0.0.1 that no authority has signed, made anew. PEM. */
export function selfSignedCertificate(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(der(0x31, sequence(oid.commonName, der(0x0c, Buffer.from("localhost")))));
  const algorithm = sequence(oid.ecdsaWithSha256);
  const names = sequence(der(0x82, Buffer.from("localhost")), der(0x87, Uint8Array.from([127, 0, 0, 1])));
  const body = sequence(
    der(0xa0, der(0x02, Uint8Array.from([2]))),
    der(0x02, Uint8Array.from([1])),
    algorithm,
    name,
    sequence(generalizedTime("20200101000000Z"), generalizedTime("29991231235959Z")),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(sequence(oid.subjectAltName, der(0x04, names)))),
  );
  const signature = der(0x03, Uint8Array.from([0]), sign("sha256", body, privateKey));
  const lines =
    sequence(body, algorithm, signature)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
  };
}
