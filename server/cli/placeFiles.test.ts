import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeFiles, placeRoot } from './placeFiles.ts';

describe('placing files in a workspace folder', () => {
  let top: string;
  let root: string;

  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'codegen-lab-place-')));
    root = join(top, 'project');
    mkdirSync(join(root, 'src', 'deep'), { recursive: true });
    writeFileSync(join(root, 'src', 'a.js'), '');
    writeFileSync(join(root, '-x.js'), '');
    writeFileSync(join(root, '..dots.js'), '');
    writeFileSync(join(top, 'outside.js'), '');
    symlinkSync(root, join(top, 'link'));
    symlinkSync('loop', join(root, 'loop'));
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  for (const marker of ['.git', '.cursor', '.codegen-lab']) {
    it(`finds the folder upwards that holds ${marker}`, () => {
      mkdirSync(join(root, marker));
      assert.deepEqual(placeRoot(undefined, join(root, 'src', 'deep'), '/home/a'), found(root));
    });
  }

  it('takes the nearest of them', () => {
    mkdirSync(join(root, '.git'));
    mkdirSync(join(root, 'src', '.cursor'));
    assert.deepEqual(placeRoot(undefined, join(root, 'src', 'deep'), '/home/a'), found(join(root, 'src')));
  });

  it('does not take the home folder for a workspace because an editor keeps its settings there', () => {
    mkdirSync(join(root, '.cursor'));
    const cwd = join(root, 'src');
    assert.deepEqual(placeRoot(undefined, cwd, root), unmarked(cwd));
    mkdirSync(join(root, '.git'));
    assert.deepEqual(placeRoot(undefined, cwd, root), found(root));
  });

  it('takes the current folder when no folder upwards looks like a workspace', () => {
    assert.deepEqual(placeRoot(undefined, join(root, 'src'), '/home/a'), unmarked(join(root, 'src')));
  });

  it('takes --root as it is named, and only if it is a folder', () => {
    assert.deepEqual(placeRoot('project', top, '/home/a'), found(root));
    assert.deepEqual(placeRoot('gone', top, '/home/a'), { problem: '--root gone is not a folder.' });
  });

  it('finds relative and absolute files, folders, and names that begin with a dash or dots', () => {
    const names = ['a.js', join(root, '-x.js'), '../..dots.js', '..', 'deep'];
    assert.deepEqual(placeFiles(names, { root, cwd: join(root, 'src') }), {
      files: ['src/a.js', '-x.js', '..dots.js'],
      folders: ['', 'src/deep'],
    });
  });

  it('finds a file that is named through a link to the workspace folder', () => {
    const placed = placeFiles([join(top, 'link', 'src', 'a.js')], { root, cwd: top });
    assert.deepEqual(placed, { files: ['src/a.js'], folders: [] });
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['src/gone.js', /^There is no file src\/gone\.js\.$/],
    ['src/a.js/deeper', /^There is no file/],
    ['loop', /^There is no file loop/],
    ['../outside.js', /^\.\.\/outside\.js lies outside of the workspace folder .*--root/],
    ['/dev/null', /neither a file nor a folder/],
  ];
  for (const [name, expected] of refused) {
    it(`refuses ${name} and names it`, () => {
      const placed = placeFiles(['src/a.js', name], { root, cwd: root });
      assert.match('problem' in placed ? placed.problem : '', expected);
    });
  }
});

function found(root: string) {
  return { root, isWorkspace: true };
}

function unmarked(root: string) {
  return { root, isWorkspace: false };
}
