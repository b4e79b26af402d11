import { isBuiltin } from 'node:module';
import { posix } from 'node:path';

/** The layers of the engine, from the top; a folder imports only what stands below it. */
const engineLayers: readonly (readonly string[])[] = [
  ['agents', 'health'],
  ['runs'],
  ['triggers', 'generation', 'testing', 'scanning', 'authoring', 'routing', 'policy'],
  ['rules', 'llm', 'journal', 'audit'],
  ['safety'],
  ['ports', 'documents'],
];
const engineRooms = engineLayers.flat().map((folder) => `engine/${folder}`);

const engine = [...engineRooms, 'engine contract', 'engine root', 'settings', 'protocol'];

/** Who may import whom; a room may always import itself. */
const directions: Readonly<Record<string, readonly string[]>> = {
  extension: ['protocol'],
  protocol: [],
  lsp: engine,
  cli: engine,
  composition: [...engine, 'adapters'],
  'cli main': [...engine, 'cli', 'adapters', 'composition'],
  'server main': [...engine, 'lsp', 'adapters', 'composition'],
  adapters: ['engine/ports', 'protocol'],
  'engine root': [...engineRooms, 'engine contract', 'settings', 'protocol'],
  'engine contract': [...engineRooms, 'settings', 'protocol'],
  settings: ['protocol'],
  ...Object.fromEntries(
    engineLayers.flatMap((layer, depth) => layer.map((room) => engineDirection(room, depth))),
  ),
};

/** A folder sees the layers below it; the contract and the settings are plain types that the upper layers speak. */
function engineDirection(room: string, depth: number): readonly [string, readonly string[]] {
  const below = engineLayers.slice(depth + 1).flatMap((layer) => layer.map((folder) => `engine/${folder}`));
  const contract = depth < 2 ? ['engine contract'] : [];
  return [`engine/${room}`, [...below, ...contract, 'settings', 'protocol']];
}

const roomsOfFiles: readonly (readonly [RegExp, string])[] = [
  [/^extension\//, 'extension'],
  [/^server\/main\.ts$/, 'server main'],
  [/^server\/compose(Engine|Models)\.ts$/, 'composition'],
  [/^server\/cli\/(main|clctl)\.ts$/, 'cli main'],
  [/^server\/engine\/createEngine\.ts$/, 'engine root'],
  [/^server\/engine\/engine\.ts$/, 'engine contract'],
  [/^server\/engine\/settings\.ts$/, 'settings'],
];

/** The room of a path relative to the project; undefined outside of `extension/` and `server/`. */
function roomOf(path: string): string | undefined {
  const known = roomsOfFiles.find(([pattern]) => pattern.test(path));
  if (known) return known[1];
  const engineFolder = /^server\/engine\/(\w+)\//.exec(path)?.[1];
  return engineFolder ? `engine/${engineFolder}` : /^server\/(\w+)\//.exec(path)?.[1];
}

/** The rule that an import breaks, in words, or undefined. Paths are relative to the project and use `/`. */
export function brokenDirection(file: string, specifier: string): string | undefined {
  const room = roomOf(file);
  if (!room) return 'every file stands in a room of ARCHITECTURE.md';
  const isTest = file.endsWith('.test.ts') || room === 'test' || file.startsWith('extension/test/');
  if (specifier === 'vscode') return room === 'extension' ? undefined : 'only extension/ imports vscode';
  if (isBuiltin(specifier)) {
    const isPure = room.startsWith('engine') || room === 'protocol' || room === 'settings';
    return isPure && !isTest ? 'the engine and the protocol use no Node builtin' : undefined;
  }
  if (!specifier.startsWith('.')) return undefined;
  return brokenRoom(room, resolveSpecifier(file, specifier), isTest);
}

/** The path that a relative specifier names, relative to the project. */
export function resolveSpecifier(file: string, specifier: string): string {
  return posix.join(posix.dirname(file), specifier);
}

function brokenRoom(room: string, target: string, isTest: boolean): string | undefined {
  const targetRoom = roomOf(target);
  if (isTest && (targetRoom === 'test' || targetRoom === undefined)) return undefined;
  if (room === 'test')
    return targetRoom === 'extension' ? 'the server never imports the extension' : undefined;
  if (!targetRoom) return 'the product imports nothing from outside of extension/ and server/';
  if (room === targetRoom || directions[room]?.includes(targetRoom)) return undefined;
  return `${room} may import ${[...(directions[room] ?? [])].join(', ') || 'nothing of ours'}; this is ${targetRoom}`;
}
