/**
 * The environment of the user's own command: as it is, with keys and all, since it is what the same command would
 * see in the user's shell, and tests of theirs may need it. Only what the editor's host set for itself is left out.
 */
export function userEnvironment(
  environment: NodeJS.ProcessEnv,
  added: Readonly<Record<string, string>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !ofTheHost.has(name.toUpperCase())) result[name] = value;
  }
  return { ...result, ...added };
}

/** The environment inside a sandbox: an allow-list, a search path of what is mounted there, and what the command adds. */
export function confinedEnvironment(environment: NodeJS.ProcessEnv, inside: Inside): Record<string, string> {
  const result: Record<string, string> = { LANG: 'C.UTF-8' };
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && (allowed.has(name) || name.startsWith('LC_'))) result[name] = value;
  }
  return { ...result, HOME: inside.home, TMPDIR: inside.temporary, PATH: inside.path, ...inside.added };
}

interface Inside {
  readonly home: string;
  readonly temporary: string;
  readonly path: string;
  readonly added: Readonly<Record<string, string>>;
}

/** `NODE_TEST_CONTEXT` makes a test runner believe that it is a child of another one. */
const ofTheHost = new Set([
  'NODE_OPTIONS',
  'ELECTRON_RUN_AS_NODE',
  'NODE_TEST_CONTEXT',
  'NODE_CHANNEL_FD',
  'NODE_UNIQUE_ID',
  'NODE_COMPILE_CACHE',
]);
const allowed = new Set([
  'LANG',
  'LANGUAGE',
  'TZ',
  'TERM',
  'COLORTERM',
  'NO_COLOR',
  'FORCE_COLOR',
  'USER',
  'LOGNAME',
  'CI',
]);
