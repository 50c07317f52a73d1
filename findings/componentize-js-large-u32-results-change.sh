#!/usr/bin/env bash
# A component that componentize-js builds from JavaScript returns another number than its function did
# when the type of the result is u32 and the number is 2^31 or more: 3,000,000,000 arrives as
# 3,221,225,472. Nothing throws. As a u64, or in a list of u32, the same number arrives as it is.
# Seen with componentize-js 0.23.0 and jco 1.35.0 on Node.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" && npm init -y >/dev/null && npm pkg set type=module &&
  npm install --no-audit --no-fund @bytecodealliance/componentize-js@0.23.0 @bytecodealliance/jco@1.35.0 >/dev/null || exit 2
cat > world.wit <<'WIT'
package probe:large@0.1.0;
world large {
  export single: func() -> u32;
  export several: func() -> list<u32>;
  export wide: func() -> u64;
}
WIT
cat > large.js <<'JS'
export const single = () => 3_000_000_000
export const several = () => [3_000_000_000]
export const wide = () => 3_000_000_000n
JS
cat > build.mjs <<'JS'
import { componentize } from '@bytecodealliance/componentize-js'
import { writeFile } from 'node:fs/promises'
const disableFeatures = ['random', 'clocks', 'stdio', 'http', 'fetch-event']
const { component } = await componentize({
  ...{ sourcePath: 'large.js', witPath: 'world.wit', worldName: 'large', disableFeatures },
})
await writeFile('large.wasm', component)
JS
node build.mjs && npx jco transpile large.wasm -o out >/dev/null || exit 2
cat > run.mjs <<'JS'
const { single, several, wide } = await import('./out/large.js')
console.log('componentize-js 0.23.0')
console.log(`3000000000 returned as u32: ${single()}, in a list<u32>: ${several()[0]}, as u64: ${wide()}`)
process.exit(single() !== 3_000_000_000 && several()[0] === 3_000_000_000 && wide() === 3_000_000_000n ? 0 : 1)
JS
node run.mjs
