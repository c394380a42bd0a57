// Bundles the unit tests that reach a room: what Stryker runs in its copy of the project.
import { build } from '../../esbuild.mjs';
import { testFiles } from '../testFiles.mjs';
import { ROOMS } from './rooms.mjs';

const [, , room = ''] = process.argv;
const patterns = [`unit/${room}/`, ...(ROOMS[room] ?? [])];
await build({ shipped: false, tests: [...new Set(patterns.flatMap((pattern) => testFiles(['unit'], pattern)))] });
