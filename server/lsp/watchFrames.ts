import type { Readable } from 'node:stream';

const longestHeader = 4_096;
const longestBody = 256 * 1024 * 1024;

/**
 * Looks along at a stream of LSP messages, and tells once when it holds something else. The reader of the library loses
 * its place then and waits for ever, without an error: it is better to end the process, so that the editor starts another.
 */
export function watchFrames(stream: Readable, onGarbage: () => void): void {
  let header = '';
  let bodyLeft = 0;
  /** How many bytes from `at` on belong to a header; undefined: what stands there is none. */
  const takeHeader = (chunk: Buffer, at: number): number | undefined => {
    const known = header.length;
    header += chunk.toString('latin1', at, at + longestHeader);
    const end = header.indexOf('\r\n\r\n');
    if (end < 0) return canGoOn(header) ? chunk.length - at : undefined;
    const length = contentLength(header.slice(0, end));
    if (length === undefined) return undefined;
    header = '';
    bodyLeft = length;
    return end + 4 - known;
  };
  const watch = (chunk: Buffer): void => {
    for (let at = 0; at < chunk.length;) {
      const taken = bodyLeft > 0 ? Math.min(bodyLeft, chunk.length - at) : undefined;
      if (taken !== undefined) {
        bodyLeft -= taken;
        at += taken;
        continue;
      }
      const ofHeader = takeHeader(chunk, at);
      if (ofHeader === undefined) {
        stream.off('data', watch);
        return onGarbage();
      }
      at += ofHeader;
    }
  };
  stream.on('data', watch);
}

/** The protocol knows no other lines. */
const headerLine = /^(?:content-length: *\d{1,10} *|content-type:[^\r\n]*)$/iu;

/** Behind lines that are none the reader of the library waits for an end that does not come. */
function canGoOn(header: string): boolean {
  const lines = header.split('\r\n');
  const last = lines.pop() ?? '';
  return (
    header.length < longestHeader &&
    lines.every((line) => headerLine.test(line)) &&
    /^[a-z-]*(?::[^\r\n]*)?\r?$/iu.test(last)
  );
}

/** As strict as the reader of the library, which does not come to a body behind anything else. */
function contentLength(header: string): number | undefined {
  const lines = header.split('\r\n');
  if (!lines.every((line) => headerLine.test(line))) return undefined;
  const [length, ...more] = lines.flatMap((line) => /^content-length: *(\d+)/iu.exec(line)?.[1] ?? []);
  if (length === undefined || more.length > 0) return undefined;
  return Number(length) <= longestBody ? Number(length) : undefined;
}
