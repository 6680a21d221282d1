/** One message of the protocol. `body` is cut when it is longer than what its reader wanted to keep. */
export interface Frame {
  /** The message's letter. */
  readonly type: string;
  readonly body: Buffer;
}

/** Takes the bytes of one direction as they come, and hands over each message once it is complete. */
export interface FrameReader {
  push(chunk: Buffer): void;
}

/**
 * A message is a letter, a length that counts itself, and a body. Only as much of a body as `keep` wants is held until
 * its end, in the pieces it came in, so that large messages cost neither memory nor repeated copying.
 */
export function createFrameReader(
  keep: (type: string) => number,
  onFrame: (frame: Frame) => void,
): FrameReader {
  const header = Buffer.alloc(HEADER);
  let headerBytes = 0;
  let missing = 0;
  let wanted = 0;
  let pieces: Buffer[] = [];

  const begin = (): void => {
    const length = header.readInt32BE(1) - 4;
    if (length < 0) throw new Error(`a message "${typeOf(header)}" claims the length ${length}`);
    missing = length;
    wanted = Math.min(length, keep(typeOf(header)));
  };
  const take = (piece: Buffer): void => {
    if (wanted > 0) pieces.push(piece.subarray(0, wanted));
    wanted -= Math.min(wanted, piece.length);
    missing -= piece.length;
  };
  const finish = (): void => {
    const [only, ...more] = pieces;
    const body = only === undefined ? NOTHING : more.length === 0 ? only : Buffer.concat(pieces);
    headerBytes = 0;
    pieces = [];
    onFrame({ type: typeOf(header), body });
  };

  return {
    push(chunk) {
      let at = 0;
      while (at < chunk.length) {
        if (headerBytes < HEADER) {
          const end = Math.min(chunk.length, at + HEADER - headerBytes);
          headerBytes += chunk.copy(header, headerBytes, at, end);
          at = end;
          if (headerBytes < HEADER) return;
          begin();
        }
        const end = Math.min(chunk.length, at + missing);
        if (end > at) take(chunk.subarray(at, end));
        at = end;
        if (missing === 0) finish();
      }
    },
  };
}

const typeOf = (header: Buffer) => String.fromCharCode(header[0] ?? 0);

const HEADER = 5;
const NOTHING = Buffer.alloc(0);
