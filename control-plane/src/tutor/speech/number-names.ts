/** Numbers in English words, as a person says them. Whole numbers and decimals; fractions of small numbers by name. */

const small = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen',
  'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
]; // prettier-ignore
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const thousands = ['', ' thousand', ' million', ' billion', ' trillion'];
const ordinals = [
  'zeroth', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh',
  'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth',
]; // prettier-ignore

/**
 * Names a whole number: `342` → "three hundred forty-two".
 *
 * @param value any integer; from 10^15 on its digits are named one by one
 */
export function nameInteger(value: bigint): string {
  if (value < 0n) return `negative ${nameInteger(-value)}`;
  if (value >= 10n ** 15n) return nameDigits(value.toString());
  const groups: string[] = [];
  for (let rest = value, index = 0; rest > 0n; rest /= 1000n, index += 1) {
    const group = Number(rest % 1000n);
    if (group > 0) groups.unshift(`${nameGroup(group)}${thousands[index] ?? ''}`);
  }
  return groups.length === 0 ? 'zero' : groups.join(' ');
}

/** Names a decimal written with a point: `2.05` → "two point zero five". */
export function nameDecimal(text: string): string {
  const [whole = '0', places = ''] = text.replace('-', '').split('.');
  const name = places === '' ? nameInteger(BigInt(whole)) : `${nameInteger(BigInt(whole))} point ${nameDigits(places)}`;
  return text.startsWith('-') ? `negative ${name}` : name;
}

/** Names a place in an order, 0 to 20: `4` → "fourth"; null beyond. */
export function nameOrdinal(value: bigint): string | null {
  return value >= 0n && value <= 20n ? (ordinals[Number(value)] ?? null) : null;
}

/** Names a fraction of whole numbers: `3/4` → "three fourths", `7/120` → "seven over one hundred twenty". */
export function nameFraction(numerator: bigint, denominator: bigint): string {
  const plural = numerator === 1n ? '' : 's';
  if (denominator === 2n) return `${nameInteger(numerator)} ${numerator === 1n ? 'half' : 'halves'}`;
  const ordinal = denominator > 2n ? nameOrdinal(denominator) : null;
  if (ordinal !== null) return `${nameInteger(numerator)} ${ordinal}${plural}`;
  if (denominator === 100n) return `${nameInteger(numerator)} hundredth${plural}`;
  return `${nameInteger(numerator)} over ${nameInteger(denominator)}`;
}

function nameGroup(value: number): string {
  const rest = value % 100;
  const hundreds = value >= 100 ? `${small[Math.floor(value / 100)] ?? ''} hundred` : '';
  if (rest === 0) return hundreds;
  const unit = rest % 10 === 0 ? '' : `-${small[rest % 10] ?? ''}`;
  const name = rest < 20 ? (small[rest] ?? '') : `${tens[Math.floor(rest / 10)] ?? ''}${unit}`;
  return hundreds === '' ? name : `${hundreds} ${name}`;
}

function nameDigits(digits: string): string {
  return Array.from(digits, (digit) => small[Number(digit)] ?? '').join(' ');
}
