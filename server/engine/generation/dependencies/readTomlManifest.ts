import type { ManifestEntry } from './manifestEntry.ts';

/** Tables whose keys are names of packages. */
const namedTables =
  /^(?:.*\.)?(?:dependencies|dev-dependencies|build-dependencies)$|^workspace\.dependencies$|^patch\b|^replace$|^tool\.uv\.sources$/u;
/** Arrays of requirements, by table and key. */
const requirementLists =
  /^(?:project\.dependencies|build-system\.requires|project\.optional-dependencies\..*|dependency-groups\..*|tool\.uv\.(?:dev-dependencies|override-dependencies|constraint-dependencies)|tool\.pdm\.dev-dependencies\..*|tool\.hatch\.envs\..*dependencies)$/u;
/** What is run or obeyed. */
const scripts =
  /^(?:package\.build|build-system\.build-backend|build-system\.backend-path|tool\.hatch\.build\..*|tool\.pdm\.scripts\..*)$/u;
const settings =
  /^(?:.*\.index|.*\.index-url|.*\.extra-index-url|.*\.find-links|tool\.poetry\.source|tool\.uv\.index|registries|source)\b/u;

/** `pyproject.toml`, `Cargo.toml`, `Pipfile` and locks of that form, line by line: a text that is half written is read too. */
export function readTomlManifest(text: string): readonly ManifestEntry[] {
  const entries: ManifestEntry[] = [];
  let table = '';
  let list: string | undefined;
  let locked: { readonly name: string; readonly line: number } | undefined;
  for (const [line, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    const written = withoutComment(raw).trim();
    const header = /^\[\[?\s*([^\]]+?)\s*\]\]?$/u.exec(written)?.[1];
    if (header !== undefined && list === undefined) {
      table = header.replaceAll(/["'\s]/gu, '');
      locked = undefined;
      // `[dependencies.serde]` names a package by its table.
      const own = /^(?:.*\.)?(?:dependencies|dev-dependencies|build-dependencies)\.([\w-]+)$/u.exec(
        table,
      )?.[1];
      if (own !== undefined && !requirementLists.test(table))
        entries.push({ kind: 'dependency', section: table, name: own, value: '', line });
      continue;
    }
    if (list !== undefined) {
      entries.push(...requirementsIn(written, list, line));
      if (isClosed(written)) list = undefined;
      continue;
    }
    const pair = /^["']?([\w.-]+)["']?\s*=\s*(.*)$/u.exec(written);
    if (pair === null) continue;
    const [, key = '', value = ''] = pair;
    const path = table === '' ? key : `${table}.${key}`;
    if (table === 'package' && key === 'name' && !text.includes('[package]'))
      locked = { name: unquoted(value), line };
    else if (table === 'package' && key === 'version' && locked !== undefined)
      entries.push({ kind: 'dependency', section: 'package', ...locked, value: unquoted(value) });
    else if (requirementLists.test(path)) {
      entries.push(...requirementsIn(value, path, line));
      if (value.startsWith('[') && !isClosed(value)) list = path;
    } else if (namedTables.test(table) || isPipenv(table)) {
      if (key !== 'python')
        entries.push({ kind: 'dependency', section: table, name: key, value: unquoted(value), line });
    } else if (/\.(?:dependencies|dev-dependencies|build-dependencies)\.[\w-]+$/u.test(`.${table}`))
      entries.push({ kind: 'setting', section: table, name: key, value: unquoted(value), line });
    else if (scripts.test(path))
      entries.push({ kind: 'script', section: table, name: key, value: unquoted(value), line });
    else if (settings.test(path))
      entries.push({ kind: 'setting', section: table, name: key, value: unquoted(value), line });
  }
  return entries;
}

function isPipenv(table: string): boolean {
  return table === 'packages' || table === 'dev-packages';
}

function requirementsIn(written: string, section: string, line: number): readonly ManifestEntry[] {
  return [...written.matchAll(/(["'])((?:(?!\1).)+)\1/gu)].map(([, , requirement = '']) => ({
    kind: 'dependency' as const,
    section,
    ...splitRequirement(requirement),
    line,
  }));
}

/** `requests[socks]>=2 ; python_version<"3.9"` or `name @ https://…`: the name, and what is written after it. */
export function splitRequirement(requirement: string): { readonly name: string; readonly value: string } {
  const name = /^\s*([A-Za-z0-9][\w.-]*)/u.exec(requirement)?.[1];
  return name === undefined
    ? { name: requirement.trim(), value: requirement.trim() }
    : { name, value: requirement.trim().slice(name.length).trim() };
}

function isClosed(written: string): boolean {
  return written.replaceAll(/(["'])(?:(?!\1).)*\1/gu, '').includes(']');
}

function withoutComment(line: string): string {
  return line.replace(/^((?:[^"'#]|"[^"]*"|'[^']*')*)#.*$/u, '$1');
}

function unquoted(value: string): string {
  return /^(["'])(.*)\1$/u.exec(value)?.[2] ?? value;
}
