import assert from 'node:assert/strict';
import { buildBubblewrapArgv, isWithin, type SandboxPlan } from './bubblewrapArgv.ts';
import { buildLimitArgv } from './limitArgv.ts';
import { buildStagingArgv, stagedPath } from './stagingArgv.ts';

const plan: SandboxPlan = {
  bwrap: '/usr/bin/bwrap',
  setsid: '/usr/bin/setsid',
  system: ['/usr', '/etc/passwd'],
  links: [{ path: '/bin', target: 'usr/bin' }],
  programs: [
    { from: '/stage/0', to: '/root/.pyenv/versions/3.11.7' },
    { from: '/ws/tools/node', to: '/ws/tools/node' },
  ],
  tree: { from: '/scratch/1', to: '/ws' },
  treeAccess: 'write',
  covers: [
    { from: '/ws/node_modules', to: '/ws/node_modules' },
    { from: '/scratch/1/.git', to: '/ws/.git' },
  ],
  writable: [{ from: '/tmp/reports', to: '/tmp/reports' }],
  home: '/root',
  environment: { HOME: '/root', PATH: '/usr/bin' },
  cwd: '/ws/pkg',
  argv: ['node', '--test', '; rm -rf /'],
  statusFd: 3,
};

describe('buildBubblewrapArgv', () => {
  const argv = buildBubblewrapArgv(plan);

  for (const flag of [
    ...[
      '--unshare-user',
      '--disable-userns',
      '--unshare-pid',
      '--unshare-net',
      '--unshare-ipc',
      '--unshare-uts',
    ],
    ...['--die-with-parent', '--clearenv'],
  ]) {
    it(`isolates with ${flag}`, () => assert.ok(argv.includes(flag)));
  }

  const pairs: readonly (readonly [string, readonly string[]])[] = [
    ['drops every capability', ['--cap-drop', 'ALL']],
    ['shows the system read-only', ['--ro-bind', '/usr', '/usr']],
    ['keeps the links of a merged /usr', ['--symlink', 'usr/bin', '/bin']],
    ['closes /proc/sys', ['--proc', '/proc', '--ro-bind', '/proc/sys', '/proc/sys']],
    [
      'gives shared memory a size and closes the rest of /dev',
      ['--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ],
    ['gives /tmp a size', ['--size', '536870912', '--tmpfs', '/tmp']],
    ['puts an empty folder over the home folder', ['--tmpfs', '/root']],
    ['shows a staged interpreter at its own path', ['--ro-bind', '/stage/0', '/root/.pyenv/versions/3.11.7']],
    ["shows the tree at the workspace's own path", ['--bind', '/scratch/1', '/ws']],
    ['closes the root at last and enters the folder', ['--remount-ro', '/', '--chdir', '/ws/pkg']],
    [
      'passes arguments as they are, in a session of their own',
      ['--', '/usr/bin/setsid', '--', 'node', '--test', '; rm -rf /'],
    ],
  ];
  for (const [title, part] of pairs) it(title, () => assert.ok(indexOfRun(argv, part) >= 0, part.join(' ')));

  it('mounts in the order in which later mounts must win', () => {
    const order = [
      ['--ro-bind', '/usr', '/usr'],
      ['--tmpfs', '/tmp'],
      ['--tmpfs', '/root'],
      ['--ro-bind', '/stage/0', '/root/.pyenv/versions/3.11.7'],
      ['--bind', '/scratch/1', '/ws'],
      ['--ro-bind', '/ws/tools/node', '/ws/tools/node'],
      ['--ro-bind', '/ws/node_modules', '/ws/node_modules'],
      ['--ro-bind', '/scratch/1/.git', '/ws/.git'],
      ['--bind', '/tmp/reports', '/tmp/reports'],
      ['--remount-ro', '/', '--chdir'],
    ].map((part) => indexOfRun(argv, part));
    assert.deepEqual(
      order,
      order.toSorted((a, b) => a - b),
    );
    assert.ok(!order.includes(-1));
  });

  it('never mounts a tree writable that is to be read only', () => {
    const read = buildBubblewrapArgv({ ...plan, treeAccess: 'read' });
    assert.ok(indexOfRun(read, ['--ro-bind', '/scratch/1', '/ws']) >= 0);
    assert.equal(indexOfRun(read, ['--bind', '/scratch/1', '/ws']), -1);
  });
});

describe('isWithin', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['/a/b', '/a', true],
    ['/a', '/a', true],
    ['/ab', '/a', false],
    ['/a', '/a/b', false],
    ['/a', '/', true],
  ];
  for (const [path, folder, expected] of cases) {
    it(`says ${expected} for ${path} in ${folder}`, () => assert.equal(isWithin(path, folder), expected));
  }
});

describe('buildLimitArgv', () => {
  const tools = {
    setpriv: '/usr/bin/setpriv',
    prlimit: '/usr/bin/prlimit',
    timeout: '/usr/bin/timeout',
    sh: '/bin/sh',
  };
  const limits = { addressSpace: 1, cpuSeconds: 2, fileBytes: 3, openFiles: 4, processes: 5, wallSeconds: 6 };

  it('leaves root before anything else', () => {
    const argv = buildLimitArgv(tools, limits, { user: 65534, parent: 7 });
    assert.deepEqual(argv.slice(0, 10), [
      ...[
        '/usr/bin/setpriv',
        '--no-new-privs',
        '--pdeathsig',
        'KILL',
        '--reuid',
        '65534',
        '--regid',
        '65534',
        '--clear-groups',
        '--',
      ],
    ]);
  });

  it('sets every limit', () => {
    const argv = buildLimitArgv(tools, limits, { user: undefined, parent: 7 });
    const isScript = (at: number): boolean => argv[at - 1] === '-c';
    assert.deepEqual(
      argv.filter((_, at) => !isScript(at)),
      [
        ...['/usr/bin/setpriv', '--no-new-privs', '--pdeathsig', 'KILL', '--', '/bin/sh', '-c', 'begin', '7'],
        ...[
          '/usr/bin/prlimit',
          '--as=1',
          '--cpu=2',
          '--fsize=3',
          '--nofile=4',
          '--nproc=5',
          '--core=0',
          '--',
        ],
        ...['/usr/bin/timeout', '--kill-after=2', '--signal=TERM', '6'],
        ...['/usr/bin/setpriv', '--no-new-privs', '--pdeathsig', 'KILL', '--', '/bin/sh', '-c', 'goOn'],
      ],
    );
  });
});

describe('buildStagingArgv', () => {
  it('passes sources as arguments of a fixed script', () => {
    const staging = {
      unshare: '/usr/bin/unshare',
      shell: '/bin/sh',
      folder: '/run/x',
      sources: ['/root/a; touch pwn', '/root/$(b)'],
    };
    const argv = buildStagingArgv(staging);
    const script = argv[argv.indexOf('-c') + 1] ?? '';
    assert.ok(!script.includes('pwn') && !script.includes('$(b)'));
    assert.deepEqual(argv.slice(-4), ['/run/x', '/root/a; touch pwn', '/root/$(b)', '--']);
  });

  it('numbers the places in the order of the sources', () =>
    assert.equal(stagedPath('/run/x', 1), '/run/x/1'));
});

function indexOfRun(argv: readonly string[], part: readonly string[]): number {
  return argv.findIndex((_, start) => part.every((text, index) => argv[start + index] === text));
}
