import type { ManifestEntry } from './manifestEntry.ts';
import { splitRequirement } from './readTomlManifest.ts';

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/u);
}

/** `requirements.txt` and its like. */
export function readRequirements(text: string): readonly ManifestEntry[] {
  return linesOf(text).flatMap((raw, line): readonly ManifestEntry[] => {
    const written = raw
      .replace(/(?:^|\s)#.*$/u, '')
      .replace(/\\$/u, '')
      .trim();
    if (written === '' || written.startsWith('--hash')) return [];
    if (/^(?:-e|--editable)\b/u.test(written) || /^[\w+]+:\/\/|^git\+/u.test(written)) {
      const value = written.replace(/^(?:-e|--editable)[\s=]+/u, '');
      const name = /[#&]egg=([\w.-]+)/u.exec(value)?.[1] ?? value;
      return [{ kind: 'dependency', section: 'requirements', name, value, line }];
    }
    if (written.startsWith('-')) {
      const [name = '', value = ''] = written.split(/[\s=]+(.*)/u);
      return [{ kind: 'setting', section: 'requirements', name, value, line }];
    }
    const { name, value } = splitRequirement(written);
    return [{ kind: 'dependency', section: 'requirements', name, value, line }];
  });
}

/** `setup.cfg`: indented lists of requirements. */
export function readSetupConfig(text: string): readonly ManifestEntry[] {
  const entries: ManifestEntry[] = [];
  let section = '';
  let isList = false;
  for (const [line, raw] of linesOf(text).entries()) {
    const header = /^\[([^\]]+)\]/u.exec(raw)?.[1];
    const key = /^([\w.-]+)\s*[=:](.*)$/u.exec(raw);
    if (header !== undefined) [section, isList] = [header, false];
    else if (key !== null)
      isList =
        (key[1] ?? '').endsWith('_requires') ||
        section === 'options.extras_require' ||
        key[1] === 'dependency_links';
    const written = (key === null ? raw : (key[2] ?? '')).replace(/#.*$/u, '').trim();
    if (isList && header === undefined && written !== '')
      for (const part of written.split(/[;,](?=\s*[A-Za-z][\w.-]*\s*(?:[<>=!~[]|$))/u))
        entries.push({ kind: 'dependency', section, ...splitRequirement(part), line });
    if (key !== null && /^(?:easy_install|.*entry_points)$/u.test(section))
      entries.push({ kind: 'setting', section, name: key[1] ?? '', value: written, line });
  }
  return entries;
}

/** `go.mod` and `go.work`. */
export function readGoModules(text: string): readonly ManifestEntry[] {
  let block = '';
  return linesOf(text).flatMap((raw, line): readonly ManifestEntry[] => {
    const written = raw.replace(/\/\/.*$/u, '').trim();
    const opened = /^(\w+)\s*\($/u.exec(written)?.[1];
    if (opened !== undefined) {
      block = opened;
      return [];
    }
    if (written === ')') {
      block = '';
      return [];
    }
    const [first = '', ...rest] = written.split(/\s+/u);
    const [word, parts] = block === '' ? [first, rest] : [block, [first, ...rest]];
    const [name = '', ...value] = parts;
    if (name === '' || !/^(?:require|replace|tool|exclude|use)$/u.test(word)) return [];
    const kind = word === 'tool' ? 'script' : 'dependency';
    return [{ kind, section: word, name, value: value.join(' '), line }];
  });
}

/** `Gemfile`, `build.gradle` and `build.gradle.kts`: calls that name a package. */
export function readCalls(text: string): readonly ManifestEntry[] {
  return linesOf(text).flatMap((raw, line): readonly ManifestEntry[] => {
    const gem = /^\s*gem\s*\(?\s*["']([^"']+)["'](.*)$/u.exec(raw);
    if (gem !== null)
      return [
        {
          kind: 'dependency',
          section: 'gem',
          name: gem[1] ?? '',
          value: (gem[2] ?? '').replace(/^[\s,]+/u, ''),
          line,
        },
      ];
    const source = /^\s*(?:source\s+["']|.*\b(?:url|uri)\s*[=(]?\s*(?:uri\()?\s*["'])([^"']+)/u.exec(
      raw,
    )?.[1];
    if (source !== undefined) return [{ kind: 'setting', section: 'source', name: source, value: '', line }];
    const gradle =
      /^\s*(\w*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|kapt|ksp|annotationProcessor|classpath|id))[\s(]+(?:\w+\()?["']([^"']+)["']/u.exec(
        raw,
      );
    if (gradle === null) return [];
    const [, section = '', written = ''] = gradle;
    const at = written.lastIndexOf(':');
    return [
      {
        kind: 'dependency',
        section,
        name: at > 0 ? written.slice(0, at) : written,
        value: at > 0 ? written.slice(at + 1) : '',
        line,
      },
    ];
  });
}

const mavenPart = /<(dependency|plugin|extension|parent|repository|pluginRepository)>([^]*?)<\/\1>/gu;

/** `pom.xml`. */
export function readMaven(text: string): readonly ManifestEntry[] {
  return [...text.matchAll(mavenPart)].map(([, section = '', inner = ''], index): ManifestEntry => {
    const tag = (name: string): string =>
      new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`, 'u').exec(inner)?.[1] ?? '';
    const isSource = /repository/iu.test(section);
    const offset = [...text.matchAll(mavenPart)][index]?.index ?? 0;
    return {
      kind: isSource ? 'setting' : 'dependency',
      section,
      name: isSource ? tag('url') : `${tag('groupId')}:${tag('artifactId')}`,
      value: isSource ? '' : tag('version'),
      line: linesOf(text.slice(0, offset)).length - 1,
    };
  });
}
