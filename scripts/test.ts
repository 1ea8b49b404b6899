// npm test: everything, on a machine that has nothing but Node and npm. Further arguments go to vitest.
import { ensureConsole } from './build-console.ts';
import { staticChecks } from './static-checks.ts';
import { root, runInForeground } from './steps.ts';
import { installSystemPackages } from './system-packages.ts';

const startedMs = Date.now();

console.log('1/4 System packages that the tests start');
await installSystemPackages();

console.log('2/4 Static checks');
const sound = await staticChecks();

console.log('3/4 Console');
const built = await ensureConsole(root, (line) => console.log(line)).then(
  () => true,
  (error: unknown) => {
    console.log(error instanceof Error ? error.message : error);
    return false;
  },
);

console.log('4/4 Tests');
const exitCode = await runInForeground(['vitest', 'run', ...process.argv.slice(2)]);

console.log(`npm test took ${Math.round((Date.now() - startedMs) / 1000)} s.`);
if (!sound) console.log('A static check has failed, see above.');
if (!built) console.log('The console could not be built, see above.');
process.exitCode = sound && built ? exitCode : 1;
