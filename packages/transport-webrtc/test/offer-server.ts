import { createServer, type IncomingHttpHeaders } from "node:http";

/** One offer that came. */
export interface ReceivedOffer {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that answers offers as it is told. */
export interface OfferServer {
  readonly origin: string;
  readonly offers: readonly ReceivedOffer[];
  answer: { status: number; headers?: Record<string, string>; body: string } | "nothing";
  /** Resolves when a client has hung up on an offer that is not answered. */
  readonly hungUp: Promise<void>;
  stop(): Promise<void>;
}

export async function offerServer(): Promise<OfferServer> {
  const offers: ReceivedOffer[] = [];
  const hungUp = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      offers.push({
        url: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      response.on("close", () => {
        if (!response.writableEnded) hungUp.resolve();
      });
      if (self.answer === "nothing") return;
      response.writeHead(self.answer.status, self.answer.headers);
      response.end(self.answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const self: OfferServer = {
    origin: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    offers,
    answer: { status: 201, body: "v=0\r\n" },
    hungUp: hungUp.promise,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return self;
}
