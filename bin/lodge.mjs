#!/usr/bin/env node
import { launch } from '../scripts/launch.mjs';

await launch({ file: 'src/main.ts', args: process.argv.slice(2), dev: false });
