// npm run check [-- --static]: what to run before a commit. Static checks first, then the tests that sit beside the code.
import { staticChecks } from './static-checks.ts';
import { runInForeground } from './steps.ts';
import { installSystemPackages } from './system-packages.ts';

const onlyStatic = process.argv.includes('--static');

if (!(await staticChecks())) process.exitCode = 1;
else if (!onlyStatic) {
  await installSystemPackages();
  process.exitCode = await runInForeground(['vitest', 'run', 'src']);
}
