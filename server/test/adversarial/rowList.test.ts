import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const idForm = /\b[UFGTPCISLJVK]\d\d\b/gu;
const folder = import.meta.dirname;
const idsIn = (path: string): ReadonlySet<string> => new Set(readFileSync(path, 'utf8').match(idForm));

describe('docs/safety.md', () => {
  const tables = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  const tried = new Set(tables.flatMap((name) => [...idsIn(join(folder, name))]));
  const promised = idsIn(join(folder, '../../../docs/safety.md'));

  it('promises nothing that no table tries, and leaves no row of the tables out', () => {
    assert.ok(tried.size > 60);
    assert.deepEqual([...promised].toSorted(), [...tried].toSorted());
  });
});
