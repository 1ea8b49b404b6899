// npm test: everything, on a machine that has nothing but Node and npm. Further arguments go to vitest.
import { staticChecks } from './static-checks.ts';
import { runInForeground } from './steps.ts';
import { installSystemPackages } from './system-packages.ts';

const startedMs = Date.now();

console.log('1/3 System packages that the tests start');
await installSystemPackages();

console.log('2/3 Static checks');
const sound = await staticChecks();

console.log('3/3 Tests');
const exitCode = await runInForeground(['vitest', 'run', ...process.argv.slice(2)]);

console.log(`npm test took ${Math.round((Date.now() - startedMs) / 1000)} s.`);
if (!sound) console.log('A static check has failed, see above.');
process.exitCode = sound ? exitCode : 1;
