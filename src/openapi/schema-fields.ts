import { z } from 'zod';

/** One row of a schema's table. */
export interface Field {
  /** Path: `results[].id`. */
  name: string;
  type: string;
  required: boolean;
  text: string;
}

const Node = z
  .object({
    type: z.union([z.string(), z.array(z.string())]).optional(),
    description: z.string().optional(),
    default: z.unknown().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    required: z.array(z.string()).optional(),
    properties: z.record(z.string(), z.unknown()).optional(),
    items: z.unknown().optional(),
    anyOf: z.array(z.unknown()).optional(),
    additionalProperties: z.unknown().optional(),
  })
  .loose();
type Node = z.output<typeof Node>;

const node = (value: unknown): Node => Node.safeParse(value).data ?? {};

/** The fields of a schema, nested ones by their path. */
export function fieldsOf(schema: z.ZodType, io: 'input' | 'output'): Field[] {
  return rows(node(z.toJSONSchema(schema, { io, unrepresentable: 'any' })), '');
}

function rows(parent: Node, prefix: string): Field[] {
  const required = parent.required ?? [];
  return Object.entries(parent.properties ?? {}).flatMap(([name, value]) => {
    const child = node(value);
    const path = `${prefix}${name}`;
    const defaultText =
      child.default === undefined || child.default === '' ? '' : `Default ${JSON.stringify(child.default)}.`;
    const field = {
      name: path,
      type: typeOf(child),
      required: required.includes(name),
      text: [child.description && `${child.description}.`, defaultText].filter(Boolean).join(' '),
    };
    return [field, ...inside(child, path)];
  });
}

function inside(child: Node, path: string): Field[] {
  if (child.properties) return rows(child, `${path}.`);
  if (child.items === undefined) return [];
  const item = node(child.items);
  return rows(item.anyOf ? node(item.anyOf[0]) : item, `${path}[].`);
}

function typeOf({ type, anyOf, items, enum: values, const: constant, additionalProperties }: Node): string {
  if (values) return values.map((value) => JSON.stringify(value)).join(' or ');
  if (constant !== undefined) return JSON.stringify(constant);
  if (anyOf) return [...new Set(anyOf.map((one) => typeOf(node(one))))].join(' or ');
  if (type === 'array') return `array of ${typeOf(node(items))}`;
  if (type === 'object' && additionalProperties) return `object of ${typeOf(node(additionalProperties))}`;
  return Array.isArray(type) ? type.join(' or ') : (type ?? 'any');
}
