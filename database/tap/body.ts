/** Reads a message's body from front to back. One that was cut ends early: then strings end there too. */
export interface BodyReader {
  /** Bytes that are left. */
  readonly left: number;
  /** Up to the next zero byte. */
  text(): string;
  int16(): number;
  int32(): number;
  /** The next bytes, fewer where the body ends. */
  bytes(count: number): Buffer;
}

export function readBody(body: Buffer): BodyReader {
  let at = 0;
  const bytes = (count: number) => {
    const found = body.subarray(at, at + count);
    at = Math.min(body.length, at + count);
    return found;
  };
  return {
    get left() {
      return body.length - at;
    },
    text() {
      const zero = body.indexOf(0, at);
      const end = zero < 0 ? body.length : zero;
      const found = body.toString('utf8', at, end);
      at = Math.min(body.length, end + 1);
      return found;
    },
    int16: () => bytes(2).readInt16BE(),
    int32: () => bytes(4).readInt32BE(),
    bytes,
  };
}

/** The fields of an error or a notice by their letters: `C` code, `M` message, `P` position … */
export function readFields(body: Buffer): ReadonlyMap<string, string> {
  const reader = readBody(body);
  const fields = new Map<string, string>();
  while (reader.left > 0) {
    const letter = String.fromCharCode(reader.bytes(1)[0] ?? 0);
    if (letter === '\0') break;
    fields.set(letter, reader.text());
  }
  return fields;
}

/** The parameters of a Bind message, from behind the names of its portal and statement. */
export function readParameters(reader: BodyReader): readonly (string | null)[] {
  const formats = Array.from({ length: reader.int16() }, () => reader.int16());
  const count = reader.int16();
  const values: (string | null)[] = [];
  while (values.length < count && reader.left >= 4) {
    const isBinary = (formats.length === 1 ? formats[0] : formats[values.length]) === 1;
    const length = reader.int32();
    values.push(length < 0 ? null : textOf(reader.bytes(length), isBinary));
  }
  return values;
}

const textOf = (value: Buffer, isBinary: boolean) =>
  value.toString(isBinary ? 'hex' : 'utf8', 0, Math.min(value.length, LONGEST_PARAMETER));

const LONGEST_PARAMETER = 64 * 1024;
