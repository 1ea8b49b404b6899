import type { ColumnType, JSONColumnType } from 'kysely';

/** Column types as queries see them: int8 is a bigint, numeric a decimal string, timestamptz a Date, jsonb what was stored. */
export type Int8 = ColumnType<bigint, bigint | number | string, bigint | number | string>;
export type Int8OrNull = ColumnType<bigint | null, bigint | number | string | null, bigint | number | string | null>;
export type GeneratedInt8 = ColumnType<bigint, bigint | number | undefined, bigint | number>;
export type GeneratedNumeric = ColumnType<string, bigint | string | undefined, bigint | string>;
export type NumericOrNull = ColumnType<string | null, bigint | number | string | null, bigint | number | string | null>;
export type Time = ColumnType<Date, Date | string, Date | string>;
export type TimeOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
export type GeneratedTime = ColumnType<Date, Date | string | undefined, Date | string>;
/** Written as JSON text: `pg` would turn an array into an SQL array. */
export type Json<T extends object | null> = JSONColumnType<T>;
export type GeneratedJson<T> = ColumnType<T, string | undefined, string>;
