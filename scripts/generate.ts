// npm run generate [-- --check]: writes every file that is made from code; with --check it only says which are stale.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { generatedFiles } from './generated.ts';
import { root } from './steps.ts';

const onlyCheck = process.argv.includes('--check');
let stale = 0;

for (const { file, render } of generatedFiles) {
  const place = path.join(root, file);
  const before = existsSync(place) ? readFileSync(place, 'utf8') : null;
  const after = await render(before);
  if (after === before) continue;
  stale++;
  if (onlyCheck) {
    console.log(`${file} is not in date.`);
  } else {
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, after);
    console.log(`${file} written.`);
  }
}

if (!onlyCheck && stale === 0) console.log('All generated files are in date.');
if (onlyCheck && stale > 0) process.exitCode = 1;
