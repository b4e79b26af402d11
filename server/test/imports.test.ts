import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { findImportCycle } from './findImportCycle.ts';
import { brokenDirection, resolveSpecifier } from './importDirections.ts';
import { readImports } from './readImports.ts';

const root = join(import.meta.dirname, '..', '..');

describe('imports', () => {
  const sources = ['extension', 'server'].flatMap(listSources).map((file) => ({
    file,
    imports: readImports(readFileSync(join(root, file), 'utf8')),
  }));

  it('go only in the directions of ARCHITECTURE.md', () => {
    assert.ok(sources.length > 0);
    const broken = sources.flatMap(({ file, imports }) =>
      imports.flatMap(({ specifier, line }) => {
        const rule = brokenDirection(file, specifier);
        return rule ? [`${file}:${line} imports ${specifier}: ${rule}`] : [];
      }),
    );
    assert.equal(broken.join('\n'), '');
  });

  it('form no cycle', () => {
    const graph = new Map(
      sources.map(({ file, imports }) => [
        file,
        imports
          .map(({ specifier }) => specifier)
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => resolveSpecifier(file, specifier)),
      ]),
    );
    assert.equal(findImportCycle(graph)?.join('\n  -> '), undefined);
  });
});

describe('the directions', () => {
  const cases: readonly (readonly [file: string, specifier: string, expected: RegExp | undefined])[] = [
    ['extension/client.ts', 'vscode', undefined],
    ['extension/client.ts', '../server/protocol/requests.ts', undefined],
    [
      'extension/client.ts',
      '../server/engine/engine.ts',
      /^extension may import protocol; this is engine contract/,
    ],
    ['extension/client.ts', '../package.json', /nothing from outside/],
    ['extension/client.ts', '../scripts/host/page.ts', /nothing from outside/],
    ['extension/test/ui/trust.ui.ts', '../../../scripts/host/page.ts', undefined],
    ['extension/test/landing.suite.ts', '../../server/engine/engine.ts', /^extension may import protocol/],
    ['server/lsp/hover.ts', 'vscode', /only extension\/ imports vscode/],
    ['server/lsp/hover.test.ts', 'vscode', /only extension\/ imports vscode/],
    ['server/lsp/hover.ts', '../cli/main.ts', /this is cli main/],
    ['server/cli/run.ts', '../lsp/server.ts', /this is lsp/],
    ['server/cli/run.ts', '../adapters/nodeFiles.ts', /this is adapters/],
    ['server/cli/main.ts', '../adapters/nodeFiles.ts', undefined],
    ['server/main.ts', './adapters/nodeFiles.ts', undefined],
    ['server/main.ts', './composeEngine.ts', undefined],
    ['server/composeEngine.ts', './adapters/nodeFiles.ts', undefined],
    ['server/composeEngine.ts', './lsp/server.ts', /this is lsp/],
    ['server/lsp/server.ts', '../composeEngine.ts', /this is composition/],
    ['server/cli/clctl.ts', './main.ts', undefined],
    ['server/main.ts', './cli/main.ts', /this is cli main/],
    ['server/protocol/text.ts', '../engine/settings.ts', /protocol may import nothing of ours/],
    ['server/adapters/nodeFiles.ts', '../engine/ports/files.ts', undefined],
    [
      'server/adapters/nodeFiles.ts',
      '../engine/rules/rule.ts',
      /adapters may import engine\/ports, protocol/,
    ],
    ['server/adapters/nodeFiles.test.ts', '../test/memoryFiles.ts', undefined],
    ['server/engine/rules/parse.ts', 'fs', /no Node builtin/],
    ['server/engine/rules/parse.ts', 'node:fs/promises', /no Node builtin/],
    ['server/engine/rules/parse.test.ts', 'node:assert/strict', undefined],
    ['server/engine/rules/parse.test.ts', '../../adapters/nodeFiles.ts', /this is adapters/],
    ['server/engine/rules/parse.ts', '../../test/memoryFiles.ts', /this is test/],
    ['server/engine/rules/parse.ts', '../safety/jail.ts', undefined],
    ['server/engine/safety/jail.ts', '../rules/parse.ts', /this is engine\/rules/],
    ['server/engine/generation/prompt.ts', '../triggers/match.ts', /this is engine\/triggers/],
    ['server/engine/generation/prompt.ts', '../runs/run.ts', /this is engine\/runs/],
    ['server/engine/runs/run.ts', '../generation/prompt.ts', undefined],
    ['server/engine/createEngine.ts', './agents/plan.ts', undefined],
    ['server/test/startServer.ts', '../adapters/nodeFiles.ts', undefined],
    ['server/stray.ts', './main.ts', /every file stands in a room/],
  ];
  for (const [file, specifier, expected] of cases) {
    it(`${expected ? 'refuse' : 'allow'} ${specifier} in ${file}`, () => {
      const actual = brokenDirection(file, specifier);
      if (expected) assert.match(actual ?? '', expected);
      else assert.equal(actual, undefined);
    });
  }
});

function listSources(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.generated.ts'));
}
