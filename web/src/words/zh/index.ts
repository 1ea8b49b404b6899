import type { Words } from '../index.ts';
import { everybody } from './everybody.ts';
import { staff } from './staff.ts';

export const zh: Words = { ...everybody, ...staff };
