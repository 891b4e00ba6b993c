/** Units with their exact sizes in a base unit. A table; the arithmetic is next door. */
import { rational, type Rational } from './rational.js';

/** What a unit measures; only units of the same measure convert. */
export type Measure = 'length' | 'mass' | 'time' | 'volume' | 'area' | 'speed' | 'temperature' | 'data' | 'angle';

/** One unit. */
export interface Unit {
  /** The symbol shown after a number. */
  readonly symbol: string;
  readonly singular: string;
  readonly plural: string;
  readonly measure: Measure;
  /** How many base units it is, exactly. */
  readonly size: Rational;
}

/** Sizes as `numerator/denominator`; base units: m, g, s, L, m², m/s, K steps, byte, degree. */
const rows: readonly (readonly [Measure, string, string, string, string, string])[] = [
  ['length', 'mm', 'millimeter', 'millimeters', '1/1000', 'millimetre millimetres'],
  ['length', 'cm', 'centimeter', 'centimeters', '1/100', 'centimetre centimetres cms'],
  ['length', 'dm', 'decimeter', 'decimeters', '1/10', 'decimetre decimetres'],
  ['length', 'm', 'meter', 'meters', '1', 'metre metres'],
  ['length', 'km', 'kilometer', 'kilometers', '1000', 'kilometre kilometres kms k'],
  ['length', 'in', 'inch', 'inches', '254/10000', ''],
  ['length', 'ft', 'foot', 'feet', '3048/10000', ''],
  ['length', 'yd', 'yard', 'yards', '9144/10000', 'yds'],
  ['length', 'mi', 'mile', 'miles', '1609344/1000', ''],
  ['mass', 'mg', 'milligram', 'milligrams', '1/1000', ''],
  ['mass', 'g', 'gram', 'grams', '1', 'gramme grammes gms'],
  ['mass', 'kg', 'kilogram', 'kilograms', '1000', 'kilo kilos kgs'],
  ['mass', 't', 'tonne', 'tonnes', '1000000', 'metric_ton metric_tons'],
  ['mass', 'oz', 'ounce', 'ounces', '45359237/1600000', ''],
  ['mass', 'lb', 'pound', 'pounds', '45359237/100000', 'lbs'],
  ['time', 'ms', 'millisecond', 'milliseconds', '1/1000', ''],
  ['time', 's', 'second', 'seconds', '1', 'sec secs'],
  ['time', 'min', 'minute', 'minutes', '60', 'mins'],
  ['time', 'h', 'hour', 'hours', '3600', 'hr hrs'],
  ['time', 'd', 'day', 'days', '86400', ''],
  ['time', 'weeks', 'week', 'weeks', '604800', 'wk wks'],
  ['volume', 'mL', 'milliliter', 'milliliters', '1/1000', 'millilitre millilitres ml'],
  ['volume', 'cL', 'centiliter', 'centiliters', '1/100', 'centilitre centilitres cl'],
  ['volume', 'L', 'liter', 'liters', '1', 'litre litres l'],
  ['volume', 'cm^3', 'cubic centimeter', 'cubic centimeters', '1/1000', 'cm3 cc cubic_centimetre cubic_centimetres cubic_cm'],
  ['volume', 'm^3', 'cubic meter', 'cubic meters', '1000', 'm3 cubic_metre cubic_metres'],
  ['volume', 'fl oz', 'fluid ounce', 'fluid ounces', '473176473/16000000000', ''],
  ['volume', 'cups', 'cup', 'cups', '473176473/2000000000', ''],
  ['volume', 'pt', 'pint', 'pints', '473176473/1000000000', ''],
  ['volume', 'qt', 'quart', 'quarts', '473176473/500000000', ''],
  ['volume', 'gal', 'gallon', 'gallons', '473176473/125000000', ''],
  ['area', 'mm^2', 'square millimeter', 'square millimeters', '1/1000000', 'mm2 square_mm square_millimetre square_millimetres'],
  ['area', 'cm^2', 'square centimeter', 'square centimeters', '1/10000', 'cm2 square_cm square_centimetre square_centimetres'],
  ['area', 'm^2', 'square meter', 'square meters', '1', 'm2 square_m square_metre square_metres'],
  ['area', 'km^2', 'square kilometer', 'square kilometers', '1000000', 'km2 square_km square_kilometre square_kilometres'],
  ['area', 'ha', 'hectare', 'hectares', '10000', ''],
  ['area', 'in^2', 'square inch', 'square inches', '64516/100000000', 'in2 square_in'],
  ['area', 'ft^2', 'square foot', 'square feet', '9290304/100000000', 'ft2 square_ft'],
  ['area', 'yd^2', 'square yard', 'square yards', '83612736/100000000', 'yd2'],
  ['area', 'acres', 'acre', 'acres', '40468564224/10000000', ''],
  ['speed', 'm/s', 'meter per second', 'meters per second', '1', 'metre_per_second metres_per_second mps'],
  ['speed', 'km/h', 'kilometer per hour', 'kilometers per hour', '1000/3600', 'kilometre_per_hour kilometres_per_hour kph kmh'],
  ['speed', 'mph', 'mile per hour', 'miles per hour', '1609344/3600000', 'mi/h'],
  ['temperature', '°C', 'degree Celsius', 'degrees Celsius', '1', 'celsius c degrees_c degree_c degrees_centigrade centigrade °c'],
  ['temperature', '°F', 'degree Fahrenheit', 'degrees Fahrenheit', '5/9', 'fahrenheit f degrees_f degree_f °f'],
  ['temperature', 'K', 'kelvin', 'kelvin', '1', 'k kelvins'],
]; // prettier-ignore

function toRational(text: string): Rational {
  const [top = '0', below = '1'] = text.split('/');
  return rational(BigInt(top), BigInt(below));
}

const byName = new Map<string, readonly Unit[]>();
for (const [measure, symbol, singular, plural, size, others] of rows) {
  const unit: Unit = { symbol, singular, plural, measure, size: toRational(size) };
  const names = new Set(
    [symbol, singular, plural, ...others.split(' ').map((each) => each.replaceAll('_', ' '))].map((each) =>
      each.toLowerCase(),
    ),
  );
  for (const name of names) if (name !== '') byName.set(name, [...(byName.get(name) ?? []), unit]);
}

/** The units that a name may mean: `k` is kilometres to some and kelvin to others. */
export function readUnits(name: string): readonly Unit[] {
  return byName.get(name.toLowerCase().trim().replace(/\s+/g, ' ').replace(/²/g, '^2').replace(/³/g, '^3')) ?? [];
}

/** All names, longest first, for patterns. */
export const unitNames: readonly string[] = [...byName.keys()].sort((a, b) => b.length - a.length);
