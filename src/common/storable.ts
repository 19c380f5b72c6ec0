/** Text as both databases store it: well-formed Unicode without NUL (PostgreSQL refuses either). */
export function storable(text: string): string {
  const wellFormed = text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '\uFFFD') : wellFormed;
}
