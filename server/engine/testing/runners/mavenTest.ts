import { readSurefire } from '../reports/readSurefire.ts';
import type { CommandRequest, Runner, RunnerCommand } from './runner.ts';

/** `mvn test` with Surefire 3, which runs JUnit 4 and 5 and TestNG. It has no coverage of its own. */
export const mavenTest: Runner = {
  id: 'maven',
  title: 'mvn test',
  language: 'java',
  rootMarks: ['pom.xml'],
  handles: (path) => path.endsWith('.java'),
  detect: ({ names }) =>
    names.includes('pom.xml') ? { certainty: 'likely', why: 'pom.xml is there' } : undefined,
  findUncalled: ({ names }) => {
    const build = names.find((name) => /^(?:build|settings)\.gradle(?:\.kts)?$/u.test(name));
    return build === undefined
      ? undefined
      : `${build} says that Gradle runs them, which is not called. Run gradle test yourself.`;
  },
  isTestFile: (path) =>
    /(?:^|\/)src\/test\/java\/(?:.+\/)?(?:Test[^/]*|[^/]+(?:Test|Tests|TestCase))\.java$/u.test(path),
  newTestPath: (source) =>
    source.replace(/(^|\/)src\/main\/java\//u, '$1src/test/java/').replace(/\.java$/u, 'GeneratedTest.java'),
  command,
  read: readSurefire,
  readCoverage: () => [],
  sourcesOf: (_files, all, base) =>
    [...all].filter((path) => path.endsWith('.java') && (base === '' || path.startsWith(`${base}/`))),
  advice:
    'Tests run with `mvn test`. Write a class whose name ends with `Test` in `src/test/java`, with the test library that pom.xml names (JUnit 5: `@Test` of `org.junit.jupiter.api`).',
};

function command({ program, files, ids, failFast }: CommandRequest): RunnerCommand {
  const wanted = ids.length > 0 ? ids.map(methodOf) : files.flatMap(classesOf);
  const chosen = wanted.length === 0 ? [] : [`-Dtest=${[...new Set(wanted)].join(',')}`];
  const flags = [...chosen, ...(failFast === true ? ['-Dsurefire.skipAfterFailureCount=1'] : [])];
  return {
    argv: [...program, '-B', '-q', ...flags, '-Dsurefire.failIfNoSpecifiedTests=false', 'test'],
    env: {},
    display: ['mvn test', ...flags].join(' '),
    report: { folder: 'target/surefire-reports', ending: '.xml' },
  };
}

/** A class and those inside of it. */
function classesOf(path: string): readonly string[] {
  const name = classOf(path);
  return [name, `${name}$*`];
}

function classOf(path: string): string {
  return path
    .replace(/^.*?src\/test\/java\//u, '')
    .replace(/\.java$/u, '')
    .replaceAll('/', '.');
}

/** `Class$Inner#method`; of a parametrised test, all its cases. An id of a whole file takes its class. */
function methodOf(id: string): string {
  const [path = '', , ...rest] = id.split('::');
  const at = rest.findIndex((part) => /[^\w$]/u.test(part));
  const parts = at < 0 ? rest : rest.slice(0, at + 1);
  const method = /^\w+/u.exec(parts.at(-1) ?? '')?.[0];
  const name = [classOf(path), ...parts.slice(0, -1)].join('$');
  return method === undefined ? `${name}*` : `${name}#${method}`;
}
