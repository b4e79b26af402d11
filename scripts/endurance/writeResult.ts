import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { dirname, join } from 'node:path';

const root = dirname(dirname(import.meta.dirname));
const page = join(root, 'docs', 'endurance.md');

const opening = `# Endurance

\`npm run endurance\` plays what must hold over and over, with the real disk and real processes, and writes what came of it
here. Each part can be run alone: \`node scripts/run.mjs endurance saves\`. A small part of each is played with every \`npm test\`.
`;

/** Writes the last result of one part; those of others stay. `lines` is Markdown. */
export function writeResult(part: string, title: string, lines: readonly string[]): void {
  const text = existsSync(page) ? readFileSync(page, 'utf8') : opening;
  const begin = `<!-- ${part} -->`;
  const end = `<!-- end of ${part} -->`;
  const section = [begin, '', `## ${title}`, '', describeMachine(), '', ...lines, '', end].join('\n');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  const written =
    from >= 0 && to > from
      ? text.slice(0, from) + section + text.slice(to + end.length)
      : `${text.trimEnd()}\n\n${section}\n`;
  writeFileSync(page, written);
}

function describeMachine(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
  const day = new Date().toISOString().slice(0, 10);
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Commit ${commit}, ${day}, ${type()} ${release()}, ${cpus().length} cores, ${memory} GiB, Node ${process.versions.node}, load ${(loadavg()[0] ?? 0).toFixed(0)} at the end.`;
}
