import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";

/** A certificate and its private key, both PEM. */
export interface TlsCredentials {
  readonly cert: string;
  readonly key: string;
}

const made = new Map<string, Promise<TlsCredentials>>();
const dayMs = 24 * 60 * 60 * 1000;

/**
 * A certificate that signs itself, for `localhost`, `127.0.0.1`, `::1` and the host; for the unspecified address also
 * for every name and address of this machine. Good for a year, and the same for the same host until the process ends.
 * Clients trust it when they are given it as their authority (`ca`).
 */
export function selfSignedCertificate(host: string): Promise<TlsCredentials> {
  const names = namesOf(host);
  const key = names.join();
  const known = made.get(key) ?? make(names);
  made.set(key, known);
  return known;
}

async function make(names: readonly string[]): Promise<TlsCredentials> {
  // Loaded when it is wanted: it is large, and most servers need no certificate.
  const { generate } = await import("selfsigned");
  const now = Date.now();
  const pems = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    notBeforeDate: new Date(now - dayMs),
    notAfterDate: new Date(now + 365 * dayMs),
    extensions: [
      // Some clients take no authority's own certificate for a server's.
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: names.map((name) => (isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name })),
      },
    ],
  });
  return { cert: pems.cert, key: pems.private };
}

function namesOf(host: string): readonly string[] {
  const own = ["localhost", "127.0.0.1", "::1"];
  if (host !== "0.0.0.0" && host !== "::" && host !== "") return [...new Set([...own, host])];
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries = []) => entries)
    .map(({ address }) => address.split("%")[0] ?? address);
  return [...new Set([...own, hostname(), ...addresses])];
}
