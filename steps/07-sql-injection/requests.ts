import type { Exchange } from '../../harness/visit.ts';
import type { Known } from './truth.ts';

/** `pairs` in their order; a name may come twice. */
export function searchPath(...pairs: readonly (readonly [name: string, value: string])[]): string {
  return `/patients/search?${queryOf(pairs)}`;
}

export function exportPath(...pairs: readonly (readonly [name: string, value: string])[]): string {
  return `/patients/export?${queryOf(pairs)}`;
}

/** The patients on a page of the search, in their order. */
export function patientsOn(exchange: Exchange): readonly Known[] {
  return exchange
    .page()
    .facts('patient')
    .map(({ fields }) => ({ name: fields['name'] ?? '', birthDate: fields['birth-date'] ?? '' }));
}

const queryOf = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&');

/** Only what an address can't hold, as whoever attacks would: code that uses the address as it came meets the signs too. */
const escaped = (text: string) => encodeURIComponent(text).replace(BEARABLE, decodeURIComponent);
const BEARABLE = /%(?:2F|3A|3B|2C|3D|3F|40|24|5B|5D)/g;
