/**
 * Takes out of a test runner's output what belongs to one machine or one run: absolute paths, addresses, durations,
 * ports and the runner's own frames. The same failure then reads the same anywhere, and nobody learns where it ran.
 *
 * @param roots Absolute folders that stand for the workspace folder; paths below them become relative.
 */
export function removeMachine(text: string, roots: readonly string[]): string {
  // The longest first: a copy may lie below the folder that it copies.
  const ordered = [...roots].filter((root) => root.length > 1).sort((a, b) => b.length - a.length);
  const relative = ordered.reduce((rest, root) => stripRoot(rest, root.replace(/[/\\]+$/, '')), text);
  return relative
    .split('\n')
    .filter((line) => !ownFrame.test(line))
    .join('\n')
    .replace(foreignPath, (_, file: string | undefined) => `…/${file ?? ''}`)
    .replace(/\b0x[0-9a-f]{6,16}\b/gi, '0x…')
    .replace(/\b(localhost|127\.0\.0\.1|\[::1\]):\d{2,5}\b/g, '$1:…')
    .replace(/\b(in|after|took) \d+(?:\.\d+)?\s?(?:ms|s|seconds?|milliseconds?)\b/gi, '$1 …');
}

const ownFrame = /^\s+at .*\(?node:(?:internal\/|test_runner|async_hooks|events|domain)|^\s*duration_ms\b/;
const foreignPath =
  /(?:file:\/\/)?(?<![\w.…/])(?:[A-Za-z]:[\\/]|\/(?:home|Users|root|tmp|var|private|opt|usr|mnt|Library|nix|workspaces?)\/)(?:[^\s:'"<>()|]*[\\/])?([^\s:'"<>()|\\/]*)/g;

function stripRoot(text: string, root: string): string {
  return text
    .replaceAll(`file://${root}/`, '')
    .replaceAll(`${root}/`, '')
    .replaceAll(`${root}\\`, '')
    .replace(new RegExp(`${root.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w.-])`, 'g'), '.');
}
