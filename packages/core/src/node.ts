export { type FileSink, fileSink } from "./node/file-sink.ts";
