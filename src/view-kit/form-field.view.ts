/** What is wrong with which field, as in AppError's details. */
export type FieldFaults = Record<string, string[]>;

/** For the partial `form-field`: exactly one of text, area, choice and check is set. */
export interface FormField {
  id: string;
  name: string;
  label: string;
  help?: string;
  /** Said beside a field that weakens security. */
  risk?: string;
  faults: string[];
  invalid: boolean;
  required?: boolean;
  focus?: boolean;
  /** A browser keeps what was typed here when the rest of the form is brought up to date. */
  keep?: boolean;
  text?: { type: 'text' | 'password' | 'url' | 'date'; value: string; placeholder?: string; autocomplete: string };
  area?: { value: string; rows: number; placeholder?: string };
  choice?: { options: { value: string; label: string; selected: boolean }[] };
  check?: { checked: boolean };
}

type Given = Omit<FormField, 'id' | 'name' | 'faults' | 'invalid'>;

/** A field of a form whose parameters are all under one key: `field('compute_resource', faults)('name', {…})`. */
export function fieldOf(key: string, faults: FieldFaults) {
  return (name: string, given: Given): FormField => {
    const own = (faults[name] ?? []).map((fault) => sentence(given.label, fault));
    return { ...given, id: `${key}_${name}`, name: `${key}[${name}]`, faults: own, invalid: own.length > 0 };
  };
}

/** "can't be blank" → "Name can't be blank."; a whole sentence stays. */
function sentence(label: string, fault: string): string {
  const text = /^\p{Lu}|^https?:/u.test(fault) ? fault : `${label} ${fault}`;
  return text.endsWith('.') ? text : `${text}.`;
}
