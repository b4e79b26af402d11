/**
 * Reporters for vitest, jest and mocha that write one JSON line per event (`packageEvent.ts`). Their own JSON reports are
 * written at the end alone, so that a crash leaves nothing; mocha's has neither suites nor lines, jest's no failed hooks of a
 * file, vitest's no compared values. Each lies beside its report, in the report folder, and needs nothing but Node and the
 * runner.
 */
export interface ReporterFile {
  readonly name: string;
  readonly text: string;
}

/** Shared by all; `report` is the name of the report file. */
const prelude = (report: string): string => String.raw`
const place = join(__dirname, ${JSON.stringify(report)});
const cut = (text, size) => (text.length > size ? text.slice(0, size) : text);
const show = (value) => {
  if (value === undefined) return undefined;
  try { return cut(typeof value === 'string' ? value : inspect(value, { depth: 6, maxStringLength: 4000 }), 4000); } catch { return undefined; }
};
let said = 0;
const say = (event) => { said += 1; fs.appendFileSync(place, JSON.stringify(event) + '\n'); };
const sayEnd = () => say({ type: 'end', lines: said + 1 });
const text = (value) => { try { return String(value); } catch { return 'failed'; } };
const errorOf = (error) => {
  const it = error !== null && typeof error === 'object' ? error : { message: error === undefined ? 'undefined' : 'thrown: ' + show(error) };
  const compared = 'expected' in it || 'actual' in it;
  return {
    name: it.name === undefined ? undefined : cut(text(it.name), 200),
    message: cut(text(it.message ?? 'failed'), 4000),
    stack: cut(text(it.stack ?? ''), 8000),
    expected: compared ? show(it.expected) : undefined,
    actual: compared ? show(it.actual) : undefined,
  };
};
`;

/** Vitest 2 and newer. `onFinished` is gone since 4, and `onTestRunEnd` is new in 3. */
const vitest = String.raw`
const suitesOf = (task) => (task.suite && task.suite !== task.file && task.suite.name !== '' ? [...suitesOf(task.suite), task.suite.name] : []);
const errorsOf = (task) => (task.result?.errors ?? []).map((error) => errorOf(error));
const isTest = (task) => task.type === 'test' || task.type === 'custom';
const caseOf = (task) => ({ file: task.file?.filepath, suites: suitesOf(task), name: task.name, line: task.location?.line });
const ended = new Set();
const end = (task) => {
  const state = task.result?.state;
  if (isTest(task)) {
    const status = task.mode === 'skip' || state === 'skip' ? 'skipped' : task.mode === 'todo' ? 'todo' : state === 'pass' ? 'passed' : state === 'fail' ? 'failed' : 'open';
    if (status === 'failed') ended.add(task.id);
    say({ type: 'test', ...caseOf(task), status, ms: task.result?.duration, retries: task.result?.retryCount, errors: status === 'failed' || (task.result?.retryCount ?? 0) > 0 ? errorsOf(task) : undefined });
    return;
  }
  const errors = errorsOf(task);
  if (errors.length > 0) say({ type: task.file === task ? 'file' : 'suite', file: task.file?.filepath, suites: task.file === task ? [] : [...suitesOf(task), task.name], loaded: (task.tasks ?? []).length > 0, errors });
  for (const child of task.tasks ?? []) end(child);
};
const finish = (files, errors) => {
  for (const file of files) end(file);
  for (const error of errors) say({ type: 'error', file: error?.VITEST_TEST_PATH, errors: [errorOf(error)] });
  sayEnd();
};
export default class {
  onInit(vitest) {
    // Not among the flags of every version.
    for (const project of [vitest, ...(vitest.projects ?? [])]) if (project.config) project.config.includeTaskLocation = true;
  }
  onTestRunEnd(modules, errors) { this.finished = true; finish(modules.map((module) => module.task), errors); }
  onFinished(files = [], errors = []) { if (!this.finished) finish(files, errors); }
  onTestModuleStart(module) { say({ type: 'start', file: module.moduleId }); }
}
`;

/** Jest 29 and newer; places need --testLocationInResults. */
const jest = String.raw`
const statuses = { passed: 'passed', failed: 'failed', todo: 'todo', pending: 'skipped', skipped: 'skipped', disabled: 'skipped' };
const detailOf = (detail, message) => {
  const known = detail !== null && typeof detail === 'object' ? detail.matcherResult ?? (detail.error && detail.error.matcherResult) ?? detail : {};
  const it = known !== null && typeof known === 'object' ? known : {};
  const compared = 'expected' in it || 'actual' in it;
  return { message: cut(message, 4000), stack: cut(message, 8000), expected: compared ? show(it.expected) : undefined, actual: compared ? show(it.actual) : undefined };
};
const caseOf = (file, result) => ({ file, suites: result.ancestorTitles, name: result.title, line: result.location?.line });
module.exports = class {
  onTestFileStart(test) { say({ type: 'start', file: test.path }); }
  onTestResult(test, result) {
    for (const one of result.testResults) {
      const status = statuses[one.status] ?? 'open';
      const retries = Math.max((one.retryReasons ?? []).length, (one.invocations ?? 1) - 1);
      const messages = status === 'failed' ? one.failureMessages : one.retryReasons ?? [];
      say({ type: 'test', ...caseOf(test.path, one), status, ms: one.duration ?? undefined, retries, errors: messages.map((message, at) => detailOf(one.failureDetails?.[at], text(message))) });
    }
    const error = result.testExecError;
    const loaded = result.testResults.length > 0;
    const whole = text(result.failureMessage ?? '').replace(/^\s*● Test suite failed to run\s*/, '');
    if (error) say({ type: 'file', file: test.path, loaded, errors: [{ message: cut(text(error.message || error.stack || whole || 'failed'), 4000), stack: cut(text((error.stack ?? '') + (loaded ? '' : '\n\n' + whole)), 8000) }] });
    else if (whole !== '' && !result.testResults.some((one) => one.status === 'failed')) say({ type: 'file', file: test.path, loaded, errors: [{ message: cut(whole, 4000), stack: cut(whole, 8000) }] });
  }
  onRunComplete(_contexts, results) {
    const error = results?.runExecError;
    if (error) say({ type: 'error', errors: [errorOf(error)] });
    sayEnd();
  }
};
`;

/**
 * Mocha 10 and newer; given with --require, then with --reporter. Mocha adds the files of a project's configuration to those
 * that were asked for, so all others but those of --file are taken out here, and it does not keep where a test stands.
 */
const mocha = ({ program, files, seed }: MochaWish): string => String.raw`
const { createRequire } = require('node:module');
const { resolve } = require('node:path');
const { fileURLToPath } = require('node:url');
const asked = ${JSON.stringify(files)}.map((path) => resolve(path));
const seed = ${JSON.stringify(seed ?? null)};
const load = createRequire(resolve(${JSON.stringify(program)}));
const { default: Mocha = load('..') } = load('..');
const { Suite } = Mocha;
const lineOf = (file) => {
  for (const frame of (new Error().stack ?? '').split('\n').slice(1)) {
    const [, at = '', line] = /((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+):\d+\)?$/.exec(frame) ?? [];
    if (line === undefined) continue;
    const path = at.startsWith('file://') ? fileURLToPath(at) : at;
    if (path === file) return Number(line);
  }
  return undefined;
};
const lines = new WeakMap();
const shuffle = (list) => {
  let state = seed >>> 0;
  const next = () => { state = (state + 0x6d2b79f5) >>> 0; let t = state; t = Math.imul(t ^ (t >>> 15), t | 1); t ^= t + Math.imul(t ^ (t >>> 7), t | 61); return ((t ^ (t >>> 14)) >>> 0) / 4294967296; };
  for (let at = list.length - 1; at > 0; at -= 1) { const other = Math.floor(next() * (at + 1)); [list[at], list[other]] = [list[other], list[at]]; }
};
const shuffleAll = (suite) => { shuffle(suite.tests); shuffle(suite.suites); suite.suites.forEach(shuffleAll); };
if (!Mocha.prototype.codegenLab) {
  Mocha.prototype.codegenLab = true;
  const addTest = Suite.prototype.addTest;
  Suite.prototype.addTest = function (test) { lines.set(test, lineOf(test.file)); return addTest.call(this, test); };
  const only = (mocha) => {
    const kept = new Set([...asked, ...[mocha.options.file ?? []].flat().map((path) => resolve(path))]);
    if (asked.length > 0) mocha.files = mocha.files.filter((path) => kept.has(resolve(path)));
  };
  const unloaded = (mocha, error) => {
    const why = errorOf(error);
    const url = (path) => 'file://' + encodeURI(path);
    const file = mocha.files.find((path) => [path, url(path)].some((place) => (why.stack + why.message).includes(place)));
    say({ type: 'file', file: file ?? (mocha.files.length === 1 ? mocha.files[0] : undefined), loaded: false, errors: [why] });
    sayEnd();
    throw error;
  };
  const { loadFiles, loadFilesAsync } = Mocha.prototype;
  Mocha.prototype.loadFiles = function (...given) { only(this); try { return loadFiles.apply(this, given); } catch (error) { return unloaded(this, error); } };
  Mocha.prototype.loadFilesAsync = function (...given) { only(this); return loadFilesAsync.apply(this, given).catch((error) => unloaded(this, error)); };
  const run = Mocha.prototype.run;
  Mocha.prototype.run = function (...given) { if (seed !== null) shuffleAll(this.suite); return run.apply(this, given); };
}
const firstOf = (test) => { const before = test.retriedTest?.(); return before ? firstOf(before) : test; };
const titles = (suite) => (suite && suite.parent ? [...titles(suite.parent), suite.title] : []);
// Mocha shortens the paths of its stacks.
const whole = (stack) => stack.replace(/^(\s+at (?:.{0,300} \()?)(?![\\/]|[A-Za-z]:|file:|node:)([^()\n]{1,400}:\d+:\d+\)?)$/gm, (_, start, path) => start + resolve(path));
const failureOf = (error) => { const why = errorOf(error); return { ...why, stack: whole(why.stack) }; };
const caseOf = (test) => ({ file: test.file ?? test.parent?.file, suites: titles(test.parent), name: test.title, line: lines.get(firstOf(test)) });
const { Spec } = Mocha.reporters;
class Reporter extends Spec {
  constructor(runner, options) {
    super(runner, options);
    const failed = new Map();
    runner.on('test', (test) => say({ type: 'start', ...caseOf(test) }));
    runner.on('retry', (test, error) => failed.set(firstOf(test), error));
    runner.on('pass', (test) => {
      const retries = test._currentRetry ?? 0;
      const before = failed.get(firstOf(test));
      say({ type: 'test', ...caseOf(test), status: 'passed', ms: test.duration, retries, errors: retries > 0 && before ? [failureOf(before)] : undefined });
    });
    runner.on('pending', (test) => say({ type: 'test', ...caseOf(test), status: test.fn ? 'skipped' : 'todo', ms: 0 }));
    runner.on('fail', (test, error) => {
      const hook = test.type === 'hook' ? { status: 'errored' } : { status: 'failed' };
      say({ type: 'test', ...caseOf(test), ...hook, ms: test.duration, errors: [failureOf(error), ...(error?.multiple ?? []).map(failureOf)] });
    });
    runner.once('end', () => sayEnd());
  }
}
module.exports = Reporter;
`;

const requires = String.raw`
const fs = require('node:fs');
const { inspect } = require('node:util');
const { join } = require('node:path');
`;

/** An ES module, which vitest loads as it is from outside of the project. */
const imports = String.raw`
import fs from 'node:fs';
import { inspect } from 'node:util';
import { join } from 'node:path';
const __dirname = import.meta.dirname ?? decodeURIComponent(new URL('.', import.meta.url).pathname);
`;

export function vitestReporter(report: string): ReporterFile {
  return { name: 'vitestReporter.mjs', text: imports + prelude(report) + vitest };
}

export function jestReporter(report: string): ReporterFile {
  return { name: 'jestReporter.cjs', text: requires + prelude(report) + jest };
}

/** What mocha is asked for beyond its flags. */
export interface MochaWish {
  /** Its script, relative to where it starts, as are the files. */
  readonly program: string;
  /** Empty: all of its configuration. */
  readonly files: readonly string[];
  /** Of a random order. */
  readonly seed: number | undefined;
}

export function mochaReporter(report: string, wish: MochaWish): ReporterFile {
  return { name: 'mochaReporter.cjs', text: requires + prelude(report) + mocha(wish) };
}

/**
 * Starts vitest with its last arguments, the files, as absolute paths: it takes others for parts of names, which
 * `lib/test/a.test.ts` has in common with `test/a.test.ts`, or for flags. Where `node_modules` cannot be written, it is told not
 * to put its compiled configuration there.
 */
export function vitestLauncher(files: number): ReporterFile {
  const text = String.raw`
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
const [node, , program, ...rest] = process.argv;
const place = resolve(program);
const count = ${files};
const at = rest.length - count;
const isWritable = () => { try { if (existsSync('node_modules')) accessSync('node_modules', constants.W_OK); return true; } catch { return false; } };
const major = () => { try { return Number.parseInt(JSON.parse(readFileSync(resolve(dirname(place), 'package.json'), 'utf8')).version, 10); } catch { return 0; } };
const loader = !isWritable() && major() >= 3 ? ['--configLoader=runner'] : [];
process.argv = [node, place, ...rest.slice(0, at), ...loader, ...rest.slice(at).map((path) => resolve(path))];
await import(pathToFileURL(place).href);
`;
  return { name: 'vitestLauncher.mjs', text };
}

/** What the launcher prints where there is no c8. */
export const noC8 = 'Codegen Lab found no c8 beside mocha.';

/** Starts the c8 that lies beside mocha, whose program is given: where npm put it is known there alone. */
export function c8Launcher(program: string): ReporterFile {
  const text = String.raw`
const { createRequire } = require('node:module');
const { resolve } = require('node:path');
let place;
try { place = createRequire(resolve(${JSON.stringify(program)})).resolve('c8/bin/c8.js'); } catch { console.error(${JSON.stringify(noC8)}); process.exit(1); }
process.argv[1] = place;
require(place);
`;
  return { name: 'c8Launcher.cjs', text };
}
