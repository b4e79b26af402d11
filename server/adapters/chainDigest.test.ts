import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { chainDigest } from './chainDigest.ts';

describe('the digest of chained lines', () => {
  it('is the one that Node makes, for every key, line before and text', () =>
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 130 }),
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (bytes, previous, json) => {
          const key = Buffer.from(bytes);
          const expected = createHmac('sha256', key).update(`${previous}\n`).update(json).digest('hex');
          assert.equal(chainDigest(key, previous, json), expected.slice(0, 32));
          assert.equal(chainDigest(key, previous, Buffer.from(json)), expected.slice(0, 32));
        },
      ),
    ));
});
