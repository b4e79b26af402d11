import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listFiles } from './listFiles.ts';

const schemaSuffix = '.schema.json';
const generatedSuffix = '.validate.generated.ts';

/**
 * Writes `NAME.validate.generated.ts` beside every `NAME.schema.json` below `server/` when it is missing or stale, and
 * deletes those whose schema is gone. Returns the paths that were written, relative to `root`.
 *
 * A schema is JSON Schema 2020-12. Its keyword `tsType` (`"./models.ts#Models"`) names the type that a valid value
 * has; without it the value stays `unknown`. Nothing of the product compiles a schema at run time.
 */
export async function generateValidators(root: string): Promise<readonly string[]> {
  removeOrphans(root);
  const written: string[] = [];
  for (const schemaPath of listFiles(root, 'server', schemaSuffix)) {
    const text = readFileSync(join(root, schemaPath), 'utf8');
    const target = schemaPath.slice(0, -schemaSuffix.length) + generatedSuffix;
    const heading = `// Generated from ${basename(schemaPath)} (${digest(text)}) by npm run build. Not to be edited.`;
    if (isCurrent(join(root, target), heading)) continue;
    const source = await compileSchema(text, join(root, dirname(schemaPath)));
    writeFileSync(join(root, target), `${heading}\n${source}`);
    written.push(target);
  }
  return written;
}

function removeOrphans(root: string): void {
  for (const path of listFiles(root, 'server', generatedSuffix)) {
    const schema = join(root, path.slice(0, -generatedSuffix.length) + schemaSuffix);
    if (!existsSync(schema)) rmSync(join(root, path));
  }
}

/** The generator's own text is part of the digest, so that a change of it renews what it wrote. */
function digest(schema: string): string {
  const generator = readFileSync(fileURLToPath(import.meta.url), 'utf8');
  return createHash('sha256').update(generator).update(schema).digest('hex').slice(0, 16);
}

function isCurrent(path: string, heading: string): boolean {
  return existsSync(path) && readFileSync(path, 'utf8').startsWith(`${heading}\n`);
}

/** The compilers are loaded only when something is stale: a second build does not wait for them. */
async function compileSchema(text: string, folder: string): Promise<string> {
  const [{ Ajv2020 }, { default: standalone }, esbuild] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv/dist/standalone/index.js'),
    import('esbuild'),
  ]);
  const schema: unknown = JSON.parse(text);
  if (typeof schema !== 'object' || schema === null)
    throw new Error(`A schema in ${folder} is not an object.`);
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, code: { source: true, esm: true } });
  ajv.addKeyword({ keyword: 'tsType', schemaType: 'string' });
  const source = standalone.default(ajv, ajv.compile(schema));
  // Bundling inlines ajv's small runtime functions; what is generated imports nothing.
  const bundled = await esbuild.build({
    stdin: { contents: source, resolveDir: dirname(fileURLToPath(import.meta.url)), loader: 'js' },
    bundle: true,
    format: 'iife',
    globalName: 'generated',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2022',
    write: false,
  });
  const code = bundled.outputFiles.map((file) => file.text).join('');
  return renderModule(code, 'tsType' in schema ? String(schema.tsType) : undefined);
}

/** The code is ajv's plain JavaScript, so only its face is typed. */
function renderModule(code: string, tsType: string | undefined): string {
  const [from, name] = tsType?.split('#') ?? [];
  return `// @ts-nocheck
${from && name ? `import type { ${name} } from '${from}';\n` : ''}
export interface SchemaError {
  /** A JSON pointer into the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** Says whether the value has the schema's form; \`errors\` is about the last call. */
export interface Validate {
  (value: unknown): value is ${name ?? 'unknown'};
  readonly errors?: readonly SchemaError[] | null;
}

${code}
const validate = generated.default as Validate;
export default validate;
`;
}
