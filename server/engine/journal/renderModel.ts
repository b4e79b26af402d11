/** Who is asked, for people: `provider/model`. */
export function renderModel(provider: string, model: string): string {
  if (provider === 'replay' && model === '') return 'the recordings';
  return model === '' ? provider : `${provider}/${model}`;
}
