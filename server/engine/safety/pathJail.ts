import { foldName } from './foldName.ts';

export type JailedPath =
  /** `path` is canonical: relative, `/`, no `.` or `..`, and it stays below the workspace folder. */
  | { readonly kind: 'inside'; readonly path: string }
  /** `reason` completes "The path … was refused: it …". */
  | { readonly kind: 'refused'; readonly reason: string };

const maxPathChars = 1024;
const maxNameBytes = 255;

/**
 * Judges a path that a model wrote, by its text alone, and makes it canonical. What any platform or file system could
 * read as another place than the one written is refused, so that an answer means the same everywhere. Symbolic links
 * are not seen here: who writes checks them again.
 */
export function resolveInside(path: string): JailedPath {
  const fault = faultOfText(path);
  if (fault !== undefined) return { kind: 'refused', reason: fault };

  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') {
      if (segments.pop() === undefined) return { kind: 'refused', reason: 'leaves the workspace folder' };
      continue;
    }
    // Whoever reads the canonical path sees the first name first, whatever stood before it.
    const segmentFault =
      (segments.length === 0 ? faultOfHome(segment) : undefined) ?? faultOfSegment(segment);
    if (segmentFault !== undefined) return { kind: 'refused', reason: segmentFault };
    segments.push(segment);
  }
  if (segments.length === 0 || path.endsWith('/')) return { kind: 'refused', reason: 'names no file' };
  return { kind: 'inside', path: segments.join('/') };
}

// Slashes and backslashes of other scripts and of mathematics: NFKC leaves these, people read them as separators.
const lookAlikeSlash =
  /[\u2044\u2215\u2216\u2571\u2572\u27CB\u27CD\u29F5\u29F6\u29F8\u29F9\u3033\u30CE\u31D3\uFE68\uFF0F\uFF3C]/u;
const control = /[\u0000-\u001F\u007F-\u009F]/u;
const hidden = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}\u2800]/u;
const percentEscape = /%[0-9a-f]{2}|%u[0-9a-f]{4}/iu;

function faultOfText(path: string): string | undefined {
  if (path.length > maxPathChars) return `is longer than ${maxPathChars} characters`;
  if (path.startsWith('/')) return 'is absolute; write it relative to the workspace folder';
  if (control.test(path)) return 'holds a control character';
  if (hidden.test(path)) return 'holds an invisible character';
  if (!path.isWellFormed()) return 'is not well-formed Unicode';
  if (path.includes('\\')) return 'holds a backslash; write it with /';
  if (lookAlikeSlash.test(path)) return 'holds a character that looks like a slash';
  if (percentEscape.test(path)) return 'is percent-encoded';
  if (/[:\uA789\u2236\uFE13\uFE55\uFF1A]/u.test(path))
    return 'holds a colon (a drive, a URL or a file stream)';
  return undefined;
}

function faultOfHome(segment: string): string | undefined {
  return segment.startsWith('~') ? 'starts in a home folder' : undefined;
}

// Windows opens a device for these whatever the extension; ¹²³ count as digits there.
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9])(?:\.|$)/u;

function faultOfSegment(segment: string): string | undefined {
  if (new TextEncoder().encode(segment).length > maxNameBytes)
    return `holds a name longer than ${maxNameBytes} bytes`;
  if (/[.\s]$/u.test(segment)) return 'holds a name that ends in a dot or a space';
  if (/^\s/u.test(segment)) return 'holds a name that starts with a space';
  const folded = foldName(segment);
  if (/~[0-9]/u.test(folded)) return 'holds a short file name (NAME~1)';
  if (folded.startsWith('~') && segment !== folded && !segment.startsWith('~'))
    return 'holds a character that looks like ~';
  if (percentEscape.test(folded)) return 'is percent-encoded';
  if (/^\.*$/u.test(folded)) return 'holds a name that looks like . or ..';
  if (folded.includes('/') || folded.includes('\\')) return 'holds a character that looks like a slash';
  if (device.test(folded)) return 'holds the name of a Windows device';
  return undefined;
}
