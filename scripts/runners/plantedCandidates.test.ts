import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { runAct, withRule } from '../../server/test/actionSlice.ts';
import type { Slice } from '../../server/test/sliceWorkspace.ts';
import { findProgram } from '../host/findProgram.ts';
import { installProject } from './installProject.ts';
import { plantedGo } from './planted/plantedGo.ts';
import { plantedNode } from './planted/plantedNode.ts';
import type { PlantedProject } from './planted/plantedProject.ts';
import { plantedPython } from './planted/plantedPython.ts';
import { plantedVitest } from './planted/plantedVitest.ts';

function rule(): string {
  return ['---', 'globs: "**/price.*"', 'on: save', 'actions:', '  - type: generate_tests', '---', ''].join(
    '\n',
  );
}

/** The answer with all planted tests, and then what a model says that has nothing to add. */
function answerOf({ target, fence, head, planted }: PlantedProject): string {
  return [target, `\`\`\`${fence}`, head, ...planted.map(([, , , lines]) => `${lines}\n\n`), '```', ''].join(
    '\n',
  );
}

function withProject(project: PlantedProject, use: (slice: Slice) => Promise<void>): Promise<void> {
  return withRule(rule(), use, {
    files: project.files,
    script: [{ kind: 'answer', text: answerOf(project) }],
    settings: { generatedTests: { repetitions: 3, maxMutants: project.maxMutants, maxSeconds: 400 } },
  });
}

describe('tests planted among the good ones of an answer', function () {
  this.timeout(600_000);

  for (const project of [plantedNode, plantedPython, plantedGo, plantedVitest])
    it(`each is dropped by its filter: ${project.source}`, async function () {
      if (project.program !== undefined && findProgram([project.program]) === undefined) this.skip();
      await withProject(project, async (slice) => {
        if (project.installed !== undefined) {
          const packages = join(await installProject(project.installed), 'node_modules');
          cpSync(packages, join(slice.root, 'node_modules'), { recursive: true, verbatimSymlinks: true });
        }
        const result = await runAct(slice, project.source);
        const { candidates } = result.view ?? {};
        assert.ok(candidates, result.message);
        const found = new Map(candidates.dropped.map((drop) => [drop.name, drop]));
        for (const [name, filter, reason] of project.planted) {
          const drop = found.get(name);
          assert.equal(drop?.filter, filter, `${name}: ${drop?.reason ?? 'kept'}`);
          if (drop !== undefined) assert.match(drop.reason, reason, name);
        }
        assert.equal(candidates.candidates, project.planted.length);
        assert.equal(result.outcome, 'proposed', result.message);
        const [file] = result.view?.files ?? [];
        assert.doesNotMatch(file?.after ?? '', project.gone);
        assert.match(
          result.message,
          new RegExp(`Of ${project.planted.length} new tests, \\d kept and \\d+ dropped`, 'u'),
        );
      });
    });
});
