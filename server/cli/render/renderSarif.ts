import type { Finding, RelatedPlace, Severity } from '../../protocol/text.ts';
import { plainLine } from './plainText.ts';
import { renderJson } from './renderJson.ts';

export interface SarifView {
  readonly findings: readonly Finding[];
  readonly showPath: (path: string) => string;
  /** Of this product. */
  readonly version: string;
}

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/**
 * Findings as one SARIF 2.1.0 log, see https://docs.oasis-open.org/sarif/sarif/v2.1.0/. Lines and columns count from 1,
 * columns in UTF-16 units, an end is the column behind; paths are relative to the current folder, and nothing else of the
 * machine is in it.
 */
export function renderSarif({ findings, showPath, version }: SarifView): string {
  const codes = [...new Set(findings.map(({ code }) => code))].toSorted();
  return renderJson({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Codegen Lab',
            semanticVersion: version,
            informationUri: 'https://github.com/codegen-lab/codegen-lab',
            rules: codes.map((id) => ({ id, helpUri: helpOf(id, findings) })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: levels[finding.severity],
          message: { text: plainLine(finding.message) },
          locations: [{ physicalLocation: locate(finding, showPath) }],
          ...(finding.related === undefined || finding.related.length === 0
            ? {}
            : { relatedLocations: finding.related.map((place, id) => relate(place, id, showPath)) }),
        })),
      },
    ],
  });
}

/** A scanner's own page, or ours of problems. */
function helpOf(code: string, findings: readonly Finding[]): string {
  const own = findings.find((finding) => finding.code === code && finding.learnMore !== undefined);
  if (own?.learnMore !== undefined) return own.learnMore;
  const anchor = code.toLowerCase().replaceAll(/[^a-z0-9 _-]/g, '');
  return `https://github.com/codegen-lab/codegen-lab/blob/main/docs/rules/problems.md#${anchor}`;
}

function relate(place: RelatedPlace, id: number, showPath: (path: string) => string) {
  return { id, physicalLocation: locate(place, showPath), message: { text: plainLine(place.message) } };
}

function locate(
  { path, range: { start, end } }: Pick<Finding, 'path' | 'range'>,
  showPath: (path: string) => string,
) {
  return {
    artifactLocation: {
      uri: showPath(path).toWellFormed().split('/').map(encodeURIComponent).join('/'),
      uriBaseId: '%SRCROOT%',
    },
    region: {
      startLine: start.line + 1,
      startColumn: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    },
  };
}
