/** Letters of other scripts that look like an ASCII letter in the usual fonts, side by side with it. */
const pairs =
  'аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw ӏl АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ԌG ' +
  'αa οo νv ρp υu ιi κk ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX օo ոn սu հh ⅼl ⅰi ⅽc ⅾd ⅿm';

const asciiByLetter: ReadonlyMap<string, string> = new Map(
  pairs.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)] as const),
);

/** The text with such letters, and full-width ones, replaced by the ASCII letters that they look like. */
export function foldLookAlikes(text: string): string {
  return text.replace(/[^\x00-\x7F]/g, (letter) => asciiByLetter.get(letter) ?? foldWide(letter));
}

function foldWide(letter: string): string {
  const code = letter.charCodeAt(0);
  return code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : letter;
}
