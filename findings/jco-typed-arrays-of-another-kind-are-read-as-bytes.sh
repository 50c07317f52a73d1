#!/usr/bin/env bash
# A typed array whose kind is not that of a component's list is not converted element by element: its
# bytes are read. The Float64Array of 1.5 and 2 arrives in a list<u32> as 0 and 1073217536, the
# Uint16Array of 1 and 256 in a list<u8> as 1, 0, 0, 1, and nothing throws; whether it throws depends
# on the number of bytes. A plain array of the same numbers arrives as it is, or is refused.
# Seen with jco 1.35.0 on Node; the component is made by componentize-js 0.23.0.
set -u
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" && npm init -y >/dev/null && npm pkg set type=module &&
  npm install --no-audit --no-fund @bytecodealliance/componentize-js@0.23.0 @bytecodealliance/jco@1.35.0 >/dev/null || exit 2
cat > world.wit <<'WIT'
package probe:arrays@0.1.0;
world arrays {
  export words: func(values: list<u32>) -> string;
  export octets: func(values: list<u8>) -> string;
}
WIT
cat > arrays.js <<'JS'
export const words = (values) => Array.from(values).join(' ')
export const octets = words
JS
cat > build.mjs <<'JS'
import { componentize } from '@bytecodealliance/componentize-js'
import { writeFile } from 'node:fs/promises'
const disableFeatures = ['random', 'clocks', 'stdio', 'http', 'fetch-event']
const { component } = await componentize({
  ...{ sourcePath: 'arrays.js', witPath: 'world.wit', worldName: 'arrays', disableFeatures },
})
await writeFile('arrays.wasm', component)
JS
node build.mjs && npx jco transpile arrays.wasm -o out >/dev/null || exit 2
cat > run.mjs <<'JS'
const { words, octets } = await import('./out/arrays.js')
const seen = {
  'Float64Array [1.5, 2] as list<u32>': words(new Float64Array([1.5, 2])),
  'Uint16Array [1, 256] as list<u8>': octets(new Uint16Array([1, 256])),
  'plain array [1, 2] as list<u32>': words([1, 2]),
}
console.log('jco 1.35.0')
for (const [name, text] of Object.entries(seen)) console.log(`${name}: ${text}`)
process.exit(Object.values(seen).join() === '0 1073217536,1 0 0 1,1 2' ? 0 : 1)
JS
node run.mjs
