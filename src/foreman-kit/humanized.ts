/** "reported_at" → "Reported at", as Rails words it; `base` is the whole and has no name. */
function humanized(name: string): string {
  if (name === 'base') return '';
  const words = name.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** What is wrong with the fields, a sentence each: "Name can't be blank". */
export function fullMessages(fields: Record<string, string[]>): string[] {
  return Object.entries(fields).flatMap(([name, faults]) =>
    faults.map((fault) => `${humanized(name)} ${fault}`.trim()),
  );
}
