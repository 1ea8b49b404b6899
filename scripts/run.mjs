// node scripts/run.mjs [--dev] <file.ts> [arguments]: what the scripts of package.json call.
import { launch } from './launch.mjs';

const [major] = process.versions.node.split('.').map(Number);
const dev = process.argv[2] === '--dev';
const [file, ...args] = process.argv.slice(dev ? 3 : 2);

if (major < 20) {
  process.stderr.write(`Lodge needs Node 20 or newer to start; this is ${process.versions.node}.\n`);
  process.exitCode = 1;
} else if (file === undefined) {
  process.stderr.write('Usage: node scripts/run.mjs [--dev] <file.ts> [arguments]\n');
  process.exitCode = 2;
} else {
  await launch({ file, args, dev });
}
