import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Plugin } from 'esbuild';

const unusedResource =
  /[\\/]node_modules[\\/](?:openai|@anthropic-ai[\\/]sdk)[\\/]resources[\\/](?!(?:index|chat|messages|responses)(?:[\\/]|\.mjs$))/;
/** Helpers over streams that we read ourselves, keys that are made by machines, and batches. */
const unusedHelper =
  /[\\/]node_modules[\\/](?:openai[\\/](?:lib[\\/](?:AbstractChatCompletionRunner|ChatCompletion\w+|EventStream|responses[\\/]ResponseStream)|(?:internal[\\/])?auth[\\/](?:x509-)?workload-identity-auth)|@anthropic-ai[\\/]sdk[\\/](?:lib[\\/]MessageStream|resources[\\/]messages[\\/]batches))\.mjs$/;
const whole = '?whole';

/**
 * Leaves out of the bundles what the SDKs have for other purposes than ours, which is more than half of them: their
 * clients create an object for every resource of the provider, and we use three, chat and responses of the one and messages of the other. The classes of
 * the other resources become empty, and what only those used falls away.
 */
export const unusedResourcesPlugin: Plugin = {
  name: 'unused-resources',
  setup(build) {
    build.onLoad({ filter: /[\\/](?:resources|lib|auth)[\\/].*\.mjs$/ }, async ({ path, suffix }) => {
      if (suffix === whole || (!unusedResource.test(path) && !unusedHelper.test(path))) return undefined;
      const source = await readFile(path, 'utf8');
      // A barrel holds nothing of its own.
      if (/^export \*/m.test(source)) return undefined;
      return { contents: renderStub(source, `./${basename(path)}${whole}`), loader: 'js' };
    });
    build.onResolve({ filter: /\.mjs\?whole$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice(0, -whole.length)),
      suffix: whole,
      sideEffects: false,
    }));
  },
};

/**
 * The module with its classes emptied. Errors stay what they are: a fault of the provider may arrive as any of them,
 * whatever was asked. So does everything that is no class.
 */
export function renderStub(source: string, original: string): string {
  const classes = [...source.matchAll(/^export (?:class (\w+)|var (\w+) = \/\* @__PURE__ \*\/ \(\(\) =>)/gm)]
    .map(([, declared, assigned]) => declared ?? assigned ?? '')
    .filter((name) => !name.endsWith('Error'));
  const others = exportedNames(source).filter((name) => !classes.includes(name));
  return [
    `export { ${others.join(', ')} } from '${original}';`,
    ...classes.map((name) => `export class ${name} {}`),
  ].join('\n');
}

/** The generated modules of the SDKs export what they declare, or names in braces. */
function exportedNames(source: string): readonly string[] {
  const declared = [...source.matchAll(/^export (?:class|const|let|var|(?:async )?function\*?) (\w+)/gm)];
  const listed = [...source.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = '']) => names.split(','));
  const names = [
    ...declared.map(([, name = '']) => name),
    ...listed.map((name) => name.trim().replace(/^.* as /, '')),
  ];
  return [...new Set(names)].filter((name) => name !== '');
}
