/** Protobuf JSON takes `realtimeInput` and `realtime_input` alike: this brings names to one form. Pure. */

/** Members whose insides belong to the application: names in there are left as they are. */
const opaque = new Set(['args', 'response', 'properties', 'parametersJsonSchema', 'responseJsonSchema', 'labels']);

/** Rewrites snake_case member names of a message to lowerCamelCase, all the way down except inside application data. */
export function toCamelNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toCamelNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const camel = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
      return [camel, opaque.has(camel) ? (inner as unknown) : toCamelNames(inner)];
    }),
  );
}

/** Writes a path of member names as Google's errors do: `['setup', 'tools', 0]` → `setup.tools[0]`, each name in snake_case. */
export function toFieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const name = String(part).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return text === '' ? name : `${text}.${name}`;
  }, '');
}
