import fs, { type PathLike } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type FaultKind =
  /** The disk is full, it is broken, it was mounted anew for reading: nothing of the operation happens. */
  | 'ENOSPC'
  | 'EIO'
  | 'EROFS'
  /** A half of what is written is there, and the rest is not; without an error where the system gives none. */
  | 'short'
  /** The process is killed before the operation, or in the middle of its writing. */
  | 'die'
  | 'dieHalf';

export interface DiskFault {
  /** Operations elsewhere work. */
  readonly folder: string;
  /** Which operation fails, counted from 1. */
  readonly at: number;
  readonly kind: FaultKind;
  /** All after it fail too. */
  readonly lasts: boolean;
}

/** A disk that can be told to fail; for the whole process, since the product calls the system by its own imports. */
export interface FaultyDisk {
  /** Counts from now on, and fails where that is asked for. */
  arm(fault: DiskFault): void;
  /** Everything works again. What was done since `arm`, as `operation path`. */
  disarm(): readonly string[];
  /** Takes the wrappers out again. */
  remove(): void;
}

type Call = (...args: unknown[]) => unknown;

const pathCalls = [
  'mkdirSync',
  'renameSync',
  'rmSync',
  'unlinkSync',
  'truncateSync',
  'linkSync',
  'copyFileSync',
];
const textCalls = ['writeFileSync', 'appendFileSync'];
const descriptorCalls = ['fdatasyncSync', 'fsyncSync', 'ftruncateSync'];
const promiseCalls = ['mkdir', 'rename', 'rm', 'unlink', 'copyFile'];
const handleTexts = ['appendFile', 'writeFile', 'write'];
const handleCalls = ['datasync', 'sync', 'truncate'];

/** Wraps what changes files: open for writing, write, synchronize, rename, make and remove. */
export async function createFaultyDisk(): Promise<FaultyDisk> {
  const undo: (() => void)[] = [];
  const paths = new Map<number, string>();
  const plain = { ...fs };
  let fault: DiskFault | undefined;
  let done: string[] = [];

  const realPath = (path: unknown): string => {
    if (typeof path === 'number') return paths.get(path) ?? '';
    const text = String(path as PathLike);
    const opened = /^\/proc\/self\/fd\/(\d+)(\/.*)?$/u.exec(text);
    if (!opened) return text;
    try {
      return `${plain.readlinkSync(`/proc/self/fd/${opened[1] ?? ''}`)}${opened[2] ?? ''}`;
    } catch {
      return text;
    }
  };
  /** undefined: it works. */
  const failing = (name: string, path: unknown): DiskFault | undefined => {
    const real = realPath(path);
    if (fault === undefined || !real.startsWith(`${fault.folder}/`)) return undefined;
    done.push(`${name} ${real.slice(fault.folder.length + 1)}`);
    return done.length === fault.at || (fault.lasts && done.length > fault.at) ? fault : undefined;
  };
  const wrap = (owner: object, name: string, make: (original: Call) => Call): void => {
    const original: unknown = Reflect.get(owner, name);
    if (typeof original !== 'function') return;
    const call: Call = function (this: unknown, ...args) {
      return Reflect.apply(original, this, args);
    };
    const made = make(call);
    Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
      return Reflect.apply(made, this, args);
    });
    undo.push(() => Reflect.set(owner, name, original));
  };
  const stop = (name: string, path: unknown): void => {
    const hit = failing(name, path);
    if (hit) throw toError(hit.kind, name, realPath(path));
  };
  const plainCall =
    (name: string, path: (self: unknown, args: readonly unknown[]) => unknown) =>
    (original: Call): Call =>
      function (this: unknown, ...args) {
        stop(name, path(this, args));
        return Reflect.apply(original, this, args);
      };

  const first = (_self: unknown, [path]: readonly unknown[]): unknown => path;
  for (const name of [...pathCalls, ...descriptorCalls]) wrap(fs, name, plainCall(name, first));
  for (const name of textCalls)
    wrap(
      fs,
      name,
      (original) =>
        function (this: unknown, path, data, ...rest) {
          const hit = failing(name, path);
          if (hit && isHalf(hit)) Reflect.apply(original, this, [path, halfOf(data), ...rest]);
          if (hit) throw toError(hit.kind, name, realPath(path));
          return Reflect.apply(original, this, [path, data, ...rest]);
        },
    );
  wrap(
    fs,
    'openSync',
    (original) =>
      function (this: unknown, path, flags, ...rest) {
        if (writes(flags)) stop('openSync', path);
        const opened = Reflect.apply(original, this, [path, flags, ...rest]);
        if (typeof opened === 'number') paths.set(opened, realPath(path));
        return opened;
      },
  );
  wrap(
    fs,
    'writeSync',
    (original) =>
      function (this: unknown, file, data, ...rest) {
        const hit = failing('writeSync', file);
        // As the system tells it: by how much was written.
        if (hit && isHalf(hit)) {
          const written = Reflect.apply(original, this, [file, halfOf(data), ...rest]);
          if (hit.kind === 'short') return written;
        }
        if (hit) throw toError(hit.kind, 'writeSync', realPath(file));
        return Reflect.apply(original, this, [file, data, ...rest]);
      },
  );
  wrap(
    fs,
    'fdatasync',
    (original) =>
      function (this: unknown, file, callback) {
        const hit = failing('fdatasync', file);
        if (!hit || typeof callback !== 'function') return Reflect.apply(original, this, [file, callback]);
        setImmediate(() => void Reflect.apply(callback, undefined, [toError(hit.kind, 'fdatasync', '')]));
        return undefined;
      },
  );
  for (const name of promiseCalls)
    wrap(
      fs.promises,
      name,
      (original) =>
        async function (this: unknown, ...args) {
          stop(name, args[0]);
          return Reflect.apply(original, this, args);
        },
    );
  wrap(
    fs.promises,
    'open',
    (original) =>
      async function (this: unknown, path, flags, ...rest) {
        if (writes(flags)) stop('open', path);
        const handle = (await Reflect.apply(original, this, [path, flags, ...rest])) as FileHandle;
        paths.set(handle.fd, realPath(path));
        return handle;
      },
  );
  wrap(
    fs.promises,
    'writeFile',
    (original) =>
      async function (this: unknown, path, data, ...rest) {
        const hit = failing('writeFile', path);
        if (hit && isHalf(hit)) await Reflect.apply(original, this, [path, halfOf(data), ...rest]);
        if (hit) throw toError(hit.kind, 'writeFile', realPath(path));
        return Reflect.apply(original, this, [path, data, ...rest]);
      },
  );
  const handles = await handlePrototype();
  const fdOf = (self: unknown): unknown => (self as FileHandle).fd;
  for (const name of handleCalls)
    wrap(
      handles,
      name,
      (original) =>
        async function (this: unknown, ...args) {
          stop(name, fdOf(this));
          return Reflect.apply(original, this, args);
        },
    );
  for (const name of handleTexts)
    wrap(
      handles,
      name,
      (original) =>
        async function (this: unknown, data, ...rest) {
          const hit = failing(name, fdOf(this));
          if (hit && isHalf(hit)) await Reflect.apply(original, this, [halfOf(data), ...rest]);
          if (hit) throw toError(hit.kind, name, realPath(fdOf(this)));
          return Reflect.apply(original, this, [data, ...rest]);
        },
    );
  syncBuiltinESMExports();
  return {
    arm(next) {
      done = [];
      fault = next;
    },
    disarm() {
      fault = undefined;
      return done;
    },
    remove() {
      for (const each of undo.reverse()) each();
      syncBuiltinESMExports();
    },
  };
}

function isHalf({ kind }: DiskFault): boolean {
  return kind === 'short' || kind === 'dieHalf';
}

function halfOf(data: unknown): unknown {
  if (typeof data === 'string') return data.slice(0, data.length / 2);
  return Buffer.isBuffer(data) ? data.subarray(0, data.length / 2) : data;
}

function toError(kind: FaultKind, syscall: string, path: string): Error {
  if (kind === 'die' || kind === 'dieHalf') process.kill(process.pid, 'SIGKILL');
  const code = kind === 'short' ? 'ENOSPC' : kind;
  return Object.assign(new Error(`${code}: the disk was told to fail, ${syscall} '${path}'`), {
    code,
    syscall,
    path,
  });
}

function writes(flags: unknown): boolean {
  if (typeof flags === 'number') return (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0;
  return typeof flags === 'string' && /[wa+]/u.test(flags);
}

async function handlePrototype(): Promise<object> {
  const path = join(fs.mkdtempSync(join(tmpdir(), 'codegen-lab-handle-')), 'file');
  const handle = await fs.promises.open(path, 'w');
  await handle.close();
  fs.rmSync(join(path, '..'), { recursive: true });
  return Object.getPrototypeOf(handle) as object;
}
