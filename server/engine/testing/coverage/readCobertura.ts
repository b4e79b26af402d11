import { parseXml, XmlElement } from '@rgrove/parse-xml';
import type { FileCoverage } from '../../../protocol/tests.ts';
import type { PathMap } from '../runners/runner.ts';
import { collectFiles } from './collectFiles.ts';
import type { LineHits } from './lineHits.ts';

/** Reads Cobertura's XML, as coverage.py, Istanbul, gocover-cobertura and others write it. A report that is not whole tells nothing. */
export function readCobertura(text: string, paths: PathMap): readonly FileCoverage[] {
  const root = readRoot(text);
  if (root?.name !== 'coverage') return [];
  const elements = [...descendants(root)];
  const sources = elements.filter(({ name }) => name === 'source').map((source) => source.text.trim());
  const files = collectFiles(placed(paths, sources));
  for (const element of elements) {
    const name = element.name === 'class' ? element.attributes['filename'] : undefined;
    const hits = name === undefined ? undefined : files.of(name);
    if (hits) readClass(element, hits);
  }
  return files.all();
}

/** undefined: it is no whole document, or brings entities of its own. */
function readRoot(text: string): XmlElement | undefined {
  const plain = text.replace(/<!DOCTYPE\s[^[<>]*>/u, '');
  if (plain.includes('<!DOCTYPE')) return undefined;
  try {
    return parseXml(plain.trim()).root ?? undefined;
  } catch {
    return undefined;
  }
}

/** Elements in the order of the document; nesting may be as deep as it likes. */
function* descendants(root: XmlElement): Generator<XmlElement> {
  const open: XmlElement[] = [root];
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    yield element;
    open.push(...elementsOf(element).toReversed());
  }
}

function elementsOf(parent: XmlElement): readonly XmlElement[] {
  return parent.children.filter((child) => child instanceof XmlElement);
}

function isLine({ name }: XmlElement): boolean {
  return name === 'line';
}

/** File names are relative to one of the sources; the first that leads into the folder is taken. */
function placed(paths: PathMap, sources: readonly string[]): PathMap {
  return (name) => {
    for (const source of sources) {
      const path =
        source === '' || isAbsolute(name) ? undefined : paths(`${source.replace(/\/$/u, '')}/${name}`);
      if (path !== undefined) return path;
    }
    return paths(name);
  };
}

function isAbsolute(name: string): boolean {
  return /^(?:\/|[A-Za-z]:)/u.test(name);
}

/** Methods tell lines that the class tells again, and the lines on which they begin, which some tools count nowhere else. */
function readClass(element: XmlElement, hits: LineHits): void {
  const parts = elementsOf(element).map((part) => ({ part, lines: [...descendants(part)].filter(isLine) }));
  const own = parts.filter(({ part }) => part.name !== 'methods').flatMap(({ lines }) => lines);
  for (const line of own.length > 0 ? own : parts.flatMap(({ lines }) => lines)) {
    const { number = '', hits: count = '' } = line.attributes;
    if (!/^\d+$/u.test(number) || !/^\d+$/u.test(count)) continue;
    const at = Number(number) - 1;
    hits.addLine(at, Number(count) > 0);
    readConditions(line, at, hits);
  }
}

/** `condition-coverage="50% (1/2)"`: how many ways of the line were taken, not which. */
function readConditions({ attributes }: XmlElement, line: number, hits: LineHits): void {
  const [, taken, total] = /\((\d{1,4})\/(\d{1,4})\)/u.exec(attributes['condition-coverage'] ?? '') ?? [];
  if (attributes['branch'] !== 'true' || taken === undefined) return;
  for (let way = 0; way < Number(total); way += 1)
    hits.addBranch(`${line},${way}`, { line, isTaken: way < Number(taken) });
}
