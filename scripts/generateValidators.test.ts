import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateValidators } from './generateValidators.ts';

interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly keyword: string }[] | null;
}

describe('generateValidators', () => {
  let root: string;
  const target = 'server/engine/settings.validate.generated.ts';

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'codegen-lab-schema-'));
    mkdirSync(join(root, 'server', 'engine'), { recursive: true });
    writeSchema({ tsType: './settings.ts#Settings' });
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('writes a validator that tells good values from bad ones and says what is wrong', async () => {
    assert.deepEqual(await generateValidators(root), [target]);
    const validate = await load();
    assert.equal(validate({ name: 'abc', tags: ['a', 'b'] }), true);
    assert.equal(validate({ name: 'ab', tags: [{ a: 1 }, { a: 1 }] }), false);
    assert.deepEqual(
      validate.errors?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`),
      ['/name minLength', '/tags uniqueItems'],
    );
  });

  it('names the type that a valid value has, and needs nothing at run time', async () => {
    await generateValidators(root);
    const text = readFileSync(join(root, target), 'utf8');
    assert.match(text, /import type \{ Settings \} from '\.\/settings\.ts';/);
    assert.match(text, /value is Settings;/);
    // What ajv inlines keeps a text such as 'require("ajv/…")' for later compilations; it is never called.
    assert.doesNotMatch(
      text.replaceAll(/'require\([^']*'/g, ''),
      /\brequire\(|^import (?!type)|new Function/m,
    );
  });

  it('leaves the type unknown when the schema names none', async () => {
    writeSchema({});
    await generateValidators(root);
    assert.match(readFileSync(join(root, target), 'utf8'), /value is unknown;/);
  });

  it('writes nothing that is current, and again what is stale', async () => {
    await generateValidators(root);
    assert.deepEqual(await generateValidators(root), []);
    writeSchema({ required: ['name'] });
    assert.deepEqual(await generateValidators(root), [target]);
  });

  it('deletes a validator whose schema is gone', async () => {
    await generateValidators(root);
    rmSync(join(root, 'server/engine/settings.schema.json'));
    await generateValidators(root);
    assert.ok(!existsSync(join(root, target)));
  });

  it('refuses a schema with an unknown keyword', async () => {
    writeSchema({ minimumLength: 3 });
    await assert.rejects(generateValidators(root), /minimumLength/);
  });

  function writeSchema(extra: object): void {
    const properties = {
      name: { type: 'string', minLength: 3 },
      tags: { type: 'array', uniqueItems: true },
    };
    const path = join(root, 'server/engine/settings.schema.json');
    writeFileSync(path, JSON.stringify({ type: 'object', properties, ...extra }));
  }

  async function load(): Promise<Validator> {
    const module = (await import(pathToFileURL(join(root, target)).href)) as { readonly default: Validator };
    return module.default;
  }
});
