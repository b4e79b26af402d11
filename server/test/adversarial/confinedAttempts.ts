import assert from 'node:assert/strict';
import { ruleOf, nodeCommand, runAct } from '../actionSlice.ts';
import type { Slice } from '../sliceWorkspace.ts';

const told = 'told.json';

/** A rule whose command is to be confined; it runs `script` with Node. `keys` are further lines of its action. */
export function confinedRule(script: string, ...keys: readonly string[]): string {
  const lines = keys.map((key) => `  ${key}`);
  return ruleOf('- type: run', '  sandbox: true', ...lines, `  ${nodeCommand(script)}`);
}

/**
 * The same, for JavaScript expressions that may throw or wait, each with a name. What became of each is told by a file that the
 * command may write: `did …` with what the expression gave, or the error's code.
 */
export function confinedAttempts(attempts: Readonly<Record<string, string>>): string {
  const lines = Object.entries(attempts).map(
    ([name, expression]) => `await attempt(${JSON.stringify(name)}, async () => (${expression}));`,
  );
  return confinedRule(
    [
      'const fs = require("fs"), net = require("net"), cp = require("child_process"), told = {};',
      'const sh = (script) => { const end = cp.spawnSync("sh", ["-c", script]); if (end.status !== 0) throw Object.assign(new Error(), { code: "E" + end.status }); return String(end.stdout); };',
      'const reach = (...place) => new Promise((done, fail) => { const socket = net.connect(...place, () => { socket.destroy(); done("open"); }); socket.setTimeout(3000, () => { socket.destroy(); fail(Object.assign(new Error(), { code: "ETIMEDOUT" })); }); socket.on("error", fail); });',
      'const attempt = async (name, work) => { try { told[name] = "did " + String(await work()); } catch (error) { told[name] = error.code ?? String(error); } };',
      `(async () => { ${lines.join(' ')} fs.writeFileSync(${JSON.stringify(told)}, JSON.stringify(told)); })();`,
    ].join(' '),
  );
}

/** Runs the rule and gives what became of each attempt, as the proposal has it. */
export async function tellAttempts(slice: Slice): Promise<Readonly<Record<string, string>>> {
  const result = await runAct(slice);
  const written = result.view?.files.find(({ path }) => path === told)?.after;
  assert.ok(written, `${result.outcome}: ${result.message} ${slice.terminal.join('')}`);
  return JSON.parse(written) as Readonly<Record<string, string>>;
}

/** Attempts that were not refused. */
export function gotThrough(attempts: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(attempts).flatMap(([name, end]) =>
    end.startsWith('did') ? [`${name}: ${end}`] : [],
  );
}
