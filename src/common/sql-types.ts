export type Dialect = 'sqlite' | 'postgres';
export type SqlValue = string | number | boolean | null;
