import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readBody, readParameters } from '../../database/tap/body.ts';
import { createFrameReader } from '../../database/tap/frames.ts';
import { nestedStatement } from '../../database/tap/nested.ts';
import { bind, message } from './raw-client.ts';

it('messages are the same however their bytes are cut', () => {
  const messages = fc.array(
    fc.record({ type: fc.constantFrom('Q', 'D', 'Z'), body: fc.uint8Array({ maxLength: 300 }) }),
  );
  fc.assert(
    fc.property(messages, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sent, cuts) => {
      const got: { type: string; body: string }[] = [];
      const reader = createFrameReader(
        () => 100,
        ({ type, body }) => got.push({ type, body: body.toString('hex') }),
      );
      let bytes = Buffer.concat(sent.map(({ type, body }) => message(type, Buffer.from(body))));
      for (let turn = 0; bytes.length > 0; turn += 1) {
        const size = cuts[turn % cuts.length] ?? 1;
        reader.push(bytes.subarray(0, size));
        bytes = bytes.subarray(size);
      }
      const kept = sent.map(({ type, body }) => ({
        type,
        body: Buffer.from(body).subarray(0, 100).toString('hex'),
      }));
      expect(got).toEqual(kept);
    }),
  );
});

it('a length that no message can have is refused', () => {
  const reader = createFrameReader(
    () => 0,
    () => undefined,
  );
  expect(() => reader.push(Buffer.from([0x51, 0, 0, 0, 3]))).toThrow('claims the length -1');
});

it('a Bind that was cut gives the parameters that are whole, and the beginning of the next', () => {
  const body = bind('', '', 'first', 'second').subarray(5);
  const cut = (length: number) => {
    const reader = readBody(body.subarray(0, length));
    reader.text();
    reader.text();
    return readParameters(reader);
  };
  expect(cut(body.length)).toEqual(['first', 'second']);
  expect(cut(body.length - 5)).toEqual(['first', 'sec']);
  expect(cut(18)).toEqual(['first']);
});

it('a notice of auto_explain names the statement without its plan, and any other notice names none', () => {
  const notice =
    'duration: 0.1 ms  plan:\nQuery Text: SELECT 1\n  FROM a\nSeq Scan on a  (cost=0.00..1.00 rows=1 width=4)';
  expect(nestedStatement(notice)).toBe('SELECT 1\n  FROM a');
  expect(nestedStatement('table "a" does not exist, skipping')).toBeNull();
});
