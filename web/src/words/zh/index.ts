import type { Words } from '../index.ts';
import { problems } from './problems.ts';
import { shell } from './shell.ts';
import { ui } from './ui.ts';

export const zh: Words = { ui, shell, problems };
