/**
 * A file name as the most forgiving file system would compare it: compatibility forms, accents, case and invisible
 * characters do not count. Two names that some platform takes for one file fold to the same text.
 */
export function foldName(name: string): string {
  // Upper case first: the Turkish dotless i, the long s and the Kelvin sign then meet their plain letters.
  return name
    .normalize('NFKD')
    .replace(/[\p{M}\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
}
