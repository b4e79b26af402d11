import type { Matcher, MatcherPattern } from './matcher.ts';

const relative = { kind: 'relative', base: undefined } as const;
const detected = { kind: 'autoDetect', base: undefined } as const;

function pattern(regexp: string, groups: Partial<MatcherPattern>): MatcherPattern {
  return {
    regexp,
    isOurs: true,
    kind: 'location',
    file: undefined,
    location: undefined,
    line: undefined,
    column: undefined,
    endLine: undefined,
    endColumn: undefined,
    severity: undefined,
    code: undefined,
    message: undefined,
    loop: false,
    ...groups,
  };
}

/** Those that are known by name, without the `$`. Each expression runs in linear time. */
export const builtinMatchers: Readonly<Record<string, Matcher>> = {
  tsc: {
    name: 'tsc',
    severity: 'error',
    location: relative,
    patterns: [
      pattern(
        String.raw`^([^\s].*?)[(:](\d+)[,:](\d+)(?:\):\s+|\s+-\s+)(error|warning|info)\s+(TS\d+)\s*:\s*(.*)$`,
        { file: 1, line: 2, column: 3, severity: 4, code: 5, message: 6 },
      ),
    ],
  },
  'eslint-stylish': {
    name: 'eslint',
    severity: 'error',
    location: detected,
    patterns: [
      pattern(String.raw`^((?:[A-Za-z]:)?[^\s:].*)$`, { file: 1 }),
      pattern(String.raw`^\s+(\d+):(\d+)\s+(error|warning|info)\s+(.*?)(?:\s\s+(\S+))?$`, {
        line: 1,
        column: 2,
        severity: 3,
        message: 4,
        code: 5,
        loop: true,
      }),
    ],
  },
  'eslint-compact': {
    name: 'eslint',
    severity: 'error',
    location: detected,
    patterns: [
      pattern(
        String.raw`^(.+):\sline\s(\d+),\scol\s(\d+),\s(Error|Warning|Info)\s-\s(.+?)(?:\s\(([^()\s]+)\))?$`,
        { file: 1, line: 2, column: 3, severity: 4, message: 5, code: 6 },
      ),
    ],
  },
  gcc: {
    name: 'gcc',
    severity: 'error',
    location: detected,
    patterns: [
      pattern(
        String.raw`^((?:[A-Za-z]:)?[^:\s][^:]*):(\d+):(?:(\d+):)?\s+(?:fatal\s+)?(error|warning|note):\s+(.*)$`,
        {
          file: 1,
          line: 2,
          column: 3,
          severity: 4,
          message: 5,
        },
      ),
    ],
  },
  go: {
    name: 'go',
    severity: 'error',
    location: relative,
    patterns: [
      pattern(String.raw`^(?:vet: )?((?:[A-Za-z]:)?[^:\s][^:]*\.go):(\d+)(?::(\d+))?:\s+(.*)$`, {
        file: 1,
        line: 2,
        column: 3,
        message: 4,
      }),
    ],
  },
  rustc: {
    name: 'rustc',
    severity: 'error',
    location: relative,
    patterns: [
      pattern(String.raw`^(error|warning)(?:\[([A-Z]\d+)\])?:\s+(.*)$`, { severity: 1, code: 2, message: 3 }),
      pattern(String.raw`^\s*-->\s(.+):(\d+):(\d+)$`, { file: 1, line: 2, column: 3 }),
    ],
  },
  msCompile: {
    name: 'msCompile',
    severity: 'error',
    location: detected,
    patterns: [
      pattern(
        String.raw`^\s*(?:\d+>)?([^\s].*?)\((\d+)(?:,(\d+)(?:,(\d+),(\d+))?)?\):\s+(?:fatal\s+)?(error|warning|info)\s+(\w+\d+)\s*:\s*(.*?)(?:\s+\[.*\])?$`,
        { file: 1, line: 2, column: 3, endLine: 4, endColumn: 5, severity: 6, code: 7, message: 8 },
      ),
    ],
  },
  pytest: {
    name: 'pytest',
    severity: 'error',
    location: relative,
    patterns: [
      // Only what tells why, such as `AssertionError`: the frames above it have `in NAME` behind path and line.
      pattern(String.raw`^([^\s:][^:]*\.py):(\d+):\s+([A-Z]\w.*)$`, { file: 1, line: 2, message: 3 }),
    ],
  },
  mypy: {
    name: 'mypy',
    severity: 'error',
    location: relative,
    patterns: [
      pattern(
        String.raw`^([^\s:][^:]*\.pyi?):(\d+):(?:(\d+):)?(?:(\d+):(\d+):)?\s+(error|warning|note):\s+(.*?)(?:\s\s+\[([\w-]+)\])?$`,
        { file: 1, line: 2, column: 3, endLine: 4, endColumn: 5, severity: 6, message: 7, code: 8 },
      ),
    ],
  },
  ruff: {
    name: 'ruff',
    severity: 'warning',
    location: detected,
    patterns: [
      pattern(String.raw`^([^\s:][^:]*\.(?:pyi?|ipynb)):(?:cell \d+:)?(\d+):(\d+):\s+([A-Z]+\d+)\s+(.*)$`, {
        file: 1,
        line: 2,
        column: 3,
        code: 4,
        message: 5,
      }),
    ],
  },
};
